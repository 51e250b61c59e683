import type { LiveKpi } from '../../shared/domain/key-results.ts'
import { formulaOf } from '../explain/formula-words.ts'
import type { Translate } from '../i18n/words.ts'

const known = {
  throughput: 'made',
  scrap_ratio: 'scrapCount',
  changeover_min: 'state.changeover',
  first_pass_yield: 'firstPassYield',
  availability: 'availability',
  performance: 'performance',
} as const satisfies Partial<Record<LiveKpi, string>>

/** A KPI of the line as the board calls it; by its formula in words where the board has no screen for it. */
export function kpiName(kpi: LiveKpi, t: Translate): string {
  if (kpi === 'oee') return 'OEE'
  return kpi in known ? t(known[kpi as keyof typeof known]) : formulaOf(kpi, t)
}
