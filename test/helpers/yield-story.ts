import type { KpiDefinition } from '../../shared/domain/kpis/kpi-definition.ts'
import { kpiDefinitionSchema } from '../../shared/domain/kpis/kpi-definition.ts'
import type { KpiPoint } from '../../shared/domain/kpis/kpi-points.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import { seededRandom } from './random.ts'

/** Working days of the worked case: usual before it begins, the fall, and the stay at the bottom. */
export const storyDays = { before: 30, fall: 60, low: 20 } as const

/** First-pass yield in percent with daily noise of sigma 0.8: usual at 94; with a drift it falls linearly to 87 and stays there. */
export function yieldStory(seed: number, drifts: boolean): number[] {
  const gauss = gaussian(seed)
  const { before, fall, low } = storyDays
  return Array.from({ length: before + fall + low }, (_, day) => {
    const fallen = Math.min(1, Math.max(0, day + 1 - before) / fall)
    return 94 - (drifts ? 7 * fallen : 0) + 0.8 * gauss()
  })
}

export function gaussian(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The KPI of the worked case: 93 or better is green, below 88 red. */
export const yieldKpi: KpiDefinition = kpiDefinitionSchema.parse({
  id: 'fpy',
  name: 'First-pass yield',
  theme: 'Quality',
  kind: 'lagging',
  formula: 'good without rework / total',
  unit: '%',
  direction: 'higher',
  source: { from: 'line', formula: 'first_pass_yield' },
  target: 94,
  bands: { green: 93, amber: 88 },
  owner: 'Ana',
  objective: 'Right first time',
  protocol: {
    trigger: 'red for one shift',
    firstResponse: 'Look at the last rejects',
    who: 'Shift lead',
    withinMin: 60,
    escalateTo: 'Quality manager',
  },
})

/** A point a day, from day 0 on. */
export function dailyPoints(values: readonly number[]): KpiPoint[] {
  return values.map((value, day) => ({
    atMs: day * dayMs,
    value,
    part: value * 10,
    whole: 1_000,
    factor: 100,
    sampleSize: 1_000,
  }))
}
