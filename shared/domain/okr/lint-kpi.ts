import { movedBy } from '../key-results.ts'
import type { KpiDefinition } from '../kpis/kpi-definition.ts'
import type { LintKpi, LintTheme } from './lint-input.ts'

/** A KPI as the rules look at it. `known`: what was measured; absent: nothing yet. */
export function lintKpi(
  kpi: KpiDefinition,
  known: Pick<LintKpi, 'redDays' | 'targetAgeDays'> = { redDays: null, targetAgeDays: null },
): LintKpi {
  return {
    id: kpi.id,
    madeOf: movedBy(kpi.source),
    name: kpi.name,
    theme: kpi.theme.toLowerCase() as LintTheme,
    timing: kpi.kind,
    owner: kpi.owner,
    objective: kpi.objective,
    hasProtocol: kpi.protocol !== null,
    ...known,
  }
}
