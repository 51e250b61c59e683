import type { StrategyObjective, StrategyPart } from '../../../shared/contract/board-team.ts'
import { type KeyResultView, objectiveLevels, type PaceWord } from '../../../shared/domain/key-results.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { meanOf, runningObjectives } from './key-results.ts'

/** Objectives that one map shows. */
const maxObjectives = 4
const maxOrphans = 8
const worstFirst: readonly PaceWord[] = ['Off pace', 'Behind', 'On pace']

/** What one line gives: its running objectives and how its key results stand. */
export type LineObjectives = {
  lineId: string
  objectives: readonly StoredObjective[]
  keyResults: readonly KeyResultView[]
}

/**
 * Who serves what, from the goal down to the lines: the goal is the highest running objective, below it stand those that serve
 * it (where there are none, the others above the lines), and under each the lines whose objectives or key results serve it.
 * Null: there is nothing above the lines.
 */
export function strategyView(
  above: readonly StoredObjective[],
  lines: readonly LineObjectives[],
  { ownLineId, today }: { ownLineId: string; today: string },
): StrategyPart | null {
  const running = [...runningObjectives(above, today)].sort((a, b) => rank(a) - rank(b))
  const goal = running[0]
  if (goal === undefined) return null
  const ofLines = lines.map((line) => ({ ...line, objectives: runningObjectives(line.objectives, today) }))
  const others = running.slice(1)
  const serving = others.filter((one) => serves(one, goal))
  const middle = serving.length > 0 ? serving : others.length > 0 ? others : [goal]
  const known = new Set(running.flatMap((one) => [one.id, ...one.keyResults.map(({ id }) => id)]))
  return {
    goal: goal.title,
    objectives: middle.slice(0, maxObjectives).map((one) => objectiveOf(one, ofLines, ownLineId)),
    orphans: ofLines
      .flatMap(({ lineId, objectives }) =>
        objectives
          .filter(
            (one) => ![one, ...one.keyResults].some(({ parent }) => parent !== null && known.has(parent)),
          )
          .map(({ id, title }) => ({ id, title, lineId })),
      )
      .slice(0, maxOrphans),
  }
}

function rank({ level }: StoredObjective): number {
  return objectiveLevels.indexOf(level)
}

function isIn(target: StoredObjective, parent: string | null): boolean {
  return parent !== null && (parent === target.id || target.keyResults.some(({ id }) => id === parent))
}

function serves(one: StoredObjective, target: StoredObjective): boolean {
  return isIn(target, one.parent) || one.keyResults.some(({ parent }) => isIn(target, parent))
}

function objectiveOf(
  target: StoredObjective,
  lines: readonly LineObjectives[],
  ownLineId: string,
): StrategyObjective {
  const given = lines.map(({ lineId, objectives, keyResults }) => {
    const ids = objectives.flatMap((one) =>
      one.keyResults
        .filter(({ parent }) => isIn(target, one.parent) || isIn(target, parent))
        .map(({ id }) => id),
    )
    return { lineId, items: keyResults.filter(({ id }) => ids.includes(id)) }
  })
  const items = given.flatMap((one) => one.items)
  const words = items.flatMap(({ progress }) => progress?.status ?? [])
  const own = given.find(({ lineId }) => lineId === ownLineId)?.items ?? []
  return {
    id: target.id,
    title: target.title,
    keyResults: items.length,
    onPace: onPace(items),
    status: worstFirst.find((word) => words.includes(word)) ?? null,
    mean: meanOf(items),
    lineIds: given.filter((one) => one.items.length > 0).map(({ lineId }) => lineId),
    own: { keyResults: own.length, onPace: onPace(own) },
  }
}

function onPace(items: readonly KeyResultView[]): number {
  return items.filter(({ progress }) => progress?.status === 'On pace').length
}
