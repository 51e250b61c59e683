import type { Objective } from '../../shared/domain/key-results.ts'
import type { PlantSeed } from '../../shared/settings/seed.ts'
import { addObjectives, hasObjectives, readCheckIns, readObjectives } from '../../db/queries/team.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import type { CheckInNote, TeamInput } from './views/key-results.ts'

/** Check-ins of one key result that a board looks at, newest first: two years of weeks. */
export const maxCheckIns = 104

/** What the team has decided and said, in memory until it changes. */
export type Team = {
  /** The same object until `changed` is called for the line. */
  of: (lineId: string) => TeamInput
  changed: (lineId: string) => void
}

export function createTeam(read: ReadDb): Team {
  const lines = new Map<string, TeamInput>()
  return {
    of(lineId) {
      let team = lines.get(lineId)
      if (team === undefined) lines.set(lineId, (team = load(read, lineId)))
      return team
    },
    changed: (lineId) => void lines.delete(lineId),
  }
}

function load(read: ReadDb, lineId: string): TeamInput {
  const objectives = readObjectives(read, lineId)
  const notes = new Map<string, readonly CheckInNote[]>()
  for (const { keyResults } of objectives) {
    for (const { id } of keyResults) notes.set(id, readCheckIns(read, id, 0, maxCheckIns))
  }
  return { objectives, checkIns: (keyResultId) => notes.get(keyResultId) ?? [] }
}

/** Takes over plant.yaml's objectives when the store has none. True when it did. */
export function seedTeam(
  database: { read: ReadDb; write: WriteDb },
  seed: PlantSeed | undefined,
  nowMs: number,
): boolean {
  if (seed === undefined || seed.objectives.length === 0 || hasObjectives(database.read)) return false
  const objectives = seed.objectives.map((objective): Objective => {
    const { id, line, title, cycle } = objective
    return {
      id,
      lineId: line,
      title,
      cycle: { name: cycle.name, startDate: cycle.start, endDate: cycle.end },
      keyResults: objective.keyResults.map((k) => ({
        id: k.id,
        name: k.name,
        unit: k.unit,
        baseline: k.baseline,
        target: k.target,
        decimals: k.decimals,
        source: k.kpi === undefined ? { kind: 'manual' } : { kind: 'kpi', kpi: k.kpi, shifts: k.shifts },
        owner: k.owner ?? null,
      })),
    }
  })
  addObjectives(database.write, objectives, nowMs, 'plant.yaml')
  return true
}
