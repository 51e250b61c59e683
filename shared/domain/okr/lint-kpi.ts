import type { KpiDefinition } from '../kpis/kpi-definition.ts'
import type { LintKpi, LintTheme } from './lint-input.ts'

/** A KPI as the rules look at it. `known`: what was measured; absent: nothing yet. */
export function lintKpi(
  kpi: KpiDefinition,
  known: Pick<LintKpi, 'redDays' | 'targetAgeDays'> = { redDays: null, targetAgeDays: null },
): LintKpi {
  return {
    id: lintIdOf(kpi),
    name: kpi.name,
    theme: kpi.theme.toLowerCase() as LintTheme,
    timing: kpi.kind,
    owner: kpi.owner,
    objective: kpi.objective,
    hasProtocol: kpi.protocol !== null,
    ...known,
  }
}

/** A key result follows a formula of the line, so a KPI made of one goes by that name. */
function lintIdOf({ id, source }: KpiDefinition): string {
  return source.from === 'line' ? source.formula : id
}
