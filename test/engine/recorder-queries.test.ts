import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { attributionRules } from '../../db/attribution.ts'
import type { ReadDb } from '../../db/handles.ts'
import { countsByShift, newestCountedMs } from '../../db/queries/counts.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { lastArrival } from '../../db/queries/last-arrival.ts'
import { reachOf } from '../../db/queries/fact-reach.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { findGood } from '../../db/queries/readings.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import type { CellRules } from '../../shared/domain/line-states.ts'
import { kpiSums } from '../../shared/domain/kpi.ts'
import { stopsIn } from '../../shared/domain/stops.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { rebuildModel } from '../../electron/engine/model/rebuild-model.ts'
import { message, startRecording } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'

const start = Date.parse('2026-03-02T08:00:00+01:00')
const minute = 60_000
const hour = 60 * minute
const open: TestRecording[] = []

function begin(nowMs = start): TestRecording {
  const recording = startRecording(nowMs)
  open.push(recording)
  return recording
}

afterEach(() => {
  for (const recording of open.splice(0)) {
    expect(recording.differences()).toEqual([])
    recording.close()
  }
})

const count = (ts: number, good: number, more: object = {}) => message('a/count', { ts, good, ...more }, ts)
const storeResult = (r: TestRecording, startMs: number, endMs: number, reachMs = endMs): void =>
  void r.database.write
    .prepare(`INSERT INTO shift_result VALUES ('a', ?, ?, ?, 'Early', '2026-03-02', '{}', '[]', '')`)
    .run(startMs, endMs, reachMs)
const results = (r: TestRecording): unknown[] =>
  r.database.read.prepare('SELECT start_ms FROM shift_result ORDER BY start_ms').pluck().all()

