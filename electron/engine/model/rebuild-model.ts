import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { LineModel } from '../../../shared/domain/line-model.ts'
import { factsSince } from '../../../db/facts-window.ts'
import type { ReadDb } from '../../../db/handles.ts'
import { readLineFacts } from '../../../db/queries/line-facts.ts'
import { readCalls, readLastSeen, readTotals, readValues } from '../../../db/queries/line-state.ts'
import { byCountKey, byScrapKey } from './apply-effects.ts'
import { callsSince } from './calls.ts'

/** How far back a line's model reaches. Milliseconds. */
export const modelSpanMs = 48 * 3_600_000
const hourMs = 3_600_000

/** Start of the model's memory at an instant: whole UTC hours, so that it moves once an hour. */
export function horizonAt(nowMs: EpochMs): EpochMs {
  return Math.floor((nowMs - modelSpanMs) / hourMs) * hourMs
}

/** The line's model from what is committed: deep-equal to the live one with the same horizon. */
export function rebuildModel(db: ReadDb, lineId: string, horizonMs: EpochMs): LineModel {
  const facts = factsSince(readLineFacts(db, lineId, { startMs: horizonMs, endMs: Infinity }), horizonMs)
  return {
    lineId,
    horizonMs,
    facts: {
      ...facts,
      counts: facts.counts.slice().sort(byCountKey),
      scraps: facts.scraps.slice().sort(byScrapKey),
    },
    calls: callsSince(readCalls(db, lineId, horizonMs), horizonMs),
    lastSeen: readLastSeen(db, lineId),
    totals: readTotals(db, lineId),
    values: readValues(db, lineId),
  }
}
