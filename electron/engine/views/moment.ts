import { previousShift, shiftAt, type ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { EpochMs, LineFacts } from '../../../shared/domain/facts.ts'
import {
  freshnessAt,
  freshnessLimits,
  type Freshness,
  type FreshnessLimits,
} from '../../../shared/domain/freshness.ts'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import type { WindowSums } from '../../../shared/domain/kpis/window-sums.ts'
import type { LineModel } from '../../../shared/domain/line-model.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import type { SignalIntervals } from '../../../shared/settings/signal-intervals.ts'

/** What a line's views are computed from, besides its facts: one instant and how old the line's data is then. */
export type Moment = {
  nowMs: EpochMs
  /** Now, or the last reading when the line's source is stale: every number is as of this instant. */
  asOfMs: EpochMs
  freshness: Freshness
  lastReadingMs: EpochMs | null
  /** The calendar's shift now; null: not scheduled. */
  shiftNow: ShiftOccurrence | null
  /** The shift whose numbers are shown: the one at `asOfMs`. Null outside shifts, and while nothing was ever received. */
  shift: ShiftOccurrence | null
  /**
   * Age of the data where data was expected: outside shifts nothing is, so there it is judged at the end of the last shift.
   * Values of finished shifts are as fresh as this.
   */
  finishedFreshness: Freshness
  /** Shifts that ended by then count as finished: now, or the last reading when `finishedFreshness` is stale. */
  finishedByMs: EpochMs
}

/** Everything a view may look at. */
export type ViewInput = {
  settings: LineSettings
  rules: LineRules
  facts: LineFacts
  model: LineModel
  moment: Moment
  /** Sums of `moment.shift` up to `moment.asOfMs`; null without a shift. */
  shiftSums: WindowSums | null
}

/** Arrival of the newest message of the line, of any kind; null: nothing was ever received. */
export function lastReading(model: LineModel): EpochMs | null {
  let newestMs: EpochMs | null = null
  for (const seen of Object.values(model.lastSeen)) {
    if (newestMs === null || seen.arrivedMs > newestMs) newestMs = seen.arrivedMs
  }
  return newestMs
}

export function isStale(freshness: Freshness): boolean {
  return freshness === 'stale' || freshness === 'withdrawn'
}

/** The line's newest message, or a periodic signal that stays away while others still come. */
function oldestSignal(
  settings: LineSettings,
  model: LineModel,
  nowMs: EpochMs,
  intervals: SignalIntervals,
): Pick<Moment, 'lastReadingMs' | 'freshness'> & { limits: FreshnessLimits } {
  const judged = (lastReadingMs: EpochMs | null, intervalMs: number) => {
    const limits = freshnessLimits(intervalMs)
    return { lastReadingMs, limits, freshness: freshnessAt(lastReadingMs, nowMs, limits) }
  }
  let oldest = judged(lastReading(model), settings.expectedIntervalS * 1000)
  for (const kind of signalKinds) {
    const seen = model.lastSeen[kind]
    const intervalMs = intervals[kind]
    if (seen === undefined || intervalMs === undefined) continue
    const signal = judged(seen.arrivedMs, intervalMs)
    const isOlder = oldest.lastReadingMs === null || seen.arrivedMs < oldest.lastReadingMs
    if (isStale(signal.freshness) && isOlder) oldest = signal
  }
  return oldest
}

/**
 * `isLost`: a source of the line is known to be gone; its signals are stale at once. `intervals`: of signals that come at
 * their own pace.
 */
export function lineMoment(
  settings: LineSettings,
  rules: LineRules,
  model: LineModel,
  nowMs: EpochMs,
  isLost = false,
  intervals: SignalIntervals = {},
): Moment {
  const { calendar } = rules
  const { lastReadingMs, freshness: byAge, limits } = oldestSignal(settings, model, nowMs, intervals)
  const freshness = isLost && (byAge === 'fresh' || byAge === 'ageing') ? 'stale' : byAge
  const asOfMs = lastReadingMs !== null && isStale(freshness) ? lastReadingMs : nowMs
  const shiftNow = shiftAt(calendar, nowMs)
  const expectedMs = shiftNow === null ? (previousShift(calendar, nowMs)?.endMs ?? nowMs) : nowMs
  const finishedFreshness = shiftNow === null ? freshnessAt(lastReadingMs, expectedMs, limits) : freshness
  return {
    nowMs,
    asOfMs,
    freshness,
    lastReadingMs,
    shiftNow,
    shift: shiftNow === null || freshness === 'none' ? null : shiftAt(calendar, asOfMs),
    finishedFreshness,
    finishedByMs: isStale(finishedFreshness) ? asOfMs : nowMs,
  }
}
