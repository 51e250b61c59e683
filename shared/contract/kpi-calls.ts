import { z } from 'zod'
import { key, signed, text } from './call-fields.ts'
import { cycleSchema } from './okr-calls.ts'
import type { EpochMs } from '../domain/facts.ts'
import { type Action, actionSchema, type StoredAction } from '../domain/gaps/action.ts'
import { barrierAnswerSchema, type BarrierTally } from '../domain/gaps/barrier.ts'
import type { Candidate } from '../domain/gaps/candidate.ts'
import type { Effect } from '../domain/gaps/effect.ts'
import { reviewSchema } from '../domain/gaps/review.ts'
import { type KpiDefinition, kpiDefinitionSchema } from '../domain/kpis/kpi-definition.ts'

const lineId = key(40)
const kpi = key(40)
/** Of what was edited; null: it is new. Another one in between is refused with `conflict`. */
const version = z.int().min(1).nullable()

/** What a page may ask about KPIs, gaps, actions and reviews; spread into `calls`. */
export const kpiCalls = {
  kpis: z.strictObject({ lineId }),
  kpiHistory: z.strictObject({ lineId, kpi }),
  saveKpi: z.strictObject({ lineId, kpi: kpiDefinitionSchema, version, ...signed }),
  actions: z.strictObject({ lineId }),
  actionHistory: z.strictObject({ lineId, action: key(40) }),
  saveAction: z.strictObject({ lineId, action: actionSchema, version, ...signed }),
  /** The first response to a red KPI, in words. */
  answerRed: z.strictObject({ lineId, kpi, text: text(200), ...signed }),
  /** What stood in the way. */
  saveBarrier: z.strictObject({ lineId, answer: barrierAnswerSchema, ...signed }),
  saveReview: z.strictObject({ lineId, review: reviewSchema, ...signed }),
  /** What "make this a key result" would make. */
  candidate: z.strictObject({ lineId, kpi }),
  /**
   * Makes that key result, in the objective of that cycle (else: of the ones that run) which the KPI serves or which is called
   * `title`, or in a new one. `target`: instead of the proposed one.
   */
  makeKeyResult: z.strictObject({
    lineId,
    kpi,
    cycle: cycleSchema.optional(),
    title: text(60).optional(),
    target: z.number().min(-1e12).max(1e12).optional(),
    owner: text(40).optional(),
    ...signed,
  }),
} as const

/** A KPI with its versions. */
export type StoredKpi = {
  kpi: KpiDefinition
  version: number
  /** Of this version. */
  atMs: EpochMs
  by: string
  /** Of the first one. */
  createdMs: EpochMs
  /** Since when its goal has been the one of today; null: it has none. */
  targetSinceMs: EpochMs | null
}

type Versioned<T> = { version: number; atMs: EpochMs; by: string } & T
type Saved = { by: string; atMs: EpochMs; version: number }
type Signed = { by: string; atMs: EpochMs }

export type KpiCallResult = {
  kpis: { kpis: readonly StoredKpi[]; causes: BarrierTally }
  /** Oldest first. */
  kpiHistory: readonly Versioned<{ kpi: KpiDefinition }>[]
  saveKpi: Saved
  /** The most urgent first, closed ones last; `effect` of closed ones with a KPI. */
  actions: readonly (StoredAction & { effect: Effect | null })[]
  actionHistory: readonly Versioned<{ action: Action }>[]
  saveAction: Saved
  answerRed: Signed
  saveBarrier: Signed
  saveReview: Signed
  /** Null: the KPI still moves, or has too few points, so that nobody can say where it stands. */
  candidate: Candidate | null
  makeKeyResult: Signed & { objectiveId: string; keyResultId: string }
}
