import type { NextShift, ShiftReport } from '../../../shared/contract/board-huddle.ts'
import type { ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import type { CallFact } from '../../../shared/domain/facts.ts'
import type { StopEntry } from '../../../shared/domain/kpi.ts'
import { shiftPlan } from '../../../shared/domain/plan.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { hasData, type ShiftResult } from '../shift-result.ts'
import { callTimesView } from './call-times.ts'
import { hoursView } from './hours.ts'
import type { ViewInput } from './moment.ts'
import { oeeView } from './oee.ts'
import { scrapView } from './scrap.ts'
import { statusView } from './status.ts'

/** Rows of one list of a report. */
export const maxReportRows = 12

/**
 * A shift as its own screens show it: the same views, of a view input whose moment shows that shift. Null: it shows none, or
 * nothing is known of it, which is no shift of zero pieces.
 * `calls`: of the shift, as `readAnsweredCalls` gives them. Who signed which hour is added by whoever knows it.
 */
export function shiftReportView(
  input: ViewInput,
  history: readonly ShiftResult[],
  calls: readonly CallFact[],
): ShiftReport | null {
  const { facts, rules, moment } = input
  const { shift, asOfMs } = moment
  if (shift === null || input.shiftSums === null || !hasData({ sums: input.shiftSums })) return null
  const { name, date, startMs, endMs, crew } = shift
  const status = statusView(input, { word: 'planned', sinceMs: null })
  const { sums, ratios, losses, target } = oeeView(input, history)
  const scrap = scrapView(input, history)
  const stops = stopsIn(facts, rules, shift, asOfMs)
  return {
    shift: { name, date, startMs, endMs, crew },
    asOfMs: Math.min(asOfMs, endMs),
    pace: status.pace,
    made: status.made,
    hours: hoursView(input, status).rows.map((row) => ({ ...row, signed: null })),
    oee: { sums, ratios, losses, target },
    scrap: {
      ratio: scrap.ratio,
      scrap: scrap.scrap,
      total: scrap.total,
      target: scrap.target,
      reasons: scrap.reasons.slice(0, maxReportRows),
      customer: scrap.customer,
      cost: scrap.cost,
    },
    stops: byReason(stops.filter(({ micro }) => !micro)).slice(0, maxReportRows),
    microStops: sumOf(stops.filter(({ micro }) => micro)),
    changeovers: changeoversIn(facts, rules, shift, asOfMs).slice(-maxReportRows),
    calls: callTimesView(calls, shift, asOfMs),
  }
}

/** What a shift is to bring, by the same plan that its pace will be measured with. */
export function nextShiftView({ facts, rules, moment }: ViewInput, shift: ShiftOccurrence): NextShift {
  const { name, startMs, endMs, crew } = shift
  const plan = shiftPlan(facts, rules, shift, moment.asOfMs)
  const run = facts.products[facts.products.length - 1]
  return {
    name,
    startMs,
    endMs,
    crew,
    target: plan?.target ?? null,
    breaks: shift.breaks.map((one) => ({ name: one.name, startMs: one.startMs, endMs: one.endMs })),
    slots: shift.slots.map((one) => ({ name: one.name, startMs: one.startMs, endMs: one.endMs })),
    product: run === undefined ? null : (rules.products[run.product]?.name ?? run.product),
  }
}

function byReason(stops: readonly StopEntry[]): ShiftReport['stops'] {
  const reasons = new Map<string | null, StopEntry[]>()
  for (const stop of stops) reasons.set(stop.reason, [...(reasons.get(stop.reason) ?? []), stop])
  return [...reasons]
    .map(([reason, own]) => ({ reason, ...sumOf(own) }))
    .sort((a, b) => b.ms - a.ms || (a.reason ?? '').localeCompare(b.reason ?? ''))
}

function sumOf(stops: readonly StopEntry[]): { count: number; ms: number } {
  return { count: stops.length, ms: stops.reduce((sum, { durationMs }) => sum + durationMs, 0) }
}
