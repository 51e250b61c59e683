import { objectiveOfFile } from '../../shared/settings/okr-file.ts'
import type { PlantSeed } from '../../shared/settings/seed.ts'
import { readBaselines } from '../../db/queries/baselines.ts'
import { hasObjectives, readObjectives } from '../../db/queries/objectives.ts'
import { readCheckIns } from '../../db/queries/team.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { takeOver } from './okr/take-over.ts'
import type { CheckInNote } from './views/key-result-values.ts'
import type { TeamInput } from './views/key-results.ts'

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
    // What stands above the lines shows on every one of them.
    changed: (lineId) => (lineId === '' ? lines.clear() : void lines.delete(lineId)),
  }
}

function load(read: ReadDb, lineId: string): TeamInput {
  const objectives = readObjectives(read, lineId)
  const notes = new Map<string, readonly CheckInNote[]>()
  for (const { keyResults } of objectives) {
    for (const { id } of keyResults) notes.set(id, readCheckIns(read, id, 0, maxCheckIns))
  }
  return {
    objectives,
    above: readObjectives(read, ''),
    baselines: readBaselines(read, lineId),
    checkIns: (keyResultId) => notes.get(keyResultId) ?? [],
  }
}

/** Takes over plant.yaml's objectives when the store has none. True when it did. */
export function seedTeam(
  database: { read: ReadDb; write: WriteDb },
  seed: PlantSeed | undefined,
  nowMs: number,
): boolean {
  if (seed === undefined || seed.objectives.length === 0 || hasObjectives(database.read)) return false
  const caller = { device: 'engine', by: 'plant.yaml', personId: null, role: null }
  const how = { caller, atMs: nowMs, action: 'seed', reason: 'plant.yaml' }
  takeOver(database.write, seed.objectives.map(objectiveOfFile), how)
  return true
}
