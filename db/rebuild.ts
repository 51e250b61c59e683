import type { EpochMs, Interval, ProductRun } from '../shared/domain/facts.ts'
import type { AttributionRules } from './attribution.ts'
import { productRun } from './fact-rows.ts'
import type { RunRow } from './fact-rows.ts'
import type { ReadDb } from './handles.ts'
import { addPieces } from './piece-deltas.ts'
import { readCountDeltas, readScraps } from './queries/counts.ts'
import { rawKeptFrom } from './queries/memo.ts'
import { readPieces } from './queries/readings.ts'
import { coarser, dayMs, deltaSheet, floorTo, hourMs, rollupLevels } from './rollup-delta.ts'
import type { CountDelta, DeltaSheet, ScrapDelta, ShiftLookup } from './rollup-delta.ts'

export type RebuildRules = { attribution: AttributionRules; shiftOf: ShiftLookup; runningGapMs: number }

/** `rows`: how many rows were compared; `differences`: one line each, at most `differenceLimit`. */
export type RebuildReport = { fromMs: EpochMs; rows: number; differences: string[] }

const differenceLimit = 50

/**
 * Makes all roll-ups of a line anew from raw readings, entries and product runs, as far back as raw readings are complete,
 * and compares them with what is stored: counts and scrap by minute, hour and shift, first and last good pieces, activity.
 */
export function compareWithRebuild(db: ReadDb, lineId: string, rules: RebuildRules): RebuildReport {
  const keptFromMs = rawKeptFrom(db)
  const fromMs = keptFromMs < 0 ? 0 : floorTo(keptFromMs + hourMs - 1, hourMs)
  const window = { startMs: fromMs, endMs: Number.MAX_SAFE_INTEGER }
  const runs = readAllRuns(db, lineId)
  const minutes = deltaSheet()
  const goods = new Map<number, Interval>()
  const activity: Interval[] = []
  for (const day of daysOf(db, lineId, fromMs)) {
    for (const item of readPieces(db, lineId, day)) {
      const { run } = addPieces(minutes, item, runs, rules.attribution)
      if (run && item.fromLine && item.good > 0) widen(goods, run.seq, item.atMs)
      if (item.fromLine && item.good + item.scrap > 0) extend(activity, item.atMs, rules.runningGapMs)
    }
  }

  const report: RebuildReport = { fromMs, rows: 0, differences: [] }
  const sheet = { counts: minutes.counts(), scraps: minutes.scraps() }
  for (const level of rollupLevels) {
    const wanted: DeltaSheet = level === 'minute' ? minutes : coarser(sheet, level, rules.shiftOf)
    const stored = readCountDeltas(db, lineId, window, level)
    compare(
      report,
      `counts by ${level}`,
      wanted.counts().filter(hasPieces).map(countLine),
      stored.map(countLine),
    )
    const scraps = readScraps(db, level, lineId, window)
    compare(
      report,
      `scrap by ${level}`,
      wanted
        .scraps()
        .filter(({ qty }) => qty !== 0)
        .map(scrapLine),
      scraps.map(scrapLine),
    )
  }
  const ownRuns = runs.filter((run) => run.atMs >= fromMs)
  compare(
    report,
    'first and last good',
    ownRuns.map((run) => goodLine(run, goods.get(run.seq)?.startMs, goods.get(run.seq)?.endMs)),
    ownRuns.map((run) => goodLine(run, run.firstGoodMs, run.lastGoodMs)),
  )
  const sureFromMs = fromMs === 0 ? 0 : fromMs + rules.runningGapMs
  const spans = (list: readonly Interval[]): string[] =>
    list.filter(({ startMs }) => startMs >= sureFromMs).map(({ startMs, endMs }) => `${startMs}-${endMs}`)
  compare(report, 'activity', spans(activity), spans(readActivity(db, lineId)))
  return report
}

const hasPieces = (row: CountDelta): boolean => row.good !== 0 || row.scrap !== 0 || row.rework !== 0
const countLine = (row: CountDelta): string =>
  [
    row.startMs,
    row.product,
    row.good,
    row.scrap,
    row.rework,
    row.idealTotalUs,
    row.idealGoodUs,
    row.noIdeal,
  ].join(' ')
const scrapLine = (row: ScrapDelta): string => [row.startMs, row.reason, row.detected, row.qty].join(' ')
const goodLine = (run: ProductRun, first?: number | null, last?: number | null): string =>
  [run.seq, run.product, first ?? null, last ?? null].join(' ')

function compare(report: RebuildReport, what: string, wanted: string[], stored: string[]): void {
  report.rows += wanted.length
  const have = new Set(stored)
  const want = new Set(wanted)
  const note = (text: string): void => {
    if (report.differences.length < differenceLimit) report.differences.push(`${what}: ${text}`)
  }
  for (const line of want) if (!have.has(line)) note(`missing ${line}`)
  for (const line of have) if (!want.has(line)) note(`too much ${line}`)
}

function widen(spans: Map<number, Interval>, key: number, atMs: EpochMs): void {
  const span = spans.get(key)
  if (!span) spans.set(key, { startMs: atMs, endMs: atMs })
  else {
    span.startMs = Math.min(span.startMs, atMs)
    span.endMs = Math.max(span.endMs, atMs)
  }
}

function extend(spans: Interval[], atMs: EpochMs, gapMs: number): void {
  const last = spans[spans.length - 1]
  if (last && atMs - last.endMs <= gapMs) last.endMs = atMs
  else spans.push({ startMs: atMs, endMs: atMs })
}

/** Days with readings or entries since `fromMs`, so that no more than one day of messages is in memory. */
function* daysOf(db: ReadDb, lineId: string, fromMs: EpochMs): Generator<Interval> {
  const bounds = db.prepare<[number, string, number], { first: EpochMs | null; last: EpochMs | null }>(
    `SELECT min(first) AS first, max(last) AS last FROM (
       SELECT min(ts) AS first, max(ts) AS last FROM reading WHERE ts >= ?
       UNION ALL SELECT min(at), max(at) FROM entry WHERE line = ? AND at >= ?)`,
  )
  const { first, last } = bounds.get(fromMs, lineId, fromMs) ?? { first: null, last: null }
  if (first === null || last === null) return
  for (let startMs = floorTo(first, dayMs); startMs <= last; startMs += dayMs) {
    yield { startMs: Math.max(startMs, fromMs), endMs: startMs + dayMs }
  }
}

function readAllRuns(db: ReadDb, lineId: string): ProductRun[] {
  return db
    .prepare<[string], RunRow>(
      `SELECT seq, at, product, order_id, target, ideal_cycle_us, first_good, last_good FROM product_run
       WHERE line = ? ORDER BY at, seq`,
    )
    .all(lineId)
    .map(productRun)
}

function readActivity(db: ReadDb, lineId: string): Interval[] {
  return db
    .prepare<[string], Interval>(
      'SELECT start_ms AS startMs, end_ms AS endMs FROM activity WHERE line = ? ORDER BY start_ms',
    )
    .all(lineId)
}
