import { type LintFinding, lint } from '../domain/okr/lint.ts'
import { lintRules } from '../domain/okr/lint-rules.ts'
import type { LintObjective } from '../domain/okr/lint-input.ts'
import type { Plant } from './plant.ts'

/** What could be better about the objectives in a plant file, one line each; the file is right all the same. */
export function seedHints(plant: Plant): string[] {
  return plant.lines.flatMap((line) => {
    const objectives = (plant.seed?.objectives ?? [])
      .filter((objective) => objective.line === line.id)
      .map(({ id, title, cycle, keyResults }): LintObjective => ({
        id,
        title,
        parent: null,
        keyResults: keyResults.map((k) => ({
          id: k.id,
          name: k.name,
          sentence: null,
          baseline: k.baseline,
          target: k.target,
          due: cycle.end,
          owner: k.owner ?? null,
          kpi: k.kpi ?? null,
          parent: null,
          progress: null,
          checkInAgeDays: null,
          naturalLimits: null,
        })),
      }))
    return lint({ kpis: null, objectives }).map((finding) => hintText(line.id, finding))
  })
}

function hintText(lineId: string, { rule, severity, subject, sentence }: LintFinding): string {
  const at = subject === null ? lineId : `${lineId}/${subject}`
  return `${severity} ${rule} ${at}: ${sentence}. ${lintRules[rule].fix}`
}
