import { kpiProblems } from './kpi-file.ts'
import { lineProblems } from './line-references.ts'
import type { PlantProblem } from './read-yaml.ts'
import { topicProblems } from './topic-references.ts'
import { dates, group, type Group, list, type Path, pointsTo, texts, twice } from './reference-checks.ts'
import { usualMinuteDays } from './retention.ts'

/**
 * Mistakes between entries: ids given twice, names that point nowhere, shifts that overlap. Works on the raw file, so
 * that it finds them even while other parts of the file do not fit the schema yet.
 */
export function referenceProblems(raw: unknown): PlantProblem[] {
  const plant = group(raw)
  const lines = list(plant.lines)
  const lineIds = texts(lines, 'id')
  return [
    ...brokerProblems(group(plant.broker)),
    ...twice(lines, ['lines'], 'id'),
    ...pointsTo(group(plant.display).line, lineIds, ['display', 'line'], 'lines'),
    ...lines.flatMap((line, index) => lineProblems(line, ['lines', index])),
    ...topicProblems(list(plant.topics), lineIds),
    ...retentionProblems(group(plant.retention)),
    ...objectiveProblems(list(group(plant.seed).objectives), ['seed', 'objectives'], lineIds),
    ...kpiProblems(list(group(plant.seed).kpis), ['seed', 'kpis'], lineIds),
  ]
}

function brokerProblems(broker: Group): PlantProblem[] {
  const problems: PlantProblem[] = []
  if (typeof broker.url === 'string' && /^[a-z]+:\/\/[^/]*@/.test(broker.url)) {
    problems.push({
      path: ['broker', 'url'],
      at: 'value',
      message: 'expected an address without user and password; use username with passwordEnv or passwordFile',
    })
  }
  if (broker.passwordEnv !== undefined && broker.passwordFile !== undefined) {
    problems.push({
      path: ['broker', 'passwordFile'],
      at: 'key',
      message: 'passwordEnv is given too: expected only one of the two',
    })
  }
  return problems
}

function retentionProblems({ rawDays, minuteDays = usualMinuteDays }: Group): PlantProblem[] {
  if (typeof rawDays !== 'number' || typeof minuteDays !== 'number' || minuteDays >= rawDays) return []
  const message = `minuteDays is ${minuteDays}: expected at most as many days`
  return [{ path: ['retention', 'rawDays'], at: 'value', message }]
}

/** Of objectives in a file; `base`: where they stand in it. */
export function objectiveProblems(
  objectives: readonly Group[],
  base: Path,
  lineIds: readonly string[],
): PlantProblem[] {
  const keyResultIds = new Set<string>()
  return [
    ...twice(objectives, base, 'id'),
    ...objectives.flatMap((objective, index) => {
      const path = [...base, index]
      const cycle = group(objective.cycle)
      const problems = [
        ...pointsTo(objective.line, lineIds, [...path, 'line'], 'lines'),
        ...dates([cycle.start, cycle.end], [...path, 'cycle'], ['start', 'end']),
      ]
      if (typeof cycle.start === 'string' && typeof cycle.end === 'string' && cycle.end <= cycle.start) {
        problems.push({
          path: [...path, 'cycle', 'end'],
          at: 'value',
          message: 'expected a date after the start',
        })
      }
      list(objective.keyResults).forEach((keyResult, at) => {
        if (typeof keyResult.id !== 'string') return
        if (keyResultIds.has(keyResult.id)) {
          const message = `the id "${keyResult.id}" is used twice: expected an id of its own for every key result`
          problems.push({ path: [...path, 'keyResults', at, 'id'], at: 'value', message })
        }
        keyResultIds.add(keyResult.id)
      })
      return problems
    }),
  ]
}
