import { randomUUID } from 'node:crypto'
import type { WriteDb } from '../../../db/handles.ts'
import { addAudit } from '../../../db/queries/audit.ts'
import { addCheckIn } from '../../../db/writers/okr-writer.ts'
import type { CallInput } from '../../../shared/contract/protocol.ts'
import type { KeyResult } from '../../../shared/domain/key-results.ts'
import {
  milestoneValue,
  type StoredKeyResult,
  type StoredObjective,
} from '../../../shared/domain/okr/stored.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'

/** Stores a check-in and its audit entry in one transaction. It is no change of the objective: two at a time are both kept. */
export function storeCheckIn(
  write: WriteDb,
  objective: StoredObjective,
  input: Omit<CallInput<'checkIn'>, 'pin'>,
  caller: Caller,
  atMs: number,
): { by: string; atMs: number } {
  const { keyResultId, confidence, sentence, obstacles } = input
  const { personId, by, device } = caller
  const { source } = runningOf(objective, keyResultId)
  const value = checkInValue(source, input)
  const forMs = input.forMs ?? atMs
  if (forMs > atMs) throw new CallFailure('bad-input', 'A check-in cannot be of the future.')
  if (personId === null) throw new CallFailure('not-allowed', 'A check-in needs a PIN.')
  const milestones = source.kind === 'milestones' ? (input.milestones ?? null) : null
  const note = { id: randomUUID(), keyResultId, atMs, forMs, value, confidence, sentence, obstacles }
  const checkIn = { ...note, milestones, personId }
  const run = write.transaction(() => {
    addCheckIn(write, checkIn)
    const detail = JSON.stringify({ before: null, after: checkIn })
    addAudit(write, { atMs, by, device, action: 'checkIn', subject: keyResultId, detail })
  })
  run.immediate()
  return { by, atMs }
}

/** Throws CallFailure for one that is not there, or has ended. */
export function runningOf(objective: StoredObjective, keyResultId: string): StoredKeyResult {
  const found = objective.keyResults.find(({ id }) => id === keyResultId)
  if (found === undefined) throw new CallFailure('not-found', 'There is no such key result.')
  if (found.ended !== null || objective.ended !== null) {
    throw new CallFailure('not-allowed', 'This key result has ended.')
  }
  return found
}

/** Null: the line gives the value. */
function checkInValue(
  source: KeyResult['source'],
  { value, milestones }: Pick<CallInput<'checkIn'>, 'value' | 'milestones'>,
): number | null {
  switch (source.kind) {
    case 'manual':
      return value
    case 'kpi':
      if (value === null) return null
      throw new CallFailure('bad-input', 'This key result follows the line: its value cannot be typed.')
    case 'values':
      if (value === null) return null
      throw new CallFailure('bad-input', 'This key result follows reported values: a check-in has none.')
    case 'milestones':
      if (value !== null) throw new CallFailure('bad-input', 'Say which milestones are done, no number.')
      if (milestones === undefined) return null
      if (milestones.some((position) => position >= source.milestones.length)) {
        throw new CallFailure('bad-input', 'There is no such milestone.')
      }
      return milestoneValue(source.milestones, new Set(milestones))
  }
}
