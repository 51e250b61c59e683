import { minuteMs } from '../local-time.ts'
import type { KpiSpec } from './kpi-spec.ts'
import { outputKpis } from './output-kpis.ts'
import { timeKpis } from './time-kpis.ts'

/** Answers to calls for help. */
const callKpis = [
  {
    id: 'mtta_calls',
    name: 'Time to acknowledge calls',
    iso: null,
    formula: 'time from raise to acknowledgement / calls acknowledged',
    unit: 'min',
    direction: 'lower',
    theme: 'People',
    kind: 'leading',
    numerator: (sums) => sums.callAckMs,
    denominator: (sums) => sums.callsAcked,
    factor: 1 / minuteMs,
    samples: (sums) => sums.callsAcked,
  },
  {
    id: 'mttr_calls',
    name: 'Time to resolve calls',
    iso: null,
    formula: 'time from raise to resolve / calls resolved',
    unit: 'min',
    direction: 'lower',
    theme: 'People',
    kind: 'leading',
    numerator: (sums) => sums.callResolveMs,
    denominator: (sums) => sums.callsResolved,
    factor: 1 / minuteMs,
    samples: (sums) => sums.callsResolved,
  },
] as const satisfies readonly KpiSpec[]

/**
 * KPIs that follow the line by themselves, by the names of ISO 22400-2 where it has them. Elements: PBT planned busy time
 * (shifts less planned breaks, changeover inside), APT run time, AUST changeover, ADET stops while an order runs, ADOT idle
 * and off, AUPT = APT + AUST, AUBT = AUPT + ADET, PRI ideal cycle time, PQ good + scrap, GQ good (rework inside), SQ scrap,
 * RQ rework, POQ pieces planned, FE failures (the line itself stopped for longer than a micro-stop).
 */
export const liveKpiSpecs = [...outputKpis, ...timeKpis, ...callKpis] as const

/** Quality as a factor of OEE: weighted by ideal cycle time, other than the quality ratio in pieces. */
export const qualityFactorFormula = 'PRI x GQ / (PRI x PQ)'

export type LiveKpiId = (typeof liveKpiSpecs)[number]['id']

export const liveKpiIds = liveKpiSpecs.map((spec) => spec.id) as [LiveKpiId, ...LiveKpiId[]]

const byId: ReadonlyMap<string, KpiSpec> = new Map(
  liveKpiSpecs.map((spec): [string, KpiSpec] => [spec.id, spec]),
)

/** Null: no such KPI. */
export function liveKpiSpec(id: string): KpiSpec | null {
  return byId.get(id) ?? null
}
