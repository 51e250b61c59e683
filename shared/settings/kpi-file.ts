import { z } from 'zod'
import { type KpiDefinition, kpiDefinitionSchema } from '../domain/kpis/kpi-definition.ts'
import type { LintKpi } from '../domain/okr/lint-input.ts'
import { lintKpi } from '../domain/okr/lint-kpi.ts'
import { id } from './fields.ts'
import type { PlantProblem } from './read-yaml.ts'
import { type Group, type Path, pointsTo } from './reference-checks.ts'

/** KPIs as files and plant.yaml's seed write them, each with its line; docs/okr-file.md explains every key. */
export const kpisSchema = z.array(kpiDefinitionSchema.safeExtend({ line: id })).max(200)

export type FileKpi = z.infer<typeof kpisSchema>[number]

/** What a file says about the KPIs of a line, as the board keeps it. */
export function kpisOfLine(kpis: readonly FileKpi[], lineId: string): KpiDefinition[] {
  return kpis.filter(({ line }) => line === lineId).map(({ line: _line, ...kpi }) => kpi)
}

/** The other way round, without what nobody has agreed on. */
export function fileOfKpi(lineId: string, { id: own, ...kpi }: KpiDefinition): Partial<FileKpi> {
  const told = Object.entries({ id: own, line: lineId, ...kpi }).filter(([, value]) => value !== null)
  return Object.fromEntries(told)
}

/** Of KPIs in a file; `base`: where they stand in it. */
export function kpiProblems(kpis: readonly Group[], base: Path, lineIds: readonly string[]): PlantProblem[] {
  const seen = new Set<string>()
  return kpis.flatMap((kpi, index): PlantProblem[] => {
    const path = [...base, index]
    const problems = pointsTo(kpi.line, lineIds, [...path, 'line'], 'lines')
    const key = `${String(kpi.line)} ${String(kpi.id)}`
    if (typeof kpi.id === 'string' && seen.has(key)) {
      const message = `the id "${kpi.id}" is used twice on this line: expected one of its own`
      problems.push({ path: [...path, 'id'], at: 'value', message })
    }
    seen.add(key)
    if (typeof kpi.drives === 'string' && kpi.drives === kpi.id) {
      const message = 'it can only drive another KPI of the same line'
      problems.push({ path: [...path, 'drives'], at: 'value', message })
    }
    return problems
  })
}

/** KPIs that shall drive one which their line has neither in the file nor among `known`. One sentence each. */
export function unknownDrives(kpis: readonly KpiDefinition[], known: readonly string[]): string[] {
  const ids = new Set([...known, ...kpis.map((kpi) => kpi.id)])
  return kpis
    .filter(({ drives }) => drives !== null && !ids.has(drives))
    .map(({ id: own, drives }) => `${own} drives "${drives}", which is no KPI of this line`)
}

/** KPIs as the rules look at them while nothing has been measured; null: none. Metrics and data are nobody's promise. */
export function lintKpis(kpis: readonly KpiDefinition[]): LintKpi[] | null {
  const judged = kpis.filter(({ use }) => use === 'kpi')
  return judged.length === 0 ? null : judged.map((kpi) => lintKpi(kpi))
}
