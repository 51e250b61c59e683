import { afterEach, expect, test } from 'vitest'
import { createReplay } from '../../electron/engine/replay.ts'
import type { Replay } from '../../electron/engine/replay.ts'
import { rebuildModel } from '../../electron/engine/model/rebuild-model.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { startRecording, testPlant } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'
import { sparkplugTopics } from '../helpers/sparkplug-board.ts'
import { encodePayload } from '../helpers/sparkplug-encoder.ts'
import type { TestMetric } from '../helpers/sparkplug-encoder.ts'

const start = Date.parse('2026-03-02T08:00:00+01:00')
const second = 1_000
const open: TestRecording[] = []
afterEach(() => {
  for (const recording of open.splice(0)) recording.close()
})

/** A recording of line b's node N2 goes into a store of its own. */
function begin() {
  const plant = plantSchema.parse({ ...testPlant(), topics: sparkplugTopics })
  const recording = startRecording(start, plant)
  open.push(recording)
  const replay = createReplay({ database: recording.database, plant })
  const model = () => rebuildModel(recording.database.read, 'b', start - 3_600_000)
  return { replay, model }
}

function say(replay: Replay, atS: number, verb: string, seq: number | null, metrics: readonly TestMetric[]) {
  const arrivedMs = start + atS * second
  const more = { timestamp: arrivedMs, bare: verb.endsWith('DATA'), ...(seq === null ? {} : { seq }) }
  const payload = encodePayload(metrics, more)
  const topic = `spBv1.0/Plant/${verb}/N2`
  replay.push({ topic, payload, arrivedMs, dup: false, retain: false, packetId: null })
}
const good = (value: number): TestMetric => ({ name: 'Good', alias: 1, type: 'UInt64', value })

test('a recording of Sparkplug nodes counts what they said, in their order, and knows when they were gone', () => {
  const { replay, model } = begin()
  say(replay, 0, 'NDATA', 7, [good(90)])
  say(replay, 1, 'NBIRTH', 0, [{ name: 'bdSeq', type: 'UInt64', value: 0 }, good(100)])
  say(replay, 10, 'NDATA', 1, [good(104)])
  // One came before its turn: the one before it is waited for.
  say(replay, 21, 'NDATA', 3, [good(109)])
  say(replay, 21, 'NDATA', 2, [good(107)])
  say(replay, 40, 'NDATA', 4, [good(110)])
  say(replay, 60, 'NDEATH', null, [{ name: 'bdSeq', type: 'UInt64', value: 0 }])
  say(replay, 90, 'NBIRTH', 0, [{ name: 'bdSeq', type: 'UInt64', value: 1 }, good(112)])
  say(replay, 100, 'NDATA', 1, [good(113)])
  const counters = replay.finish()
  expect(counters).toMatchObject({ unborn: 1, rejected: 0 })
  const { facts } = model()
  expect(facts.counts.reduce((sum, bucket) => sum + bucket.good, 0)).toBe(13)
  expect(facts.silences).toEqual([{ startMs: start + 60 * second, endMs: start + 90 * second }])
})

test('what is missing is given up after the recorded time, and the rest counts', () => {
  const { replay, model } = begin()
  say(replay, 1, 'NBIRTH', 0, [good(100)])
  say(replay, 10, 'NDATA', 2, [good(105)])
  say(replay, 30, 'NDATA', 3, [good(106)])
  replay.finish()
  expect(model().facts.counts.reduce((sum, bucket) => sum + bucket.good, 0)).toBe(6)
})
