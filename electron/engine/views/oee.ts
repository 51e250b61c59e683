import type { OeePart } from '../../../shared/contract/board.ts'
import { kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { oeeLosses } from '../../../shared/domain/losses.ts'
import type { ViewInput } from './moment.ts'

/** OEE of this shift and where the time went. */
export function oeeView({ settings, facts, rules, moment }: ViewInput): OeePart {
  const target = settings.oeeTarget ?? null
  if (moment.shift === null) return { sums: null, ratios: null, target, losses: null }
  const sums = kpiSums(facts, rules, moment.shift, moment.asOfMs)
  return { sums, ratios: kpiRatios(sums), target, losses: oeeLosses(sums) }
}
