import { type LintFinding, lint } from '../domain/okr/lint.ts'
import { lintRules } from '../domain/okr/lint-rules.ts'
import { lintObjective } from '../domain/okr/lint-objective.ts'
import { type FileKpi, kpisOfLine, lintKpis } from './kpi-file.ts'
import { type FileObjective, objectiveOfFile } from './okr-file.ts'
import type { Plant } from './plant.ts'

/** What could be better about the objectives and KPIs in a plant file, one line each; the file is right all the same. */
export function seedHints({ lines, seed }: Plant): string[] {
  const { objectives = [], kpis = [] } = seed ?? {}
  return fileHints(
    lines.map(({ id }) => id),
    { objectives, kpis },
  )
}

/** The same for any file of objectives and KPIs. */
export function fileHints(
  lineIds: readonly string[],
  file: { objectives: readonly FileObjective[]; kpis: readonly FileKpi[] },
): string[] {
  return lineIds.flatMap((lineId) => {
    const objectives = file.objectives
      .filter((objective) => objective.line === lineId)
      .map((objective) => lintObjective(objectiveOfFile(objective)))
    const kpis = lintKpis(kpisOfLine(file.kpis, lineId))
    return lint({ kpis, objectives }).map((finding) => hintText(lineId, finding))
  })
}

function hintText(lineId: string, { rule, severity, subject, sentence }: LintFinding): string {
  const at = subject === null ? lineId : `${lineId}/${subject}`
  return `${severity} ${rule} ${at}: ${sentence}. ${lintRules[rule].fix}`
}
