import type { Interval } from '../../shared/domain/facts.ts'
import { liveKpiSpecs } from '../../shared/domain/kpis/catalogue.ts'
import {
  handFedSpecs,
  handFedValue,
  type HandFedSpec,
  type ReportedValue,
} from '../../shared/domain/kpis/hand-fed.ts'
import { kpiValue, type KpiSpec, type KpiValue } from '../../shared/domain/kpis/kpi-spec.ts'
import type { WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import { oeeLosses } from '../../shared/domain/losses.ts'
import type { LineSettings } from '../../shared/settings/line.ts'

/** One KPI as `lineside kpi --json` prints it. Fractions stay fractions ('%': 0..1 and above); times are in `unit`. */
export type KpiRow = {
  /** Also the id of the formula. */
  id: string
  name: string
  iso_22400: string | null
  formula: string
  unit: string
  direction: 'higher' | 'lower'
  theme: string
  kind: 'leading' | 'lagging'
  value: number | null
  /** As the core sums it: times in milliseconds, pieces, stops, calls or money. */
  numerator: number | null
  /** Null: has none, or is not known. */
  denominator: number | null
  /** value = numerator / denominator x factor. */
  factor: number
  sample_size: number
  /** Reported by people or other systems instead of computed from the line. */
  reported: boolean
}

/** By which rules a window was judged. */
export type ReportPolicy = {
  /** Planned breaks are cut out of planned production time. */
  breaks: 'cut out of planned time'
  /** Changeover is part of planned production time, and no stop. */
  changeover: 'inside planned time'
  micro_stop_s: number
  /** Ratios of longer windows and of several lines. */
  aggregation: 'summed numerators and denominators'
}

export function reportPolicy(line: LineSettings): ReportPolicy {
  return {
    breaks: 'cut out of planned time',
    changeover: 'inside planned time',
    micro_stop_s: line.microStopS,
    aggregation: 'summed numerators and denominators',
  }
}

/** The whole catalogue over the sums of one window, and what was reported in the window under keys of its own or of the catalogue. */
export function kpiRows(
  sums: WindowSums,
  given: { window: Interval; reported: ReadonlyMap<string, readonly ReportedValue[]> },
): KpiRow[] {
  const fromLine = liveKpiSpecs.map((spec: KpiSpec) => row(spec, kpiValue(spec, sums), spec))
  const known = handFedSpecs.filter((spec) => given.reported.has(spec.id))
  const own = [...given.reported.keys()]
    .filter((key) => !handFedSpecs.some((spec) => spec.id === key))
    .map(ownSpec)
  const fromPeople = [...known, ...own].map((spec) => {
    const value = handFedValue(spec.combine, given.reported.get(spec.id) ?? [], given.window)
    return row(spec, value, { iso: null, reported: true })
  })
  return [...fromLine, ...fromPeople]
}

/** A key that the catalogue does not have: the newest value holds. */
function ownSpec(key: string): HandFedSpec {
  return {
    id: key,
    name: key,
    formula: 'as reported',
    unit: '',
    direction: 'higher',
    theme: 'Delivery',
    kind: 'lagging',
    combine: 'last',
  }
}

/** Seconds of planned time by what they went into. */
export function kpiLosses(sums: WindowSums): Record<string, number> | null {
  const losses = oeeLosses(sums)
  if (losses === null) return null
  return {
    stop_s: losses.stopMs / 1000,
    changeover_s: losses.changeoverMs / 1000,
    unknown_s: losses.unknownMs / 1000,
    slow_s: losses.slowMs / 1000,
    scrap_s: losses.scrapMs / 1000,
    good_s: losses.goodMs / 1000,
  }
}

function row(
  spec: { id: string; name: string; formula: string; unit: string } & Pick<
    KpiRow,
    'direction' | 'theme' | 'kind'
  >,
  { value, numerator, denominator, sampleSize }: KpiValue,
  more: { iso: string | null; factor?: number; reported?: boolean },
): KpiRow {
  return {
    id: spec.id,
    name: spec.name,
    iso_22400: more.iso,
    formula: spec.formula,
    unit: spec.unit,
    direction: spec.direction,
    theme: spec.theme,
    kind: spec.kind,
    value,
    numerator,
    denominator,
    factor: more.factor ?? 1,
    sample_size: sampleSize,
    reported: more.reported ?? false,
  }
}
