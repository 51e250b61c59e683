import type { ReadDb } from '../../../db/handles.ts'
import { readObjectives } from '../../../db/queries/objectives.ts'
import type { Cycle } from '../../../shared/domain/key-results.ts'
import { maxObjectives } from '../../../shared/domain/okr/lint.ts'
import { CallFailure } from '../call-failure.ts'

/** Throws CallFailure when the line has as many objectives in this time as a team can work on. `except`: the one that is changed. */
export function refuseSixth(read: ReadDb, lineId: string, cycle: Cycle, except?: string): void {
  const others = readObjectives(read, lineId).filter(
    (one) =>
      one.ended === null &&
      one.id !== except &&
      one.cycle.startDate <= cycle.endDate &&
      cycle.startDate <= one.cycle.endDate,
  )
  if (others.length < maxObjectives) return
  const most = `There are ${maxObjectives} objectives in this cycle already`
  throw new CallFailure('not-allowed', `${most}: close one of them, or add a key result to one.`)
}
