import type { OeePart } from '../../../shared/contract/board-line.ts'
import { kpiRatios } from '../../../shared/domain/kpi.ts'
import { oeeLosses } from '../../../shared/domain/losses.ts'
import type { ShiftResult } from '../shift-result.ts'
import { maturityOf } from './maturity.ts'
import type { ViewInput } from './moment.ts'

/** OEE of this shift and where the time went. `history`: finished shifts, oldest first. */
export function oeeView(
  { settings, moment, shiftSums: sums }: ViewInput,
  history: readonly ShiftResult[],
): OeePart {
  const base = {
    target: settings.oeeTarget ?? null,
    maturity: maturityOf(history, ({ oee }) => oee, moment),
  }
  if (sums === null) return { ...base, sums: null, ratios: null, losses: null }
  return { ...base, sums, ratios: kpiRatios(sums), losses: oeeLosses(sums) }
}