describe('readLineFacts', () => {
  it('cuts the first and last minute exactly from the raw readings when asked', () => {
    const r = begin()
    r.recorder.record([
      message('a/product', { ts: start, product: 'water' }, start),
      count(start + 10_000, 1),
      count(start + 40_000, 2, { scrap: 1, reason: 'dent' }),
      count(start + minute, 4),
      count(start + 2 * minute + 10_000, 8),
      count(start + 2 * minute + 50_000, 16),
    ])
    const window = { startMs: start + 30_000, endMs: start + 2 * minute + 30_000 }
    const whole = readLineFacts(r.database.read, 'a', window)
    expect(whole.counts.map(({ startMs, good }) => [startMs - start, good])).toEqual([
      [0, 3],
      [minute, 4],
      [2 * minute, 24],
    ])
    const exactCounts = attributionRules(r.plant.lines[0]!, 'Europe/Berlin')
    const exact = readLineFacts(r.database.read, 'a', window, { exactCounts })
    expect(exact.counts).toEqual([
      {
        startMs: start + 30_000,
        product: 'water',
        good: 2,
        scrap: 1,
        rework: 0,
        idealTotalMs: 2400,
        idealGoodMs: 1600,
      },
      {
        startMs: start + minute,
        product: 'water',
        good: 4,
        scrap: 0,
        rework: 0,
        idealTotalMs: 3200,
        idealGoodMs: 3200,
      },
      {
        startMs: start + 2 * minute,
        product: 'water',
        good: 8,
        scrap: 0,
        rework: 0,
        idealTotalMs: 6400,
        idealGoodMs: 6400,
      },
    ])
    expect(exact.scraps).toEqual([{ startMs: start + 30_000, reason: 'dent', detected: 'internal', qty: 1 }])
    const inside = { startMs: start + 5_000, endMs: start + 20_000 }
    expect(readLineFacts(r.database.read, 'a', inside, { exactCounts }).counts).toMatchObject([{ good: 1 }])
  })

  it('brings what holds before the window, and after it what ends a stop', () => {
    const r = begin()
    const record = (states: string[]): void =>
      r.recorder.record(
        states.map((state, n) => message('a/state', { ts: start + n * minute, state }, start)),
      )
    record(['running', 'running', 'running', 'running', 'running'])
    const window = { startMs: start + 90_000, endMs: start + 150_000 }
    const times = () =>
      readLineFacts(r.database.read, 'a', window).states.map(({ atMs }) => (atMs - start) / minute)
    expect(times()).toEqual([1, 2, 3])
    const stopped = begin()
    stopped.recorder.record(
      ['running', 'stopped', 'stopped', 'idle', 'blocked', 'running', 'off'].map((state, n) =>
        message('a/state', { ts: start + n * minute, state }, start),
      ),
    )
    const late = { startMs: start + 2.5 * minute, endMs: start + 3.5 * minute }
    const facts = readLineFacts(stopped.database.read, 'a', late)
    expect(facts.states.map(({ atMs }) => (atMs - start) / minute)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it("keeps the line's own state apart from those of its cells", () => {
    const r = begin(start + hour)
    r.recorder.record([
      message('a/state', { ts: start, state: 'stopped', cell: 'filler' }, start),
      message('a/state', { ts: start + minute, state: 'running' }, start),
      message('a/state', { ts: start + 2 * minute, state: 'stopped', cell: 'capper' }, start),
    ])
    const window = { startMs: start + 10 * minute, endMs: start + 11 * minute }
    const facts = readLineFacts(r.database.read, 'a', window)
    const rules = lineRules(r.plant.lines[0]!, 'Europe/Berlin')
    expect(kpiSums(facts, rules, window, window.endMs)).toMatchObject({ runMs: minute, stopMs: 0 })
    const model = rebuildModel(r.database.read, 'a', start + hour)
    expect(model.facts.states.map(({ cell }) => cell)).toEqual(['filler', undefined, 'capper'])
    expect(kpiSums(model.facts, rules, window, window.endMs)).toMatchObject({ runMs: minute, stopMs: 0 })
    const cells = { startMs: start, endMs: start + minute }
    const before = readLineFacts(r.database.read, 'a', cells)
    expect(kpiSums(before, rules, cells, cells.endMs)).toMatchObject({ stopMs: minute })
  })

  it('follows a stop of several cells over the borders of a window, and no cell that stands beside a running line', () => {
    const r = begin(start + 20 * hour)
    const cells: CellRules = { rule: { kind: 'minimumRunning', cells: 2 }, names: [] }
    const state = (minutes: number, cell: string, word: string) =>
      message('a/state', { ts: start + minutes * minute, state: word, cell }, start)
    r.recorder.record([
      state(0, 'filler', 'running'),
      state(0, 'capper', 'running'),
      state(0, 'spare', 'idle'),
      state(100, 'capper', 'stopped'),
      state(130, 'filler', 'stopped'),
      state(150, 'capper', 'running'),
      state(175, 'filler', 'running'),
    ])
    const rules = { ...lineRules(r.plant.lines[0]!, 'Europe/Berlin'), cells }
    const { read } = r.database
    const span = (from: number, to: number) => ({
      startMs: start + from * minute,
      endMs: start + to * minute,
    })
    expect(reachOf(read, 'a', span(120, 140), cells)).toEqual(span(100, 175))
    expect(reachOf(read, 'a', span(20, 90), cells)).toEqual(span(20, 90))
    const asOfMs = start + 20 * hour
    const parts = [span(60, 120), span(120, 140), span(140, 200)].map((window) =>
      kpiSums(readLineFacts(read, 'a', window, { cells }), rules, window, asOfMs),
    )
    expect(parts.map(({ stopMs }) => stopMs / minute)).toEqual([20, 20, 35])
    expect(parts.every(({ microStopCount }) => microStopCount === 0)).toBe(true)
    const whole = stopsIn(readLineFacts(read, 'a', span(120, 140), { cells }), rules, span(120, 140), asOfMs)
    expect(whole.map(({ cell, closedMs }) => [cell, (closedMs! - start) / minute])).toEqual([['spare', 175]])
  })

  it('knows the start of a changeover that passed over a product without good pieces, and its end', () => {
    const r = begin(start + hour)
    r.recorder.record([
      message('a/state', { ts: start - hour, state: 'running' }, start),
      message('a/product', { ts: start - hour, product: 'cola' }, start),
      count(start - 30 * minute, 5),
      message('a/product', { ts: start - 25 * minute, product: 'sample' }, start),
      count(start - 22 * minute, 0, { scrap: 2 }),
      message('a/product', { ts: start - 20 * minute, product: 'water' }, start),
    ])
    const rules = lineRules(r.plant.lines[0]!, 'Europe/Berlin')
    const window = { startMs: start, endMs: start + 10 * minute }
    const entries = () => {
      const nowMs = start + hour
      return changeoversIn(readLineFacts(r.database.read, 'a', window), rules, window, nowMs)
    }
    expect(entries()).toMatchObject([{ from: 'cola', to: 'water', closedMs: null, durationMs: 10 * minute }])
    r.recorder.record([count(start + 15 * minute, 1)])
    expect(entries()).toMatchObject([{ from: 'cola', to: 'water', closedMs: start + 15 * minute }])
    const lives = rebuildModel(r.database.read, 'a', start).facts
    expect(changeoversIn(lives, rules, window, start + hour)).toEqual(entries())
  })

  it('takes no changeover from a product that was named for a moment and never made', () => {
    const r = begin(start + hour)
    r.recorder.record([
      message('a/state', { ts: start, state: 'running' }, start),
      message('a/product', { ts: start, product: 'cola' }, start),
      count(start + 5 * minute, 5),
      message('a/product', { ts: start + 12 * minute, product: 'water' }, start),
      message('a/product', { ts: start + 13 * minute, product: 'cola' }, start),
      count(start + 14 * minute, 5),
    ])
    const rules = lineRules(r.plant.lines[0]!, 'Europe/Berlin')
    const window = { startMs: start, endMs: start + 10 * minute }
    const facts = readLineFacts(r.database.read, 'a', window)
    expect(kpiSums(facts, rules, window, start + hour)).toMatchObject({
      runMs: 10 * minute,
      changeoverMs: 0,
    })
  })
})

describe('other queries', () => {
  it('adds up by shift, over midnight too', () => {
    const r = begin()
    const night = Date.parse('2026-03-01T22:00:00+01:00')
    const early = Date.parse('2026-03-02T06:00:00+01:00')
    r.recorder.record([count(night + 7 * hour, 1), count(early - 1, 2), count(early, 4)])
    const shifts = countsByShift(r.database.read, 'a', { startMs: night, endMs: start })
    expect(shifts.map(({ startMs, good }) => [startMs, good])).toEqual([
      [night, 3],
      [early, 4],
    ])
  })

  it('lists entries with who and when, undone ones marked', () => {
    const r = begin()
    const { entryId } = r.recorder.enter('a', { kind: 'scrap', reason: 'dent', qty: 2 }, 'Board')
    r.clock.nowMs += 1_000
    r.recorder.enter('a', { kind: 'undo', entryId }, 'Board')
    expect(listEntries(r.database.read, 'a', { startMs: start, endMs: start + hour })).toEqual([
      {
        id: entryId,
        lineId: 'a',
        kind: 'scrap',
        atMs: start,
        who: 'Board',
        what: { reason: 'dent', qty: 2 },
        voidedMs: start + 1_000,
      },
    ])
  })

  it('knows when a line was heard last', () => {
    const r = begin()
    expect(lastArrival(r.database.read, 'a')).toBeNull()
    r.recorder.record([count(start - hour, 1), message('a/state', { state: 'idle' }, start + 5)])
    expect(lastArrival(r.database.read, 'a')).toBe(start + 5)
  })
})

describe('the plans of all queries', () => {
  it('look rows up by an index: none reads a whole table that grows', () => {
    const r = begin()
    r.recorder.record([count(start, 1)])
    const statements = new Set<string>()
    const db = new Sqlite(r.file, {
      readonly: true,
      verbose: (sql) => void statements.add(String(sql)),
    }) as ReadDb
    const window = { startMs: start - hour, endMs: start + 30_000 }
    const exactCounts = attributionRules(r.plant.lines[0]!, 'Europe/Berlin')
    readLineFacts(db, 'a', window, { exactCounts })
    rebuildModel(db, 'a', start - hour)
    countsByShift(db, 'a', window)
    newestCountedMs(db, 'a')
    listEntries(db, 'a', window)
    findGood(db, 'a', 'cola', window, 'last')
    db.close()
    expect(statements.size).toBeGreaterThan(20)
    const scans = [...statements].flatMap((sql) =>
      r.database.read
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .filter(({ detail }) => /^SCAN (?!CONSTANT|memo|\(subquery|series)/.test(detail))
        .map(({ detail }) => `${detail}: ${sql}`),
    )
    expect(scans).toEqual([])
  })
})

describe('results of finished shifts', () => {
  it('are forgotten when something in them changes, and only then', () => {
    const r = begin()
    const early = start - 2 * hour
    r.clock.nowMs = start + 20 * hour
    r.recorder.record([message('a/state', { ts: start + 7 * hour, state: 'running' }, r.clock.nowMs)])
    const fill = (): void => {
      r.database.write.exec('DELETE FROM shift_result')
      storeResult(r, early - 8 * hour, early)
      storeResult(r, early, early + 8 * hour)
    }
    const after = (...batch: Parameters<TestRecording['recorder']['record']>[0]): unknown[] => {
      fill()
      r.recorder.record(batch)
      return results(r)
    }
    expect(after(count(start + 19 * hour, 1))).toHaveLength(2)
    expect(after(count(start, 1))).toEqual([early - 8 * hour])
    expect(after(message('a/state', { ts: start + 8 * hour, state: 'idle' }, r.clock.nowMs))).toHaveLength(2)
    expect(after(message('a/state', { ts: start + 5 * hour, state: 'idle' }, r.clock.nowMs))).toEqual([
      early - 8 * hour,
    ])
    storeResult(r, early - 16 * hour, early - 8 * hour, start + 9 * hour)
    r.recorder.record([count(start + 8 * hour, 1)])
    expect(results(r)).toEqual([early - 8 * hour])
    fill()
    r.recorder.enter(
      'a',
      { kind: 'stopReason', startMs: start, endMs: start + minute, reason: 'jam' },
      'Board',
    )
    expect(results(r)).toEqual([early - 8 * hour])
  })
})
