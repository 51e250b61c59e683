import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readRejects } from '../../db/queries/rejects.ts'
import { lineMoment } from '../../electron/engine/views/moment.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { signalIntervals } from '../../shared/settings/signal-intervals.ts'
import { message, startRecording, testPlant } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'

const start = Date.parse('2026-03-10T08:00:00+01:00')
const second = 1_000
const minute = 60_000
const open: TestRecording[] = []
afterEach(() => {
  for (const recording of open.splice(0)) {
    expect(recording.differences()).toEqual([])
    recording.close()
  }
})

function begin(topics: readonly unknown[] = []): TestRecording {
  const plant = plantSchema.parse({ ...testPlant(), topics })
  const recording = startRecording(start, plant)
  open.push(recording)
  return recording
}

const mapped = (topic: string, payload: unknown, arrivedMs: number) => ({
  ...message('', payload, arrivedMs),
  topic,
})
const total = (offsetMs: number, good: number) =>
  message('a/count', { ts: start + offsetMs, total_good: good }, start + offsetMs)

/** [minute since the start, good, scrap] of line a, minutes without pieces left out. */
const minutes = (r: TestRecording) =>
  r.recorder.model('a').facts.counts.map((c) => [(c.startMs - start) / minute, c.good, c.scrap])

describe('a total that is not believed', () => {
  it('is quarantined and shown, not counted and not dropped', () => {
    const r = begin()
    r.clock.nowMs = start + hourMs
    r.recorder.record([total(0, 100), total(10_000, 110), total(20_000, 90_000), total(30_000, 120)])
    expect(minutes(r)).toEqual([[0, 20, 0]])
    const counters = r.recorder.counters()
    expect(counters).toMatchObject({ stored: 3, rejected: 1, quarantined: 1, rejectedBy: { jump: 1 } })
    expect(counters.lastReject?.reason).toMatch(
      /^total_good: went to 90000 from 110 within 10 s, .* not counted/,
    )
    const [kept] = readRejects(r.database.read, 10)
    expect(kept).toMatchObject({ code: 'jump', quarantined: true, topic: 'lineside/v1/a/count' })
    expect(JSON.parse(kept!.payload.toString())).toEqual({ ts: start + 20_000, total_good: 90_000 })
    r.reopen()
    r.recorder.record([total(40_000, 121)])
    expect(minutes(r)).toEqual([[0, 21, 0]])
  })

  it('does not lose its place to garbage', () => {
    const r = begin()
    r.recorder.record([total(0, 100), total(10_000, 90_000)])
    for (let n = 0; n < 1_100; n++) r.recorder.record([message('a/count', 'garbage', start)])
    const kept = readRejects(r.database.read, 5_000)
    expect(kept.filter(({ quarantined }) => quarantined)).toHaveLength(1)
    expect(kept).toHaveLength(1_001)
    expect(r.recorder.counters()).toMatchObject({
      rejectedBy: { jump: 1, json: 1_100 },
      deadLettersDropped: 100,
    })
  })
})

const hourMs = 60 * minute

describe('totals that come late', () => {
  it('put their pieces into their own minutes and shift', () => {
    const r = begin()
    r.clock.nowMs = start + 12 * hourMs
    // The live value came first, hours of history after it.
    r.recorder.record([total(0, 1_000), total(2 * minute, 1_060)])
    expect(minutes(r)).toEqual([[2, 60, 0]])
    r.recorder.record([total(1 * minute, 1_020)])
    expect(minutes(r)).toEqual([
      [1, 20, 0],
      [2, 40, 0],
    ])
    r.recorder.record([total(90 * second, 1_050)])
    expect(minutes(r)).toEqual([
      [1, 50, 0],
      [2, 10, 0],
    ])
    expect(r.recorder.counters()).toMatchObject({ totalsLate: 2, stored: 4, rejected: 0 })
    r.recorder.record([total(90 * second, 1_050)])
    expect(r.recorder.counters().duplicates).toBe(1)
    expect(minutes(r)).toEqual([
      [1, 50, 0],
      [2, 10, 0],
    ])
  })

  it('in any order and with repeats give what totals in order give', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 25 }),
        fc.infiniteStream(fc.nat()),
        (steps, order) => {
          let value = 500
          const list = steps.map((step, index) => total(index * 17 * second, (value += step)))
          const inOrder = begin()
          const shuffled = begin()
          for (const r of [inOrder, shuffled]) r.clock.nowMs = start + hourMs
          for (const one of list) inOrder.recorder.record([one])
          const mixed = list.map((one) => [order.next().value, one] as const).sort((a, b) => a[0] - b[0])
          shuffled.recorder.record(mixed.flatMap(([n, one]) => (n % 4 === 0 ? [one, one] : [one])))
          expect(minutes(shuffled).filter(([, good]) => good !== 0)).toEqual(minutes(inOrder))
          for (const r of open.splice(0)) {
            expect(r.differences()).toEqual([])
            r.close()
          }
        },
      ),
      { numRuns: 12, seed: 11 },
    )
  })
})

