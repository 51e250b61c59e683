import type { OeePart } from '../../../shared/contract/board.ts'
import { kpiRatios } from '../../../shared/domain/kpi.ts'
import { oeeLosses } from '../../../shared/domain/losses.ts'
import type { ViewInput } from './moment.ts'

/** OEE of this shift and where the time went. */
export function oeeView({ settings, shiftSums: sums }: ViewInput): OeePart {
  const target = settings.oeeTarget ?? null
  if (sums === null) return { sums: null, ratios: null, target, losses: null }
  return { sums, ratios: kpiRatios(sums), target, losses: oeeLosses(sums) }
}
