import type { EpochMs, Interval } from '../facts.ts'
import type { KpiDirection, KpiKind, KpiTheme, KpiValue } from './kpi-spec.ts'

/**
 * A KPI that people or other systems report: by hand, by file, or by `value` messages whose `key` is the id. `combine` says
 * what several values in one window mean: they add up (incidents), or the newest holds (a rate, a level).
 */
export type HandFedSpec = {
  id: string
  name: string
  formula: string
  unit: string
  direction: KpiDirection
  theme: KpiTheme
  kind: KpiKind
  combine: 'sum' | 'last'
}

/** The catalogue to choose from; any other key is a KPI of the plant's own, see kpi-definition.ts. */
export const handFedSpecs = [
  handFed(
    'recordable_incidents',
    'Recordable incidents',
    'incidents',
    '',
    'lower',
    'Safety',
    'lagging',
    'sum',
  ),
  handFed('near_misses', 'Near misses reported', 'reports', '', 'higher', 'Safety', 'leading', 'sum'),
  handFed(
    'days_since_incident',
    'Days since incident',
    'days without',
    'days',
    'higher',
    'Safety',
    'lagging',
    'last',
  ),
  handFed(
    'training_completion',
    'Training completed',
    'done / due',
    '%',
    'higher',
    'People',
    'leading',
    'last',
  ),
  handFed(
    'employee_turnover',
    'Employee turnover',
    'leavers / employed',
    '%',
    'lower',
    'People',
    'lagging',
    'last',
  ),
  handFed(
    'absenteeism',
    'Absenteeism',
    'hours absent / hours planned',
    '%',
    'lower',
    'People',
    'leading',
    'last',
  ),
  handFed(
    'on_time_delivery',
    'On-time delivery',
    'on time / delivered',
    '%',
    'higher',
    'Delivery',
    'lagging',
    'last',
  ),
  handFed(
    'order_cycle_time',
    'Order cycle time',
    'order to delivery',
    'days',
    'lower',
    'Delivery',
    'lagging',
    'last',
  ),
  handFed(
    'wip_turns',
    'Work-in-process turns',
    'cost of goods / WIP',
    '1/year',
    'higher',
    'Cost',
    'lagging',
    'last',
  ),
  handFed(
    'customer_returns',
    'Customer returns',
    'pieces returned',
    'pieces',
    'lower',
    'Quality',
    'lagging',
    'sum',
  ),
  handFed(
    'customer_escapes',
    'Customer escapes',
    'found by customers',
    'pieces',
    'lower',
    'Quality',
    'lagging',
    'sum',
  ),
  handFed(
    'supplier_defect_rate',
    'Supplier defects',
    'defective / received',
    '%',
    'lower',
    'Quality',
    'leading',
    'last',
  ),
  handFed('pm_completion', 'Maintenance on time', 'done / due', '%', 'higher', 'Delivery', 'leading', 'last'),
] as const

function handFed<const Id extends string>(
  id: Id,
  name: string,
  formula: string,
  unit: string,
  direction: KpiDirection,
  theme: KpiTheme,
  kind: KpiKind,
  combine: HandFedSpec['combine'],
): HandFedSpec & { id: Id } {
  return { id, name, formula, unit, direction, theme, kind, combine }
}

/** One reported value. */
export type ReportedValue = {
  atMs: EpochMs
  value: number
  /** Where it stands for several: what they add up to, and how many they are. */
  sum?: number
  count?: number
}

/** Value of a window [start, end). `values`: of this KPI, in order of time. Null without a value in the window. */
export function handFedValue(
  combine: HandFedSpec['combine'],
  values: readonly ReportedValue[],
  window: Interval,
): KpiValue {
  const inside = values.filter(({ atMs }) => atMs >= window.startMs && atMs < window.endMs)
  const value =
    inside.length === 0
      ? null
      : combine === 'sum'
        ? inside.reduce((sum, one) => sum + (one.sum ?? one.value), 0)
        : inside[inside.length - 1]!.value
  const sampleSize = inside.reduce((count, one) => count + (one.count ?? 1), 0)
  return { value, numerator: value, denominator: null, sampleSize }
}
