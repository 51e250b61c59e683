import { type LintFinding, lint } from '../domain/okr/lint.ts'
import { lintRules } from '../domain/okr/lint-rules.ts'
import { lintObjective } from '../domain/okr/lint-objective.ts'
import { objectiveOfFile } from './okr-file.ts'
import type { Plant } from './plant.ts'

/** What could be better about the objectives in a plant file, one line each; the file is right all the same. */
export function seedHints(plant: Plant): string[] {
  return plant.lines.flatMap((line) => {
    const objectives = (plant.seed?.objectives ?? [])
      .filter((objective) => objective.line === line.id)
      .map((objective) => lintObjective(objectiveOfFile(objective)))
    return lint({ kpis: null, objectives }).map((finding) => hintText(line.id, finding))
  })
}

function hintText(lineId: string, { rule, severity, subject, sentence }: LintFinding): string {
  const at = subject === null ? lineId : `${lineId}/${subject}`
  return `${severity} ${rule} ${at}: ${sentence}. ${lintRules[rule].fix}`
}
