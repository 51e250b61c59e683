import type { Interval, ProductRun } from '../../../shared/domain/facts.ts'
import { addPieces } from '../../../db/piece-deltas.ts'
import { readCountDeltas } from '../../../db/queries/counts.ts'
import { rawKeptFrom } from '../../../db/queries/memo.ts'
import { findGood, readPieces } from '../../../db/queries/readings.ts'
import { deltaSheet, floorTo, minuteMs } from '../../../db/rollup-delta.ts'
import type { CountDelta } from '../../../db/rollup-delta.ts'
import { touch } from './line-work.ts'
import type { LineWork } from './line-work.ts'
import { addRollups } from './settle-line.ts'

/**
 * A new product run: when pieces were already counted after its start, they become its own. The minutes from its start to
 * the next run are made anew from the raw readings, as far as those are kept.
 */
export function reattribute(work: LineWork, run: ProductRun): void {
  const { facts, db } = work.writers
  const line = work.setup.id
  const before = facts.runNextTo(line, run, 'before')
  touch(work, Math.min(run.atMs, facts.goodBefore(line, run) ?? run.atMs))
  if (work.lastPieceMs < run.atMs) return

  const after = facts.runNextTo(line, run, 'after')
  const window = { startMs: run.atMs, endMs: after?.atMs ?? Number.MAX_SAFE_INTEGER }
  moveCounts(work, {
    startMs: run.atMs,
    endMs: Math.min(window.endMs, work.lastPieceMs + 1),
  })
  if (before) setGood(work, cutAt(work, before, run))
  touch(work, facts.goodBefore(line, run) ?? run.atMs)
  setGood(work, {
    ...run,
    firstGoodMs: findGood(db, line, run.product, window, 'first'),
    lastGoodMs: findGood(db, line, run.product, window, 'last'),
  })
}

function setGood(work: LineWork, run: ProductRun): void {
  work.writers.facts.setGood(run)
  work.effects.push({ type: 'run', run })
}

/** The run before keeps the good pieces up to the new run's start. */
function cutAt(work: LineWork, before: ProductRun, run: ProductRun): ProductRun {
  if (before.lastGoodMs === null || before.lastGoodMs < run.atMs) return before
  const window = { startMs: before.atMs, endMs: run.atMs }
  const firstGoodMs = before.firstGoodMs !== null && before.firstGoodMs < run.atMs ? before.firstGoodMs : null
  const lastGoodMs =
    firstGoodMs === null
      ? null
      : (findGood(work.writers.db, work.setup.id, before.product, window, 'last') ?? firstGoodMs)
  return { ...before, firstGoodMs, lastGoodMs }
}

function moveCounts(work: LineWork, window: Interval): void {
  const { facts, db } = work.writers
  const line = work.setup.id
  const keptFromMs = rawKeptFrom(db)
  let startMs = floorTo(window.startMs, minuteMs)
  if (startMs < keptFromMs) {
    startMs = floorTo(keptFromMs - 1, minuteMs) + minuteMs
    work.tally('reattributionsCut')
  }
  const minutes = { startMs, endMs: floorTo(window.endMs - 1, minuteMs) + minuteMs }
  if (minutes.endMs <= minutes.startMs) return
  const runs = facts.runsCovering(line, minutes.startMs, minutes.endMs)
  const sheet = deltaSheet()
  for (const row of readCountDeltas(db, line, minutes)) sheet.addCount(negative(row))
  for (const pieces of readPieces(db, line, minutes)) addPieces(sheet, pieces, runs, work.setup.attribution)
  addRollups(work, sheet.counts().filter(changesSomething), [])
}

function negative(row: CountDelta): CountDelta {
  return {
    startMs: row.startMs,
    product: row.product,
    good: -row.good,
    scrap: -row.scrap,
    rework: -row.rework,
    idealTotalUs: -row.idealTotalUs,
    idealGoodUs: -row.idealGoodUs,
    noIdeal: -row.noIdeal,
  }
}

function changesSomething(row: CountDelta): boolean {
  const { good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal } = row
  return [good, scrap, rework, idealTotalUs, idealGoodUs, noIdeal].some((change) => change !== 0)
}