describe('scrap found later', () => {
  it('is taken from the last good pieces, in their own minutes', () => {
    const r = begin([{ preset: 'umh-v0' }])
    r.clock.nowMs = start + hourMs
    const count = (offsetMs: number, n: number, scrap: number) =>
      mapped('ia/c/l/a/count', { timestamp_ms: start + offsetMs, count: n, scrap }, start + offsetMs)
    const scrapped = (offsetMs: number, scrap: number) =>
      mapped('ia/c/l/a/scrapCount', { timestamp_ms: start + offsetMs, scrap }, start + offsetMs)
    r.recorder.record([count(0, 10, 1), count(minute, 5, 0), count(2 * minute, 3, 3)])
    expect(minutes(r)).toEqual([
      [0, 9, 1],
      [1, 5, 0],
      [2, 0, 3],
    ])
    r.recorder.record([scrapped(90 * second, 7)])
    expect(minutes(r)).toEqual([
      [0, 7, 3],
      [1, 0, 5],
      [2, 0, 3],
    ])
    // The same again counts once; more than there is good is quarantined and said.
    r.recorder.record([scrapped(90 * second, 7), scrapped(95 * second, 9)])
    expect(minutes(r)).toEqual([
      [0, 0, 10],
      [1, 0, 5],
      [2, 0, 3],
    ])
    expect(r.recorder.counters()).toMatchObject({
      duplicates: 1,
      quarantined: 1,
      rejectedBy: { unmatched: 1 },
    })
    expect(r.recorder.counters().lastReject?.reason).toMatch(/^late scrap: 9 pieces .* only 7 good ones/)
  })

  it('in one batch finds the pieces of the same batch', () => {
    const r = begin()
    const sent = Array.from({ length: 20 }, (_, n) =>
      message('a/count', n === 19 ? { late_scrap: 15, id: 's' } : { good: 1, id: `m${n}` }, start + n),
    )
    r.recorder.record(sent)
    expect(minutes(r)).toEqual([[0, 4, 15]])
  })
})

describe('corrections by hand', () => {
  it('are entries of their own: the messages stay as they were', () => {
    const r = begin()
    r.clock.nowMs = start + hourMs
    const sent = [0, 1, 2].map((n) =>
      message('a/count', { ts: start + n * minute, good: 10, scrap: 2, reason: 'dent' }, start + n * minute),
    )
    r.recorder.record(sent)
    const { entryId } = r.recorder.enter(
      'a',
      { kind: 'correction', atMs: start + 100 * second, good: -14, scrap: 3, reason: 'double counted' },
      'Mira',
    )
    expect(minutes(r)).toEqual([
      [0, 6, 2],
      [1, 0, 5],
      [2, 10, 2],
    ])
    const stored = r.database.read
      .prepare('SELECT count(*) AS n FROM reading WHERE body ->> ? = 10')
      .get('good')
    expect(stored).toEqual({ n: 3 })
    r.reopen()
    r.recorder.enter('a', { kind: 'undo', entryId }, 'Mira')
    expect(minutes(r)).toEqual([
      [0, 10, 2],
      [1, 10, 2],
      [2, 10, 2],
    ])
  })

  it('never take away more than was counted, nor touch what is not kept', () => {
    const r = begin()
    r.clock.nowMs = start + hourMs
    r.recorder.record([message('a/count', { ts: start, good: 10 }, start)])
    const correct = (good: number, atMs: number) => () =>
      r.recorder.enter('a', { kind: 'correction', atMs, good, scrap: 0, reason: 'x' }, 'Mira')
    expect(correct(-11, start + minute)).toThrow(/Only 10 good pieces were counted/)
    expect(correct(-1, start - minute)).toThrow(/Only 0 good pieces/)
    expect(correct(1, start + 2 * hourMs)).toThrow(/Nothing was made yet/)
    expect(correct(1, start - 40 * 24 * hourMs)).toThrow(/not kept any more/)
    expect(minutes(r)).toEqual([[0, 10, 0]])
  })
})

