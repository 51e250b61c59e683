import type { WriteDb } from '../../../db/handles.ts'
import { isTaken, readObjective } from '../../../db/queries/objectives.ts'
import {
  addKeyResult,
  addObjective,
  addTarget,
  setDue,
  setKeyResult,
  setObjective,
} from '../../../db/writers/okr-writer.ts'
import type { Objective } from '../../../shared/domain/key-results.ts'
import type { Caller } from '../caller.ts'
import { changeObjective } from './change-objective.ts'

export type TakenOver = { created: number; changed: number; same: number }

/**
 * Objectives of a file become the board's, all or none: new ids are made, known ones take over what the file says (a target
 * with `reason`). What the file does not name stays. Throws CallFailure where an objective has ended.
 */
export function takeOver(
  write: WriteDb,
  objectives: readonly Objective[],
  by: { caller: Caller; atMs: number; action: string; reason: string },
): TakenOver {
  const { caller, atMs, action, reason } = by
  const count: TakenOver = { created: 0, changed: 0, same: 0 }
  const run = write.transaction(() => {
    for (const objective of objectives) {
      const known = readObjective(write, objective.id)
      if (known !== null && isSame(objective, known)) {
        count.same++
        continue
      }
      const given = { objectiveId: objective.id, action, caller, atMs, more: known ? { reason } : undefined }
      changeObjective(
        write,
        given,
        known?.version ?? null,
        (before) => {
          setObjective(write, objective.id, objective)
          for (const keyResult of objective.keyResults) {
            const earlier = before.keyResults.find(({ id }) => id === keyResult.id)
            if (earlier === undefined) {
              addKeyResult(write, objective.id, keyResult, { atMs, by: caller.by, origin: reason })
              continue
            }
            setKeyResult(write, keyResult.id, keyResult)
            setDue(write, keyResult.id, keyResult.due)
            const { baseline, target } = keyResult
            if (baseline !== earlier.baseline || target !== earlier.target) {
              addTarget(write, keyResult.id, { fromMs: atMs, baseline, target, by: caller.by, reason })
            }
          }
        },
        () => addObjective(write, { ...objective, keyResults: [] }, atMs),
      )
      if (known === null) count.created++
      else count.changed++
    }
  })
  run.immediate()
  return count
}

/** Ids of a file that the store has under another objective: they can't be taken over. */
export function misplaced(write: WriteDb, objectives: readonly Objective[]): string[] {
  return objectives.flatMap((objective) => {
    const own = new Set(readObjective(write, objective.id)?.keyResults.map(({ id }) => id))
    return objective.keyResults.map(({ id }) => id).filter((id) => !own.has(id) && isTaken(write, id))
  })
}

function isSame(objective: Objective, known: Objective): boolean {
  const { keyResults: _a, ...head } = objective
  const headOf = (of: Objective) => JSON.stringify(Object.keys(head).map((key) => of[key as keyof Objective]))
  if (headOf(objective) !== headOf(known)) return false
  return objective.keyResults.every((one) => {
    const other = known.keyResults.find(({ id }) => id === one.id)
    const keys = Object.keys(one) as (keyof typeof one)[]
    return other !== undefined && keys.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]))
  })
}
