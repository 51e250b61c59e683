import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { databaseFile } from '../../../db/data-dir.ts'
import { startMosquitto } from '../mosquitto.ts'
import { seededRandom } from '../random.ts'
import { makeTempDir } from '../temp-dir.ts'
import { until } from '../until.ts'
import { judgeStore } from './judge-store.ts'
import type { Verdict } from './judge-store.ts'
import { faultEngine } from './fault-engine.ts'
import { faultLoad } from './fault-load.ts'
import { faultPublisher } from './fault-publisher.ts'
import { startFlakyProxy } from './flaky-proxy.ts'
import { canMount, mountSmallDisk } from './full-disk.ts'

export const faultKinds = [
  'engine killed',
  'connection cut',
  'connection stalled',
  'clock jumped',
  'disk full',
  'broker killed',
] as const
export type FaultKind = (typeof faultKinds)[number]

export type FaultRun = Verdict & {
  seed: number
  faults: Partial<Record<FaultKind, number>>
  published: number
  /** Messages that the publisher sent again by itself, and the repeats that the engine knew as such. */
  repeated: number
  duplicates: number
}

/** Messages of one burst, and the time between two: about 1,500 messages a second. */
const burst = 30
const burstMs = 20
/** Of the messages, how many come again unasked, and how far back they and late ones may lie. */
const repeatShare = 0.03
const lateSpan = 40
const largestJumpMs = 3 * 3_600_000

/**
 * The whole engine and a mosquitto under load while bad things happen, `faults` of each half: in the first half also messages
 * without time and id are sent and the broker lives, since with its kill nobody can tell their repeats. The clock is right
 * at the end.
 */
export async function faultRun(options: { seed: number; faults: number }): Promise<FaultRun> {
  const { seed } = options
  const random = seededRandom(seed)
  const dir = makeTempDir('faults')
  const dataPath = join(dir.path, 'data')
  mkdirSync(dataPath)
  const disk = canMount ? mountSmallDisk(dataPath) : null
  const broker = await startMosquitto(dir.path, ['autosave_on_changes true', 'autosave_interval 100'])
  const proxy = await startFlakyProxy(broker.port)
  const engine = faultEngine(dataPath, `mqtt://127.0.0.1:${proxy.port}`)
  const publisher = faultPublisher(broker.url)
  const counted: FaultRun['faults'] = {}
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
  const some = (from: number, to: number): number => from + random() * (to - from)

  const load = faultLoad(seededRandom(seed + 1), Date.now())
  const publishRandom = seededRandom(seed + 2)
  let loading: 'with pulses' | 'keyed only' | 'paused' = 'paused'
  const late: ReturnType<typeof load.next>[] = []
  function publishBurst(): void {
    for (let k = 0; k < burst; k++) {
      late.push(load.next(loading === 'with pulses'))
      if (late.length > lateSpan) publisher.send(late.splice(Math.floor(publishRandom() * lateSpan), 1)[0]!)
      const sent = publisher.sent()
      const old = sent[sent.length - 1 - Math.floor(publishRandom() * 1_000)]
      if (old?.keyed && publishRandom() < repeatShare) publisher.repeat(old)
    }
  }
  const timer = setInterval(() => {
    if (loading !== 'paused') publishBurst()
  }, burstMs)

  async function drained(): Promise<void> {
    loading = 'paused'
    for (const message of late.splice(0)) publisher.send(message)
    await publisher.settled()
    await until(
      'everything stored',
      () => {
        const wanted = publisher.sent().length
        // What was rejected is not waited for: the verdict says so, with its reason.
        if (engine.stored() + engine.rejected() >= wanted) return true
        throw new Error(`${engine.stored()} of ${wanted}; ${engine.connected()}; ${engine.storeProblem()}`)
      },
      180_000,
    )
  }

  const work: Record<FaultKind, () => Promise<void>> = {
    'engine killed': async () => {
      await engine.kill()
      await pause(some(0, 400))
      await engine.start()
    },
    'connection cut': async () => {
      proxy.cut()
      await pause(some(0, 500))
      proxy.mend()
    },
    'connection stalled': async () => {
      proxy.stall()
      await pause(some(50, 700))
      if (random() < 0.5) proxy.cut()
      proxy.mend()
    },
    'clock jumped': async () => {
      engine.clock(Math.round(some(-largestJumpMs, largestJumpMs)))
      await pause(some(50, 500))
      if (random() < 0.5) engine.clock(0)
    },
    'disk full': async () => {
      if (!disk) return
      disk.fill()
      // SQLite goes on for a while in the room that its log already has.
      const untilMs = performance.now() + some(500, 3_000)
      while (engine.storeProblem() === null && performance.now() < untilMs) await pause(20)
      await pause(some(0, 500))
      disk.free()
      await until(
        'storing works again',
        () => {
          const problem = engine.storeProblem()
          if (problem !== null) throw new Error(`${problem} ${disk.contents()}`)
          return true
        },
        30_000,
      )
    },
    'broker killed': async () => {
      publisher.lose()
      await broker.kill()
      await pause(some(0, 400))
      await broker.restart()
      await until('connected again', () => engine.connected(), 30_000)
      await publisher.resume()
    },
  }

  async function half(kinds: readonly FaultKind[]): Promise<void> {
    // Each kind once, then any, in an order of the seed's own.
    const list = kinds.slice().sort(() => random() - 0.5)
    while (list.length < options.faults) list.push(kinds[Math.floor(random() * kinds.length)]!)
    for (const kind of list.slice(0, options.faults)) {
      await pause(some(100, 600))
      await work[kind]()
      counted[kind] = (counted[kind] ?? 0) + 1
    }
    await drained()
  }

  try {
    await engine.start()
    await until('connected', () => engine.connected(), 30_000)
    await publisher.connect()
    for (const message of load.baselines()) publisher.send(message)
    await drained()
    const kinds = faultKinds.filter((kind) => disk !== null || kind !== 'disk full')
    loading = 'with pulses'
    await half(kinds.filter((kind) => kind !== 'broker killed'))
    loading = 'keyed only'
    await half(kinds)
    engine.clock(0)
    for (const message of load.closing()) publisher.send(message)
    await drained()
    // A message stored twice would come within this time.
    await pause(300)
    const duplicates = engine.duplicates()
    const models = await engine.end()
    const verdict = judgeStore(databaseFile(dataPath), publisher.sent(), load.sums(), models)
    const published = publisher.sent().length
    return { seed, faults: counted, published, repeated: publisher.repeats(), duplicates, ...verdict }
  } finally {
    clearInterval(timer)
    await engine.kill()
    await publisher.close()
    await proxy.close()
    await broker.stop()
    disk?.remove()
    dir.remove()
  }
}