describe('clocks', () => {
  it('are compared by source; what is ahead beyond the bound is quarantined', () => {
    const r = begin([{ topic: 'x/+line', time: { from: '/t', unit: 'ms' }, count: { good: '/n' } }])
    const sends = (topic: string, field: string, aheadMs: number) => {
      for (let n = 0; n < 20; n++) {
        r.clock.nowMs += second
        const at = r.clock.nowMs + aheadMs - (n % 3) * 200
        r.recorder.record([mapped(topic, { [field]: at, n: 1, good: 1 }, r.clock.nowMs)])
      }
    }
    sends('lineside/v1/a/count', 'ts', 0)
    sends('x/a', 't', 30_000)
    sends('x/b', 't', 3 * hourMs)
    expect(r.recorder.sources()).toMatchObject([
      { source: 'lineside/v1/a/count', lineId: 'a', skewMs: 0 },
      { source: 'x/a', lineId: 'a', skewMs: -30_000 },
      { source: 'x/b', lineId: 'b', skewMs: -3 * hourMs },
    ])
    expect(r.recorder.counters()).toMatchObject({ stored: 40, quarantined: 20, rejectedBy: { future: 20 } })
  })
})

describe('a source that says the same again and again', () => {
  it('makes one state, and values that stay fresh', () => {
    const r = begin([{ topic: 'm/+line', state: '/s', value: { key: { const: 'temp' }, value: '/v' } }])
    for (let n = 0; n < 50; n++) {
      r.clock.nowMs = start + n * second
      r.recorder.record([mapped('m/a', { s: n < 40 ? 'running' : 'stopped', v: 20 }, r.clock.nowMs)])
    }
    const { facts, values, lastSeen } = r.recorder.model('a')
    expect(facts.states.map(({ state, atMs }) => [state, atMs - start])).toEqual([
      ['running', 0],
      ['stopped', 40 * second],
    ])
    expect(values.temp).toEqual({ value: 20, unit: null, atMs: start + 49 * second })
    expect(lastSeen.state?.atMs).toBe(start + 49 * second)
    expect(r.recorder.counters()).toMatchObject({ stored: 3, repeated: 97, rejected: 0 })
  })
})

describe('a signal with a pace of its own', () => {
  it('makes the line stale when it stays away, whatever else still comes', () => {
    const topics = [
      { topic: 'x/+line', expectedIntervalS: 20, count: { good: '@' } },
      { topic: 's/+line', state: '@' },
    ]
    const r = begin(topics)
    const line = r.plant.lines[0]!
    const momentNow = () =>
      lineMoment(
        line,
        lineRules(line, r.plant.site.timeZone),
        r.recorder.model('a'),
        r.clock.nowMs,
        false,
        signalIntervals(r.plant, 'a'),
      )
    r.recorder.record([mapped('x/a', '1', start)])
    for (let n = 1; n <= 90; n++) {
      r.clock.nowMs = start + n * second
      r.recorder.record([mapped('s/a', 'running', r.clock.nowMs)])
    }
    expect(momentNow()).toMatchObject({ freshness: 'fresh', lastReadingMs: start + 90 * second })
    r.clock.nowMs = start + 101 * second
    r.recorder.record([mapped('s/a', 'running', r.clock.nowMs)])
    expect(momentNow()).toMatchObject({ freshness: 'stale', lastReadingMs: start, asOfMs: start })
    r.recorder.record([mapped('x/a', '1', r.clock.nowMs)])
    expect(momentNow()).toMatchObject({ freshness: 'fresh', asOfMs: r.clock.nowMs })
  })
})
