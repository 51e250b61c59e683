import type { EpochMs, Interval, ProductRun, Silence } from '../../../shared/domain/facts.ts'
import { addPieces } from '../../../db/piece-deltas.ts'
import { deltaSheet } from '../../../db/rollup-delta.ts'
import type { LineWork } from './line-work.ts'
import { touch } from './line-work.ts'
import { reattribute } from './reattribute.ts'
import { silencesAfter } from './silences.ts'

/** Ends a line's share of the transaction: roll-ups, product runs, activity, silences, arrivals, stale shift results. */
export function settleLine(work: LineWork): void {
  if (work.pieces.length > 0 || work.takenBack.length > 0) settlePieces(work)
  for (const run of work.newRuns) reattribute(work, run)
  settleActivity(work)
  settleSilences(work)
  settleNewest(work)
  if (work.touchedFromMs < Infinity) {
    work.writers.ledger.dropShiftResults(work.setup.id, work.touchedFromMs)
  }
}

function settlePieces(work: LineWork): void {
  const { setup, writers } = work
  let firstMs = Infinity
  let lastMs = -Infinity
  for (const list of [work.pieces, work.takenBack]) {
    for (let index = 0; index < list.length; index++) {
      const { atMs } = list[index]!
      if (atMs < firstMs) firstMs = atMs
      if (atMs > lastMs) lastMs = atMs
    }
  }
  touch(work, firstMs - setup.runningGapMs)
  const runs =
    work.newRuns.length === 0 && firstMs >= work.model.horizonMs
      ? work.model.facts.products
      : writers.facts.runsCovering(setup.id, firstMs, lastMs)
  const sheet = deltaSheet()
  const goods = new Map<ProductRun, Interval>()
  for (let index = 0; index < work.pieces.length; index++) {
    const pieces = work.pieces[index]!
    const { run } = addPieces(sheet, pieces, runs, setup.attribution)
    if (run && pieces.fromLine && pieces.good > 0) widen(goods, run, pieces.atMs)
  }
  for (const pieces of work.takenBack) addPieces(sheet, pieces, runs, setup.attribution, -1)
  addRollups(work, sheet.counts(), sheet.scraps())
  for (const [run, span] of goods) noteGoods(work, run, span)
}

/** Writes minute deltas at all levels and hands the changed minutes to the model. */
export function addRollups(
  work: LineWork,
  counts: Parameters<LineWork['writers']['rollups']['add']>[1]['counts'],
  scraps: Parameters<LineWork['writers']['rollups']['add']>[1]['scraps'],
): void {
  const changed = work.writers.rollups.add(
    work.setup.id,
    { counts, scraps },
    work.setup.shiftOf,
    work.model.horizonMs,
  )
  for (const bucket of changed.counts) work.effects.push({ type: 'count', bucket })
  for (const bucket of changed.scraps) work.effects.push({ type: 'scrap', bucket })
}

function widen(spans: Map<ProductRun, Interval>, run: ProductRun, atMs: EpochMs): void {
  const span = spans.get(run)
  if (!span) spans.set(run, { startMs: atMs, endMs: atMs })
  else {
    if (atMs < span.startMs) span.startMs = atMs
    if (atMs > span.endMs) span.endMs = atMs
  }
}

/** First and last good piece of a run bound the changeovers beside it. */
function noteGoods(work: LineWork, run: ProductRun, span: Interval): void {
  const firstGoodMs = Math.min(run.firstGoodMs ?? Infinity, span.startMs)
  const lastGoodMs = Math.max(run.lastGoodMs ?? -Infinity, span.endMs)
  if (firstGoodMs === run.firstGoodMs && lastGoodMs === run.lastGoodMs) return
  if (firstGoodMs !== run.firstGoodMs) {
    touch(work, work.writers.facts.goodBefore(work.setup.id, run) ?? run.atMs)
  } else touch(work, run.lastGoodMs ?? run.atMs)
  const changed = { ...run, firstGoodMs, lastGoodMs }
  work.writers.facts.setGood(changed)
  work.effects.push({ type: 'run', run: changed })
}

function settleActivity(work: LineWork): void {
  const times = timesOfPieces(work)
  if (times.length === 0) return
  const gapMs = work.setup.runningGapMs
  const { activity } = work.model.facts
  let newest = activity[activity.length - 1] ?? null
  let span: Interval = { startMs: times[0]!, endMs: times[0]! }
  const write = (): void => {
    const interval = work.writers.facts.addActivity(work.setup.id, span, gapMs, newest)
    if (newest === null || interval.startMs >= newest.startMs) newest = interval
    work.effects.push({ type: 'activity', interval })
  }
  for (const atMs of times) {
    if (atMs - span.endMs > gapMs) {
      write()
      span = { startMs: atMs, endMs: atMs }
    } else span.endMs = atMs
  }
  write()
}

/** When the line made pieces, sorted; mostly they come in order. */
function timesOfPieces({ pieces }: LineWork): EpochMs[] {
  const times: EpochMs[] = []
  let sorted = true
  for (let index = 0; index < pieces.length; index++) {
    const { atMs, fromLine, good, scrap } = pieces[index]!
    if (!fromLine || good + scrap <= 0) continue
    if (times.length > 0 && atMs < times[times.length - 1]!) sorted = false
    times.push(atMs)
  }
  return sorted ? times : times.sort((a, b) => a - b)
}

/** False: a sign of life at the instant changes no silence, so it need not be kept for `settleSilences`. */
export function mayTouchSilence({ model, setup }: LineWork, atMs: EpochMs): boolean {
  const fromMs = atMs - setup.staleMs
  if (fromMs < model.horizonMs) return true
  for (const { endMs } of model.facts.silences) if (endMs === null || endMs > fromMs) return true
  return false
}

function settleSilences(work: LineWork): void {
  if (work.signs.length === 0) return
  const { id, staleMs } = work.setup
  const fromMs = work.signs.reduce((least, sign) => Math.min(least, sign.atMs), Infinity) - staleMs
  const before = work.writers.facts.silencesAfter(id, fromMs)
  replaceSilences(work, before, silencesAfter(before, work.signs, staleMs))
}

function replaceSilences(work: LineWork, before: readonly Silence[], after: readonly Silence[]): void {
  const gone = before.filter((silence) => !after.includes(silence))
  const made = after.filter((silence) => !before.includes(silence))
  for (const { startMs } of gone) {
    touch(work, startMs)
    work.writers.facts.replaceSilence(work.setup.id, startMs, [])
    work.effects.push({ type: 'silence', removeStartMs: startMs, add: [] })
  }
  work.writers.facts.replaceSilence(work.setup.id, null, made)
  if (made.length > 0) work.effects.push({ type: 'silence', removeStartMs: null, add: made })
}

function settleNewest(work: LineWork): void {
  const { ledger } = work.writers
  for (const [key, total] of work.totals) {
    ledger.setTotal(work.setup.id, key, total)
    work.effects.push({ type: 'total', key, total })
  }
  for (const [name, seen] of Object.entries(work.seen)) {
    const kind = name as keyof typeof work.seen
    ledger.setSeen(work.setup.id, kind, seen)
    work.effects.push({ type: 'seen', kind, seen })
  }
}
