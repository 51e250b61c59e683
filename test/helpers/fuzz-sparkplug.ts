import { setTimeout as wait } from 'node:timers/promises'
import { messageFates } from '../../electron/engine/ingest/sparkplug/edge-node.ts'
import { createMapping } from '../../electron/engine/ingest/mapping/create-mapping.ts'
import { createSparkplugHost } from '../../electron/engine/ingest/sparkplug/sparkplug-host.ts'
import type { SparkplugTally } from '../../electron/engine/ingest/sparkplug/sparkplug-host.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { fuzzMetrics, hostileSparkplug } from './hostile-sparkplug.ts'
import { startRecording, testPlant } from './recording.ts'

export type SparkplugFuzzReport = {
  messages: number
  tallies: Partial<Record<SparkplugTally, number>>
  /** Messages whose fates do not add up to all of them, and values given to the recorder that it did not count. */
  uncounted: number
  recorder: Record<string, number>
  byCode: Readonly<Record<string, number>>
  heap: { early: number; late: number } | null
  differences: unknown[]
}

/** After so many messages the reorder timers get their turn. */
const atOnce = 100

/** Feeds hostile Sparkplug messages to a host and a recorder on a real store. Anything thrown ends it. */
export async function fuzzSparkplug(options: { count: number; seed: number }): Promise<SparkplugFuzzReport> {
  const { count, seed } = options
  const base = testPlant()
  const sparkplug = { reorderTimeoutS: 0.001, rebirthIntervalS: 1 }
  const plant = plantSchema.parse({ ...base, broker: { ...base.broker, sparkplug }, topics: fuzzMetrics })
  const recording = startRecording(Date.parse('2026-03-10T08:00:00+01:00'), plant)
  const { clock, recorder } = recording
  recording.database.write.pragma('synchronous = OFF')
  const mapping = createMapping(plant)
  const collect = (globalThis as { gc?: () => void }).gc
  const heapNow = (): number => {
    collect?.()
    return process.memoryUsage().heapUsed
  }
  const counted = () => {
    const { stored, duplicates, rejected, passedOver, repeated, retainedDropped } = recorder.counters()
    return { stored, duplicates, rejected, passedOver, repeated, retainedDropped }
  }
  const sum = (numbers: object): number =>
    Object.values(numbers).reduce((all: number, one: number) => all + one, 0)
  let uncounted = 0
  const host = createSparkplugHost({
    settings: plant.broker.sparkplug,
    lineIds: ['a', 'b'],
    isAboutNode: mapping.isAboutNode,
    signalsOf: mapping.signalsOf,
    linesFedBy: mapping.linesFedBy,
    deliver: (message) => {
      const before = sum(counted())
      recorder.record([message])
      if (sum(counted()) <= before) uncounted++
    },
    sendRebirth: () => true,
    feeds: '',
    onFeeds: () => {},
    onLiveness: () => {},
    now: () => clock.nowMs,
    log: () => {},
  })
  try {
    host.connected()
    let early = 0
    let n = 0
    for (const { topic, payload } of hostileSparkplug(count, seed, () => clock.nowMs)) {
      host.receive(topic, payload, clock.nowMs)
      clock.nowMs += 250
      if (++n === Math.ceil(count / 10)) early = heapNow()
      if (n % atOnce === 0) await wait(2)
    }
    await wait(20)
    host.disconnected()
    const late = heapNow()
    const tallies = host.counters()
    const fates = [...messageFates, 'malformed', 'foreign', 'tooManyNodes'] as const
    const all = fates.reduce((some, fate) => some + (tallies[fate] ?? 0), 0)
    return {
      messages: n,
      tallies,
      uncounted: uncounted + Math.abs(n - all),
      recorder: counted(),
      byCode: recorder.counters().rejectedBy,
      heap: collect ? { early, late } : null,
      differences: recording.differences(),
    }
  } finally {
    recording.close()
  }
}
