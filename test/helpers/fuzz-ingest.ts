import { plantSchema } from '../../shared/settings/plant.ts'
import { readRejects } from '../../db/queries/rejects.ts'
import { fuzzTopics, hostileMessages } from './hostile-messages.ts'
import { startRecording, testPlant } from './recording.ts'

export type FuzzReport = {
  messages: number
  /** What became of them; a message with several parts counts more than once. */
  counters: Record<string, number>
  byCode: Readonly<Record<string, number>>
  /** Messages that nothing was counted for. */
  uncounted: number
  rejectsKept: number
  sources: number
  /** Bytes in use after a tenth and at the end, after collecting garbage (only with --expose-gc). */
  heap: { early: number; late: number } | null
  differences: unknown[]
}

/** Feeds hostile messages one by one to a recorder on a real store. Anything thrown or logged ends it. */
export function fuzzIngest(options: { count: number; seed: number }): FuzzReport {
  const { count, seed } = options
  const plant = plantSchema.parse({ ...testPlant(), topics: fuzzTopics })
  const start = Date.parse('2026-03-10T08:00:00+01:00')
  const recording = startRecording(start, plant)
  const { clock, recorder } = recording
  // A power cut is not what is tried here, and a transaction for each message would wait for the disk.
  recording.database.write.pragma('synchronous = OFF')
  const collect = (globalThis as { gc?: () => void }).gc
  const heapNow = (): number => {
    collect?.()
    return process.memoryUsage().heapUsed
  }
  const counted = () => {
    const { stored, duplicates, rejected, passedOver, repeated, retainedDropped } = recorder.counters()
    return { stored, duplicates, rejected, passedOver, repeated, retainedDropped }
  }
  const sum = (): number => Object.values(counted()).reduce((all, one) => all + one, 0)
  try {
    let uncounted = 0
    let early = 0
    let before = 0
    let n = 0
    for (const message of hostileMessages(count, seed, () => clock.nowMs)) {
      recorder.record([message])
      const after = sum()
      if (after <= before) uncounted++
      before = after
      clock.nowMs += 250
      if (++n === Math.ceil(count / 10)) early = heapNow()
    }
    const late = heapNow()
    return {
      messages: n,
      counters: counted(),
      byCode: recorder.counters().rejectedBy,
      uncounted,
      rejectsKept: readRejects(recording.database.read, 10_000).length,
      sources: recorder.sources().length,
      heap: collect ? { early, late } : null,
      differences: recording.differences(),
    }
  } finally {
    recording.close()
  }
}
