import { afterEach, expect, test } from 'vitest'
import { readQuarantined } from '../../db/queries/rejects.ts'
import { readAudit } from '../../db/queries/audit.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { message, startRecording, testPlant } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'

const start = Date.parse('2026-03-02T08:00:00+01:00')
const minute = 60_000
const day = 86_400_000
const open: TestRecording[] = []
afterEach(() => {
  for (const recording of open.splice(0)) {
    expect(recording.differences()).toEqual([])
    expect(recording.sumDifferences()).toEqual([])
    recording.close()
  }
})

function begin(topics: readonly unknown[] = []): TestRecording {
  const recording = startRecording(start, plantSchema.parse({ ...testPlant(), topics }))
  open.push(recording)
  return recording
}

const settlement = { reason: 'Checked at the line', by: 'Ada', device: 'touch 1' } as const
const list = (r: TestRecording) =>
  readQuarantined(r.database.read, 100).newest.map(({ seq, code }) => [seq, code])
const good = (r: TestRecording, lineId = 'a'): [minute: number, good: number, scrap: number][] =>
  r.recorder
    .model(lineId)
    .facts.counts.map((bucket) => [(bucket.startMs - start) / minute, bucket.good, bucket.scrap])
const shiftGood = (r: TestRecording): unknown =>
  r.database.read.prepare("SELECT sum(good) FROM count_rollup WHERE level = 'shift'").pluck().get()

test('a message from the future counts at its arrival, one that is too old at its own time', () => {
  const r = begin()
  r.recorder.record([
    message('a/count', { ts: start + 3 * 3_600_000, good: 5, scrap: 1, reason: 'dent' }, start),
    message('a/count', { ts: start - 40 * day, good: 7 }, start),
    message('a/state', { ts: start + 3 * 3_600_000, state: 'running' }, start),
  ])
  expect(list(r)).toEqual([
    [3, 'future'],
    [2, 'old'],
    [1, 'future'],
  ])
  expect(good(r)).toEqual([])
  r.clock.nowMs = start + 5 * minute
  for (const seq of [1, 2, 3]) r.recorder.settle(seq, { ...settlement, how: 'release' })
  expect(list(r)).toEqual([])
  expect(good(r)).toEqual([[0, 5, 1]])
  expect(r.recorder.model('a').facts.states).toMatchObject([{ atMs: start, state: 'running' }])
  expect(shiftGood(r)).toBe(12)
  expect(r.recorder.counters()).toMatchObject({ stored: 0, rejected: 3, quarantined: 3 })
  expect(readAudit(r.database.read, 1)).toMatchObject([
    { by: 'Ada', device: 'touch 1', action: 'releaseQuarantined', subject: 'lineside/v1/a/state' },
  ])
  expect(JSON.parse(readAudit(r.database.read, 3)[2]!.detail)).toMatchObject({
    seq: 1,
    code: 'future',
    reason: 'Checked at the line',
    payload: expect.stringContaining('"good":5'),
  })
})

test('a total that was not believed counts the pieces since the value before; its counter goes on as it did', () => {
  const r = begin()
  const total = (minutes: number, value: number, more: object = {}) =>
    message(
      'a/count',
      { ts: start + minutes * minute, total_good: value, cell: 'filler', ...more },
      start + minutes * minute,
    )
  r.clock.nowMs = start + 10 * minute
  r.recorder.record([total(0, 100), total(1, 110), total(2, 50_000), total(3, 50_004)])
  expect(good(r)).toEqual([
    [1, 10, 0],
    [3, 4, 0],
  ])
  expect(list(r)).toEqual([[1, 'jump']])
  r.recorder.settle(1, { ...settlement, how: 'release' })
  expect(good(r)).toEqual([
    [1, 10, 0],
    [2, 49_890, 0],
    [3, 4, 0],
  ])
  r.recorder.record([total(4, 50_010)])
  expect(good(r).at(-1)).toEqual([4, 6, 0])
  expect(() => r.recorder.settle(1, { ...settlement, how: 'release' })).toThrow(/was released already/)
})

test('the same of a mapped topic and of a Sparkplug metric', () => {
  const r = begin([
    { topic: 'plant/+line/n', count: { good: { from: '@', kind: 'total' } } },
    { sparkplug: 'G/N', line: 'b', metric: 'Good', count: { good: { from: '@', kind: 'total' } } },
  ])
  const plain = (value: number, minutes: number) =>
    message('', String(value), start + minutes * minute, { topic: 'plant/a/n' })
  r.clock.nowMs = start + 10 * minute
  r.recorder.record([plain(10, 0), plain(12, 1), plain(9_000, 2)])
  r.recorder.settle(1, { ...settlement, how: 'release' })
  expect(good(r)).toEqual([
    [1, 2, 0],
    [10, 8_988, 0],
  ])
  // As the Sparkplug host gives it to the recorder.
  const value = { source: 'G/N', metric: 'Good', value: 5, timestamp: start + 2 * 3_600_000 }
  const data = { from: { ...value }, total_good: 5, counter: 'G/N:Good' }
  r.recorder.record([
    message('', JSON.stringify(value), start, {
      topic: 'spBv1.0/G/NDATA/N',
      outcome: {
        ok: true,
        rejects: [],
        parts: [
          {
            lineId: 'b',
            atMs: value.timestamp,
            id: null,
            signal: { kind: 'count', data: { total_good: 5, counter: 'G/N:Good' } as never },
            body: JSON.stringify(data),
          },
        ],
      },
    }),
  ])
  expect(list(r)).toEqual([[2, 'future']])
  r.recorder.settle(2, { ...settlement, how: 'release' })
  expect(r.recorder.model('b').totals['G/N:Good/good']?.total).toBe(5)
})

test('what is discarded never counts, and what cannot be counted says why and stays', () => {
  const r = begin()
  r.recorder.record([
    message('a/count', { ts: start + 3 * 3_600_000, good: 5 }, start),
    message('a/count', { ts: start, late_scrap: 3 }, start),
    message('a/count', { ts: start + 3 * 3_600_000, good: 5, note: 'x'.repeat(20_000) }, start),
  ])
  r.recorder.settle(1, { ...settlement, how: 'discard' })
  expect(good(r)).toEqual([])
  const release = (seq: number) => () => r.recorder.settle(seq, { ...settlement, how: 'release' })
  expect(release(1)).toThrow(/was discarded already/)
  expect(release(2)).toThrow(/enter the rest of it as a correction/)
  expect(release(3)).toThrow(/Only 16384 of its 20\d+ bytes were kept/)
  expect(release(99)).toThrow(/not kept any more/)
  expect(list(r).map(([seq]) => seq)).toEqual([3, 2])
  expect(readAudit(r.database.read, 10)).toHaveLength(1)
  r.reopen()
  expect(release(1)).toThrow(/was discarded already/)
})
