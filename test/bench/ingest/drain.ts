import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type { TestMosquitto } from '../../helpers/mosquitto.ts'
import type { ConsumerResult, ConsumerTask } from './consumer.ts'
import { filters, sessionExpiryInterval } from './filters.ts'
import { flood } from './flood.ts'
import { countMessages } from './load.ts'
import { runConsumer } from './run-consumer.ts'

export type Load = { count: number; lines: number; bytes: number; qos: 0 | 1 }
export type Bench = { broker: TestMosquitto; dir: string }
type Env = Readonly<Record<string, string>>

let sessions = 0

/** Fills a kept session of the broker with the load, then lets the consumer take it. */
export async function drain(
  bench: Bench,
  what: ConsumerTask['what'],
  load: Load,
  env: Env = {},
): Promise<ConsumerResult> {
  const { broker, dir } = bench
  const clientId = `${what}-${(sessions += 1)}`
  const options = { protocolVersion: 5 as const, clientId }
  const session = await connectAsync(broker.url, {
    ...options,
    clean: false,
    properties: { sessionExpiryInterval },
  })
  await session.subscribeAsync([...filters], { qos: 1 })
  await session.endAsync()
  const message = countMessages({ ...load, endMs: Date.now() })
  await flood({ port: broker.port, qos: load.qos, count: load.count, message })
  const { lines, count: total } = load
  const task = { what, url: broker.url, clientId, lines, total, dataDir: join(dir, clientId), latency: false }
  const result = await runConsumer(task, env)
  // A clean start makes the broker forget the session.
  await (await connectAsync(broker.url, { ...options, clean: true })).endAsync()
  return result
}

/** Rounds of both, one after the other in turns; ratios are ours to raw, round by round. */
export async function rounds(bench: Bench, count: number, load: Load, env: Env = {}) {
  const ratios: number[] = []
  const raws: ConsumerResult[] = []
  const ours: ConsumerResult[] = []
  for (let round = 0; round < count; round++) {
    const order = round % 2 === 0 ? (['raw', 'ours'] as const) : (['ours', 'raw'] as const)
    for (const what of order) (what === 'raw' ? raws : ours).push(await drain(bench, what, load, env))
    ratios.push(ours[round]!.perSecond / raws[round]!.perSecond)
  }
  return { ratios, raws, ours }
}

export function median(list: readonly number[]): number {
  return quantile(
    list.slice().sort((a, b) => a - b),
    0.5,
  )
}

/** Of a sorted list. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}
