import type { WindowSums } from './window-sums.ts'

export const kpiThemes = ['Safety', 'Quality', 'Delivery', 'Cost', 'People'] as const
export type KpiTheme = (typeof kpiThemes)[number]

/** Leading: what the crew can act on before the outcome shows; lagging: the outcome. */
export const kpiKinds = ['leading', 'lagging'] as const
export type KpiKind = (typeof kpiKinds)[number]

export const kpiDirections = ['higher', 'lower'] as const
export type KpiDirection = (typeof kpiDirections)[number]

/** How a KPI is computed from sums. Its value is null where a part is not known or the denominator is zero. */
export type KpiSpec = {
  /** Also the id of its formula: another formula is another id. */
  id: string
  name: string
  /** Its name in ISO 22400-2; null: not in the standard. */
  iso: string | null
  /** In the standard's elements, see catalogue.ts. */
  formula: string
  /** '%': the value is a fraction and shown in percent. */
  unit: '%' | 'min' | 'pieces' | 'pieces/h' | '1/h' | 'money'
  direction: KpiDirection
  theme: KpiTheme
  kind: KpiKind
  numerator: (sums: WindowSums) => number | null
  /** Null: the numerator is the value. */
  denominator: ((sums: WindowSums) => number | null) | null
  /** 'least': of several windows the smallest holds; absent: numerators (and denominators) add up. */
  combine?: 'least'
  /** numerator / denominator x factor is the value in `unit`; absent: 1. */
  factor?: number
  /** How many things (pieces, stops, calls) the value rests on. */
  samples: (sums: WindowSums) => number
}

/** A KPI of one window with all that it is made of. */
export type KpiValue = {
  value: number | null
  numerator: number | null
  /** Null: has none, or is not known. */
  denominator: number | null
  sampleSize: number
}

export function kpiValue(spec: KpiSpec, sums: WindowSums): KpiValue {
  const numerator = spec.numerator(sums)
  const denominator = spec.denominator === null ? null : spec.denominator(sums)
  const whole = spec.denominator === null ? 1 : denominator
  const known = numerator !== null && whole !== null && whole !== 0
  return {
    value: known ? (numerator / whole) * (spec.factor ?? 1) : null,
    numerator,
    denominator,
    sampleSize: spec.samples(sums),
  }
}
