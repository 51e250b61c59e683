import { z } from 'zod'
import { type Action, actionSchema, type StoredAction } from '../../../shared/domain/gaps/action.ts'
import { type BarrierAnswer, barrierAnswerSchema } from '../../../shared/domain/gaps/barrier.ts'
import { type Review, reviewSchema } from '../../../shared/domain/gaps/review.ts'
import {
  type KpiDefinition,
  kpiDefinitionSchema,
  kpiGoal,
} from '../../../shared/domain/kpis/kpi-definition.ts'
import type { StoredKpi } from '../../../shared/contract/kpi-calls.ts'
import {
  type Decision,
  type DecisionKind,
  readDecisions,
  readVersions,
} from '../../../db/queries/decisions.ts'
import type { ReadDb } from '../../../db/handles.ts'

/** Somebody's first response to a red KPI, in words. */
export const answerSchema = z.strictObject({
  kpi: z.string().min(1).max(40),
  text: z.string().trim().max(200),
})
export type RedAnswer = z.infer<typeof answerSchema>

type At = { atMs: number; by: string }

/** Everything that a line's team has decided about its KPIs. */
export type LineKpis = {
  /** In the order in which they were made. */
  kpis: readonly StoredKpi[]
  actions: readonly StoredAction[]
  answers: readonly (RedAnswer & At)[]
  barriers: readonly (BarrierAnswer & At)[]
  reviews: readonly (Review & At)[]
  /** `escalationId` of each red row that somebody was told about. */
  escalated: ReadonlySet<string>
}

/** What was decided, in memory until it changes. */
export type KpiBook = {
  /** The same object until `changed` is called for the line. */
  of: (lineId: string) => LineKpis
  changed: (lineId: string) => void
}

export function createKpiBook(read: ReadDb): KpiBook {
  const lines = new Map<string, LineKpis>()
  return {
    of(lineId) {
      let known = lines.get(lineId)
      if (known === undefined) lines.set(lineId, (known = load(read, lineId)))
      return known
    },
    changed: (lineId) => void lines.delete(lineId),
  }
}

function load(read: ReadDb, lineId: string): LineKpis {
  const of = <T>(kind: DecisionKind, schema: z.ZodType<T>): (T & At)[] =>
    readDecisions(read, lineId, kind).flatMap(({ body, atMs, by }) => {
      const parsed = schema.safeParse(JSON.parse(body))
      return parsed.success ? [{ ...parsed.data, atMs, by }] : []
    })
  return {
    kpis: readKpis(read, lineId),
    actions: readDecisions(read, lineId, 'action').flatMap((stored) => actionOf(read, lineId, stored)),
    answers: of('answer', answerSchema),
    barriers: of('barrier', barrierAnswerSchema),
    reviews: of('review', reviewSchema),
    escalated: new Set(readDecisions(read, lineId, 'escalation').map(({ id }) => id)),
  }
}

/** The KPIs of a line with their versions, in the order in which they were made. */
export function readKpis(read: ReadDb, lineId: string): StoredKpi[] {
  return readDecisions(read, lineId, 'kpi').flatMap(({ id, version, atMs, by, body, createdMs }) => {
    const parsed = kpiDefinitionSchema.safeParse(JSON.parse(body))
    if (!parsed.success) return []
    const kpi = parsed.data
    return [{ kpi, version, atMs, by, createdMs, targetSinceMs: targetSince(read, lineId, id, kpi) }]
  })
}

/** When the goal of today was set: of the oldest version after which it did not change. */
function targetSince(read: ReadDb, lineId: string, id: string, kpi: KpiDefinition): number | null {
  const goal = kpiGoal(kpi)
  if (goal === null) return null
  const versions = readVersions(read, lineId, 'kpi', id)
  let sinceMs = versions[versions.length - 1]?.atMs ?? null
  for (let i = versions.length - 1; i >= 0; i--) {
    const parsed = kpiDefinitionSchema.safeParse(JSON.parse(versions[i]!.body))
    if (!parsed.success || kpiGoal(parsed.data) !== goal) break
    sinceMs = versions[i]!.atMs
  }
  return sinceMs
}

function actionOf(read: ReadDb, lineId: string, stored: Decision & { createdMs: number }): StoredAction[] {
  const action = parseAction(stored.body)
  if (action === null) return []
  const { version, createdMs } = stored
  return [{ ...action, version, createdMs, closedMs: closedSince(read, lineId, action, stored) }]
}

function closedSince(read: ReadDb, lineId: string, { id, state }: Action, newest: Decision): number | null {
  if (state === 'open') return null
  let sinceMs = newest.atMs
  for (const { body, atMs } of readVersions(read, lineId, 'action', id).reverse()) {
    if (parseAction(body)?.state !== state) break
    sinceMs = atMs
  }
  return sinceMs
}

function parseAction(body: string): Action | null {
  const parsed = actionSchema.safeParse(JSON.parse(body))
  return parsed.success ? parsed.data : null
}
