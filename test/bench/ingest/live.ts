import { join } from 'node:path'
import type { ConsumerResult } from './consumer.ts'
import type { Bench, Load } from './drain.ts'
import { flood } from './flood.ts'
import { runConsumer } from './run-consumer.ts'

let runs = 0

export type LiveResult = ConsumerResult & { latencies: number[]; beganMs: number }

/** Messages a second, from the first one published to the last commit. */
export function liveRate({ commits, beganMs }: LiveResult): number {
  const last = commits[commits.length - 1]
  return last === undefined ? 0 : (last.stored * 1000) / (last.atMs - beganMs)
}

/**
 * Publishes while the engine takes: at `perSecond`, or as fast as the broker allows. `latencies`: from publishing to the
 * commit, milliseconds, sorted. One publisher's messages are stored in its order, so a count tells which they were.
 */
export async function live({ broker, dir }: Bench, load: Load, perSecond?: number): Promise<LiveResult> {
  const { lines, count: total, bytes, qos } = load
  const clientId = `live-${(runs += 1)}`
  const task = {
    what: 'ours' as const,
    url: broker.url,
    clientId,
    lines,
    total,
    dataDir: join(dir, clientId),
    latency: true,
  }
  const sentMs = new Float64Array(total)
  const message = (index: number) => {
    const now = performance.timeOrigin + performance.now()
    sentMs[index] = now
    const start = `{"ts":${Math.floor(now)},"good":1,"product":"cola","serial":"SN-${index}-`
    const payload = `${start}${'0'.repeat(Math.max(0, bytes - start.length - 2))}"}`
    return { topic: `lineside/v1/l${(index % lines) + 1}/count`, payload }
  }
  let published: Promise<void> = Promise.resolve()
  const result = await runConsumer(task, {}, () => {
    published = flood({ port: broker.port, qos, count: total, message, perSecond })
  })
  await published
  const latencies: number[] = []
  for (const { stored, atMs } of result.commits) {
    while (latencies.length < stored) latencies.push(atMs - sentMs[latencies.length]!)
  }
  return { ...result, latencies: latencies.sort((a, b) => a - b), beganMs: sentMs[0] ?? NaN }
}
