import { z } from 'zod'
import { liveKpiIds } from '../domain/kpis/catalogue.ts'
import {
  commitments,
  cycleKinds,
  type KeyResult,
  type KeyResultSource,
  type Objective,
  objectiveLevels,
} from '../domain/key-results.ts'
import { amount, id, localDate, named, plainText } from './fields.ts'

/** Objectives and key results as files and plant.yaml's seed write them; docs/okr-file.md explains every key. */

const milestoneSchema = z.strictObject({
  name: named(48),
  weight: z.number().min(0.1).max(100).default(1),
  due: localDate.optional(),
})

const keyResultSchema = z
  .strictObject({
    id,
    name: named(24),
    sentence: plainText.max(200).optional(),
    unit: plainText.max(12).default(''),
    baseline: amount,
    target: amount,
    decimals: z.int().min(0).max(3).default(0),
    kpi: z.enum(liveKpiIds).optional(),
    /** Key of reported values, and how those of a day combine. */
    values: plainText.min(1).max(60).optional(),
    combine: z.enum(['sum', 'last']).default('last'),
    /** Rolling window of what moves by itself; `window` instead: the running week, or all since the cycle began. */
    shifts: z.int().min(1).max(200).default(15),
    window: z.enum(['week', 'start']).optional(),
    milestones: z.array(milestoneSchema).min(1).max(10).optional(),
    owner: plainText.max(40).optional(),
    due: localDate.optional(),
    commitment: z.enum(commitments).default('committed'),
    weight: z.number().min(0.1).max(10).default(1),
    serves: id.optional(),
    holdShifts: z.int().min(2).max(200).default(10),
  })
  .refine((k) => k.baseline !== k.target, {
    path: ['target'],
    message: 'target must differ from baseline (a span of zero has no progress)',
  })
  .refine((k) => [k.kpi, k.values, k.milestones].filter((one) => one !== undefined).length <= 1, {
    path: ['milestones'],
    message: 'either kpi, values or milestones: a key result has one source',
  })

export const objectivesSchema = z
  .array(
    z
      .strictObject({
        id,
        /** Left out for objectives above the lines. */
        line: id.optional(),
        level: z.enum(objectiveLevels).default('line'),
        title: named(60),
        owner: plainText.max(40).optional(),
        serves: id.optional(),
        cycle: z.strictObject({
          kind: z.enum(cycleKinds).default('quarter'),
          name: named(24),
          start: localDate,
          end: localDate,
        }),
        keyResults: z.array(keyResultSchema).min(1).max(5),
      })
      .refine((one) => (one.level === 'line') === (one.line !== undefined), {
        path: ['line'],
        message: 'the line of an objective of level "line", and none for higher levels',
      }),
  )
  .max(200)

export type FileObjective = z.infer<typeof objectivesSchema>[number]
type FileKeyResult = FileObjective['keyResults'][number]

/** What a file says, as the board keeps it. */
export function objectiveOfFile(file: FileObjective): Objective {
  const { cycle } = file
  return {
    id: file.id,
    lineId: file.line ?? '',
    level: file.level,
    title: file.title,
    owner: file.owner ?? null,
    parent: file.serves ?? null,
    cycle: { kind: cycle.kind, name: cycle.name, startDate: cycle.start, endDate: cycle.end },
    keyResults: file.keyResults.map(keyResultOfFile),
  }
}

function keyResultOfFile(file: FileKeyResult): KeyResult {
  const { id, name, unit, baseline, target, decimals, commitment, weight, holdShifts } = file
  return {
    id,
    name,
    sentence: file.sentence ?? null,
    unit,
    baseline,
    target,
    decimals,
    source: sourceOfFile(file),
    owner: file.owner ?? null,
    due: file.due ?? null,
    commitment,
    weight,
    parent: file.serves ?? null,
    holdShifts,
  }
}

function sourceOfFile(file: FileKeyResult): KeyResultSource {
  const { kpi, values, combine, shifts, milestones } = file
  const window = file.window ? { kind: file.window } : { kind: 'shifts' as const, count: shifts }
  if (milestones) {
    return { kind: 'milestones', milestones: milestones.map((one) => ({ ...one, due: one.due ?? null })) }
  }
  if (kpi !== undefined) return { kind: 'kpi', kpi, window }
  return values === undefined ? { kind: 'manual' } : { kind: 'values', key: values, combine, window }
}

/** The other way round, without what is as by default. */
export function fileOfObjective({ keyResults, ...objective }: Objective): FileObjective {
  const { cycle } = objective
  return {
    id: objective.id,
    ...(objective.level === 'line' ? { line: objective.lineId } : {}),
    level: objective.level,
    title: objective.title,
    ...(objective.owner === null ? {} : { owner: objective.owner }),
    ...(objective.parent === null ? {} : { serves: objective.parent }),
    cycle: { kind: cycle.kind, name: cycle.name, start: cycle.startDate, end: cycle.endDate },
    keyResults: keyResults.map(fileOfKeyResult),
  }
}

function fileOfKeyResult(k: KeyResult): FileKeyResult {
  const { id, name, unit, baseline, target, decimals, commitment, weight, holdShifts, source } = k
  const window = 'window' in source ? source.window : null
  return {
    id,
    name,
    ...(k.sentence === null ? {} : { sentence: k.sentence }),
    unit,
    baseline,
    target,
    decimals,
    ...(source.kind === 'kpi' ? { kpi: source.kpi } : {}),
    ...(source.kind === 'values' ? { values: source.key } : {}),
    combine: source.kind === 'values' ? source.combine : 'last',
    shifts: window?.kind === 'shifts' ? window.count : 15,
    ...(window === null || window.kind === 'shifts' ? {} : { window: window.kind }),
    ...(source.kind === 'milestones'
      ? { milestones: source.milestones.map(({ due, ...one }) => (due === null ? one : { ...one, due })) }
      : {}),
    ...(k.owner === null ? {} : { owner: k.owner }),
    ...(k.due === null ? {} : { due: k.due }),
    commitment,
    weight,
    ...(k.parent === null ? {} : { serves: k.parent }),
    holdShifts,
  }
}
