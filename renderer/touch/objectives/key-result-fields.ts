import type { Commitment, KeyResult } from '../../../shared/domain/key-results.ts'

/** What people type for a key result besides its numbers. */
export type FieldTexts = {
  name: string
  /** Only of one that is fed by hand. */
  unit: string
  sentence: string
  owner: string
  weight: string
  holdShifts: string
  commitment: Commitment
}
type Fields = Pick<KeyResult, 'name' | 'unit' | 'sentence' | 'owner' | 'weight' | 'holdShifts' | 'commitment'>

/** Why a form cannot be saved yet. */
export type FieldMistake = 'name' | 'weight' | 'hold'

/** As the engine takes them: shared/contract/okr-calls.ts. */
const limits = { weight: { least: 0.1, most: 10 }, hold: { least: 2, most: 200 } } as const

export const emptyTexts: FieldTexts = {
  name: '',
  unit: '',
  sentence: '',
  owner: '',
  weight: '1',
  holdShifts: '10',
  commitment: 'committed',
}

export function fieldTexts({
  name,
  unit,
  sentence,
  owner,
  weight,
  holdShifts,
  commitment,
}: Fields): FieldTexts {
  return {
    name,
    unit,
    sentence: sentence ?? '',
    owner: owner ?? '',
    weight: String(weight),
    holdShifts: String(holdShifts),
    commitment,
  }
}

/** The fields, or which one is wrong. */
export function fromTexts(texts: FieldTexts): Fields | FieldMistake {
  const name = texts.name.trim()
  const weight = Number(texts.weight.replace(',', '.'))
  const holdShifts = Number(texts.holdShifts)
  const isIn = (value: number, { least, most }: { least: number; most: number }) =>
    value >= least && value <= most
  if (name === '') return 'name'
  if (!isIn(weight, limits.weight)) return 'weight'
  if (!Number.isInteger(holdShifts) || !isIn(holdShifts, limits.hold)) return 'hold'
  return {
    name,
    unit: texts.unit.trim(),
    sentence: texts.sentence.trim() || null,
    owner: texts.owner.trim() || null,
    weight,
    holdShifts,
    commitment: texts.commitment,
  }
}
