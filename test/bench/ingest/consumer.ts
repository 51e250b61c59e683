import { connect } from 'mqtt'
import { createEngine } from '../../../electron/engine/engine.ts'
import { keepHeapLean } from '../../../electron/host/lean-heap.ts'
import { connectPage } from '../../helpers/page-client.ts'
import { sessionExpiryInterval } from './filters.ts'
import { benchPlant } from './load.ts'

/** What one run of this process is to do; comes as JSON in the first argument. */
export type ConsumerTask = {
  /** `raw`: mqtt.js that counts and acknowledges by itself. `ours`: the whole engine with a page that looks at it. */
  what: 'raw' | 'ours'
  url: string
  clientId: string
  lines: number
  total: number
  dataDir: string
  /** True: says when it is ready for a publisher, and notes each commit. */
  latency: boolean
}

/** What came out of it. Rates count from a twentieth of the messages on, so that starting up is left out. */
export type ConsumerResult = {
  received: number
  perSecond: number
  cpuUs: number
  /** Memory of the process before the first message, and the most it had after one. Bytes. */
  rssBefore: number
  rssMost: number
  /** How many messages were stored after each commit, and when that was; only when latency is measured. */
  commits: { stored: number; atMs: number }[]
  /** The longest time without a push to the page. Milliseconds. */
  longestSilenceMs: number
}

const rawReceiveMaximum = 1_000
const memoryLookMs = 100
const giveUpMs = 600_000

function meter(total: number) {
  const fromCount = Math.floor(total / 20)
  let received = 0
  let start: { atMs: number; count: number; cpu: NodeJS.CpuUsage } | null = null
  let done = (): void => {}
  const finished = new Promise<void>((resolve) => (done = resolve))
  const rssBefore = process.memoryUsage.rss()
  let rssMost = 0
  let result: Pick<ConsumerResult, 'perSecond' | 'cpuUs'> = { perSecond: 0, cpuUs: 0 }
  const look = setInterval(() => {
    if (received > 0) rssMost = Math.max(rssMost, process.memoryUsage.rss())
  }, memoryLookMs)
  const giveUp = setTimeout(() => done(), giveUpMs)
  return {
    add: (count: number): void => {
      received += count
      const atMs = performance.now()
      if (start === null) {
        if (received >= fromCount) start = { atMs, count: received, cpu: process.cpuUsage() }
      } else if (received >= total) {
        const { user, system } = process.cpuUsage(start.cpu)
        const counted = received - start.count
        result = { perSecond: (counted * 1000) / (atMs - start.atMs), cpuUs: (user + system) / counted }
        done()
      }
    },
    end: async (): Promise<
      Pick<ConsumerResult, 'received' | 'perSecond' | 'cpuUs' | 'rssBefore' | 'rssMost'>
    > => {
      await finished
      clearInterval(look)
      clearTimeout(giveUp)
      rssMost = Math.max(rssMost, process.memoryUsage.rss())
      return { received, rssBefore, rssMost, ...result }
    },
  }
}

async function raw(task: ConsumerTask): Promise<ConsumerResult> {
  const count = meter(task.total)
  const client = connect(task.url, {
    protocolVersion: 5,
    clientId: task.clientId,
    clean: false,
    properties: { sessionExpiryInterval, receiveMaximum: rawReceiveMaximum },
    reconnectPeriod: 0,
  })
  client.on('message', () => count.add(1))
  if (task.latency) client.once('connect', () => process.send?.('ready'))
  const result = await count.end()
  await client.endAsync()
  return { ...result, commits: [], longestSilenceMs: 0 }
}

async function ours(task: ConsumerTask): Promise<ConsumerResult> {
  keepHeapLean()
  const engine = createEngine({
    plant: benchPlant(task.url, task.clientId, task.lines),
    dataDir: task.dataDir,
    demo: null,
    version: 'bench',
    log: (level, message) => {
      if (level !== 'info') process.stderr.write(`${message}\n`)
      else if (task.latency && message.startsWith('Connected')) process.send?.('ready')
    },
  })
  await engine.start()
  const page = connectPage(engine.attach)
  await page.hello()
  const count = meter(task.total)
  const { recorder } = engine
  const commits: ConsumerResult['commits'] = []
  let known = recorder.counters().stored
  recorder.onChange(() => {
    const { stored } = recorder.counters()
    count.add(stored - known)
    known = stored
    if (task.latency) commits.push({ stored, atMs: performance.timeOrigin + performance.now() })
  })
  let longestSilenceMs = 0
  let lastPushMs = performance.now()
  let seen = page.pushes.length
  const watch = setInterval(() => {
    const nowMs = performance.now()
    longestSilenceMs = Math.max(longestSilenceMs, nowMs - lastPushMs)
    if (page.pushes.length !== seen) lastPushMs = nowMs
    if (page.pushes.length > 8) page.pushes.splice(0, page.pushes.length - 1)
    seen = page.pushes.length
  }, 10)
  const result = await count.end()
  clearInterval(watch)
  page.close()
  const { stored } = recorder.counters()
  await engine.stop()
  return { ...result, received: stored, commits, longestSilenceMs }
}

const task = JSON.parse(process.argv[2] ?? '{}') as ConsumerTask
const result = await (task.what === 'raw' ? raw : ours)(task)
process.send?.(result, () => process.exit(0))
