import { z } from 'zod'
import { oneLine, plainText } from '../plain-text.ts'

/** From a fact to a verified effect. `what` is the countermeasure, the only field that it cannot be without. */
export const actionSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  /** The KPI that it shall move; null: none. */
  kpi: plainText.min(1).max(40).nullable(),
  fact: oneLine(200),
  cause: oneLine(200),
  what: oneLine(120).min(1),
  owner: oneLine(60),
  /** Local date; null: not agreed yet. */
  due: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  state: z.enum(['open', 'done', 'dropped']),
})
export type Action = z.infer<typeof actionSchema>

/** An action with its times, which follow from its versions. */
export type StoredAction = Action & {
  version: number
  createdMs: number
  /** Since when it has been done or dropped; null: open. */
  closedMs: number | null
}

export function isLate({ state, due }: Pick<Action, 'state' | 'due'>, today: string): boolean {
  return state === 'open' && due !== null && due < today
}

/** Open ones first, those due first of them on top; what has no date comes last. */
export function byUrgency(actions: readonly StoredAction[]): StoredAction[] {
  const rank = ({ state, due }: StoredAction) => `${state === 'open' ? 0 : 1} ${due ?? '9999'}`
  return [...actions].sort((a, b) =>
    rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : a.createdMs - b.createdMs,
  )
}
