/**
 * Ours (decode, validate, store durably with roll-ups, acknowledge after the commit) against mqtt.js that receives the same
 * QoS 1 backlog and does nothing. Same mosquitto, interleaved rounds, medians. Arguments: [messages] [rounds]
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { connect, connectAsync } from 'mqtt'
import { openDatabase } from '../../db/open-database.ts'
import { createIngest } from '../../electron/engine/ingest/ingest.ts'
import { inFlightLimit } from '../../electron/engine/model/in-flight.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { testPlant } from '../helpers/recording.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const total = Number(process.argv[2] ?? 50_000)
const rounds = Number(process.argv[3] ?? 5)
const topic = 'lineside/v1/a/count'
const sessionExpiryInterval = 3_600

const dir = makeTempDir('bench')
const broker = await startMosquitto(dir.path)
const publisher = await connectAsync(broker.url)

/** A kept session with the whole backlog waiting in the broker. */
async function fill(clientId: string): Promise<void> {
  const options = {
    protocolVersion: 5 as const,
    clientId,
    clean: false,
    properties: { sessionExpiryInterval },
  }
  const session = await connectAsync(broker.url, options)
  await session.subscribeAsync(topic, { qos: 1 })
  await session.endAsync()
  const base = Date.now() - total
  const window = 2_000
  for (let sent = 0; sent < total; sent += window) {
    await Promise.all(
      Array.from({ length: Math.min(window, total - sent) }, (_, index) => {
        const n = sent + index
        const body = {
          ts: base + n,
          good: 1,
          scrap: n % 50 === 0 ? 1 : 0,
          product: 'cola',
          cell: 'filler',
          serial: `SN-${n}-${'0'.repeat(40)}`,
        }
        return publisher.publishAsync(topic, JSON.stringify(body), { qos: 1 })
      }),
    )
  }
}

type Rate = { perSecond: number; /** CPU of this process, which only receives here. */ cpuUs: number }

/** Starts the clock; the function it answers stops it. */
function measure(): () => Rate {
  const began = performance.now()
  const cpuBegan = process.cpuUsage()
  return () => {
    const cpu = process.cpuUsage(cpuBegan)
    return { perSecond: (total * 1000) / (performance.now() - began), cpuUs: (cpu.user + cpu.system) / total }
  }
}

async function raw(round: number): Promise<Rate> {
  const clientId = `raw-${round}`
  await fill(clientId)
  let received = 0
  const stop = measure()
  const client = connect(broker.url, {
    protocolVersion: 5,
    clientId,
    clean: false,
    properties: { sessionExpiryInterval, receiveMaximum: inFlightLimit },
    reconnectPeriod: 0,
  })
  client.on('message', () => received++)
  await until('raw backlog', () => received >= total, 120_000)
  const rate = stop()
  await client.endAsync()
  return rate
}

async function ours(round: number): Promise<Rate> {
  const clientId = `ours-${round}`
  await fill(clientId)
  const plant = testPlant(broker.url)
  plant.broker.clientId = clientId
  const file = join(dir.path, `${clientId}.db`)
  const database = openDatabase({ file })
  const recorder = openRecorder({ database, plant, now: Date.now })
  const ingest = createIngest({ plant, recorder, now: Date.now, password: undefined, log: () => {} })
  const stop = measure()
  ingest.start()
  await until('our backlog', () => recorder.counters().stored >= total, 120_000)
  const rate = stop()
  await ingest.stop()
  database.close()
  rmSync(file)
  return rate
}

const median = (list: number[]): number => list.slice().sort((a, b) => a - b)[list.length >> 1] ?? NaN
const results: { raw: Rate; ours: Rate }[] = []
for (let round = 0; round < rounds; round++) {
  const rawFirst = round % 2 === 0
  const first = rawFirst ? await raw(round) : await ours(round)
  const second = rawFirst ? await ours(round) : await raw(round)
  const result = rawFirst ? { raw: first, ours: second } : { raw: second, ours: first }
  results.push(result)
  const text = (rate: Rate): string =>
    `${Math.round(rate.perSecond)}/s (${rate.cpuUs.toFixed(1)} us CPU each)`
  const ratio = result.ours.perSecond / result.raw.perSecond
  console.log(
    `round ${round + 1}: raw ${text(result.raw)}, ours ${text(result.ours)}, ratio ${ratio.toFixed(2)}`,
  )
}
const of = (value: (result: { raw: Rate; ours: Rate }) => number): number => median(results.map(value))
console.log(
  `median of ${rounds} rounds of ${total} messages: raw mqtt.js QoS 1 ${Math.round(of((r) => r.raw.perSecond))}/s, ` +
    `ours acknowledged after commit ${Math.round(of((r) => r.ours.perSecond))}/s, ` +
    `ratio ${of((r) => r.ours.perSecond / r.raw.perSecond).toFixed(2)}, ` +
    `CPU ${of((r) => r.raw.cpuUs).toFixed(1)} and ${of((r) => r.ours.cpuUs).toFixed(1)} us a message`,
)
await publisher.endAsync()
await broker.stop()
dir.remove()
