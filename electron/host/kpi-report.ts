import type { ReadDb } from '../../db/handles.ts'
import { readAnsweredCalls } from '../../db/queries/calls.ts'
import { lastArrival } from '../../db/queries/last-arrival.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { readReportedValues } from '../../db/queries/values.ts'
import { wholeShifts } from '../../shared/domain/calendar.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import type { CallFact, EpochMs, Interval, LineFacts } from '../../shared/domain/facts.ts'
import { freshnessAt, freshnessLimits } from '../../shared/domain/freshness.ts'
import { kpiRatios } from '../../shared/domain/kpi.ts'
import { windowSums, type WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { LineRules } from '../../shared/domain/rules.ts'
import { scrapByReason } from '../../shared/domain/scrap-reasons.ts'
import { stopsIn } from '../../shared/domain/stops.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import { callTimesView } from '../engine/views/call-times.ts'
import { kpiLosses, kpiRows, reportPolicy } from './kpi-rows.ts'
import type { KpiRow, ReportPolicy } from './kpi-rows.ts'
import { isoTime } from './time-argument.ts'

/**
 * What `lineside kpi --json` prints. Seconds are exact, fractions >= 0 or null where a denominator is zero or unknown
 * (performance and OEE may exceed 1), times ISO in UTC. Later versions only add keys.
 */
export type KpiReport = {
  line: string
  from: string
  to: string
  planned_s: number
  run_s: number
  stop_s: number
  changeover_s: number
  good: number
  scrap: number
  total: number
  availability: number | null
  performance: number | null
  quality_ratio: number | null
  oee: number | null
  scrap_ratio: number | null
  unknown_s: number
  /** `end` null: still going on. `seconds`: planned production time inside. */
  changeovers: {
    from: string | null
    to: string | null
    start: string
    end: string | null
    seconds: number
  }[]
  stops: { start: string; end: string | null; reason: string | null; seconds: number; micro: boolean }[]
  /** Rejects found inside, most first; null: nobody said why. What customers found is in no count. */
  scrap_reasons: { reason: string | null; qty: number }[]
  /** Calls for help by kind; mean times from the raise on, null where none was answered or solved in the window. */
  calls: {
    category: string
    raised: number
    resolved: number
    to_answer_s: number | null
    to_solve_s: number | null
  }[]
  /** By which rules the window was judged. */
  policy: ReportPolicy
  /** Every KPI of the catalogue, and those that were reported in the window. */
  kpis: KpiRow[]
  /** Where planned time went: the parts add up to `planned_s`. Null without planned time or ideal cycle times. */
  losses: Record<string, number> | null
}

/** The KPIs of a line in [from, to), up to now. Time in which the line's source was silent is unknown. */
export function kpiReport(given: LineWindow): KpiReport {
  const { read, line, window, nowMs } = given
  const { rules, facts, calls, sums } = sumsOfLine(given)
  const reported = readReportedValues(read, line.id, window)
  const ratios = kpiRatios(sums)
  return {
    line: line.id,
    from: isoTime(window.startMs),
    to: isoTime(window.endMs),
    planned_s: sums.plannedMs / 1000,
    run_s: sums.runMs / 1000,
    stop_s: sums.stopMs / 1000,
    changeover_s: sums.changeoverMs / 1000,
    good: sums.good,
    scrap: sums.scrap,
    total: sums.total,
    availability: ratios.availability,
    performance: ratios.performance,
    quality_ratio: ratios.qualityRatio,
    oee: ratios.oee,
    scrap_ratio: ratios.scrapRatio,
    unknown_s: sums.unknownMs / 1000,
    changeovers: changeoversIn(facts, rules, window, nowMs).map((entry) => ({
      from: entry.from,
      to: entry.to,
      start: isoTime(entry.startMs),
      end: entry.closedMs === null ? null : isoTime(entry.closedMs),
      seconds: entry.durationMs / 1000,
    })),
    stops: stopsIn(facts, rules, window, nowMs).map((entry) => ({
      start: isoTime(entry.startMs),
      end: entry.closedMs === null ? null : isoTime(entry.closedMs),
      reason: entry.reason,
      seconds: entry.durationMs / 1000,
      micro: entry.micro,
    })),
    scrap_reasons: scrapByReason(
      facts.scraps.filter(({ startMs }) => window.startMs <= startMs && startMs < window.endMs),
      sums.scrap,
    ).map(({ reason, qty }) => ({ reason: reason === '' ? null : reason, qty })),
    calls: callTimesView(calls, window, nowMs).map((one) => ({
      category: one.category,
      raised: one.raised,
      resolved: one.resolved,
      to_answer_s: seconds(one.meanToAckMs),
      to_solve_s: seconds(one.meanToResolveMs),
    })),
    policy: reportPolicy(line),
    kpis: kpiRows(sums, { window, reported }),
    losses: kpiLosses(sums),
  }
}

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000)

type LineWindow = { read: ReadDb; line: LineSettings; timeZone: string; window: Interval; nowMs: EpochMs }

/** Sums of one line in a window out of the store, with the facts that they come from. */
export function sumsOfLine({ read, line, timeZone, window, nowMs }: LineWindow): {
  rules: LineRules
  facts: LineFacts
  /** Answered in the window. */
  calls: readonly CallFact[]
  sums: WindowSums
} {
  const rules = lineRules(line, timeZone)
  const exactCounts = { products: rules.products, defaultProduct: line.defaultProduct ?? null }
  const stored = readLineFacts(read, line.id, window, {
    exactCounts,
    cells: rules.cells,
    reach: wholeShifts(rules.calendar, window),
  })
  const facts = withSilence(stored, lastArrival(read, line.id), line.expectedIntervalS * 1000, nowMs)
  const calls = readAnsweredCalls(read, line.id, window)
  return { rules, facts, calls, sums: windowSums(facts, rules, window, nowMs, calls) }
}

/** A running engine notes silences itself; where none runs, the silence since the last message is added here. */
function withSilence(
  facts: LineFacts,
  lastMs: EpochMs | null,
  expectedMs: number,
  nowMs: EpochMs,
): LineFacts {
  const freshness = freshnessAt(lastMs, nowMs, freshnessLimits(expectedMs))
  const silent = freshness === 'stale' || freshness === 'withdrawn'
  if (lastMs === null || !silent || facts.silences.some((silence) => silence.endMs === null)) return facts
  return { ...facts, silences: [...facts.silences, { startMs: lastMs, endMs: null }] }
}
