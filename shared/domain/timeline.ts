import { changeoverStates, derivedChangeovers, explicitChangeovers } from './changeover-spans.ts'
import type { ChangeoverSpan } from './changeover-spans.ts'
import type { EpochMs, Interval, LineFacts, LineState, Silence, StopReasonFact } from './facts.ts'
import { differenceOf, unionOf } from './intervals.ts'
import { minuteMs } from './local-time.ts'
import { plannedTime } from './planned-time.ts'
import { lineLevelStates } from './line-states.ts'
import type { LineRules } from './rules.ts'
import { stopEdits, type StopEdits } from './stop-edits.ts'
import { activityLayer, joined, overlay, productSpans, reasonSpans, stateLayer } from './timeline-layers.ts'

/** A piece of a line's time with one state. `unknown`: no data, its own bucket, never running, never a stop. */
export type Segment = Interval & {
  state: LineState | 'unknown'
  reason: string | null
  cell: string | null
  product: string | null
  /** 'derived' when no state signal said so and the pieces did. */
  source: 'signal' | 'derived'
}

/** What a segment counts as inside planned production time. */
export type TimeClass = 'run' | 'stop' | 'changeover' | 'unknown'

export function timeClass(state: Segment['state']): TimeClass {
  if (state === 'running') return 'run'
  return state === 'changeover' || state === 'unknown' ? state : 'stop'
}

/** Everything known of a line's time up to `asOfMs`, cut out window by window. */
export type Timeline = {
  asOfMs: EpochMs
  /** Nothing is known before this; Infinity without facts. */
  beginMs: EpochMs
  /** Segments that share no border with the window are whole; the first and the last are clipped to it. */
  segments: (window: Interval) => Segment[]
  /** Planned production time inside the window, sorted: shifts less breaks (moving ones as they were taken) and slots. */
  planned: (window: Interval) => Interval[]
  stopEdits: StopEdits
}

/** Reads the facts once for several windows. Use it within one calculation: it does not see later changes of the facts. */
export function openTimeline(facts: LineFacts, rules: LineRules, asOfMs: EpochMs): Timeline {
  const states = lineLevelStates(facts.states, rules.cells)
  const products = productSpans(facts.products)
  const derived = derivedChangeovers(facts, states)
  const announced = explicitChangeovers(facts.changeovers)
  const explicit = unionOf(announced)
  const silences = unknownTime(facts.silences, announced, changeoverStates(states), asOfMs)

  const withoutReasons = (window: Interval): readonly Segment[] => {
    const endMs = Math.min(window.endMs, asOfMs)
    if (endMs <= window.startMs) return []
    const cut = { startMs: window.startMs, endMs }
    let segments: readonly Segment[] =
      states.length > 0
        ? stateLayer(states, cut)
        : activityLayer(facts.activity, cut, asOfMs, rules.runningGapMs)
    segments = overlay(segments, products, (segment, span) => ({ ...segment, product: span.product }))
    segments = overlay(segments, derived, (segment) => changeover(segment, 'derived'))
    segments = overlay(segments, explicit, (segment) => changeover(segment, 'signal'))
    return overlay(segments, silences, (segment) => ({
      ...segment,
      state: 'unknown',
      reason: null,
      cell: null,
    }))
  }

  const saidReasons: readonly StopReasonFact[] = [
    ...facts.stopReasons,
    ...facts.stopEdits.flatMap(({ reason, ...edit }) => (reason === null ? [] : [{ ...edit, reason }])),
  ]
  const openEnds = new Map<StopReasonFact, EpochMs>()
  const endOf = (fact: StopReasonFact): EpochMs => {
    if (fact.endMs !== null) return fact.endMs
    const known = openEnds.get(fact)
    if (known !== undefined) return known
    const endMs = reachOn(withoutReasons, fact.startMs, asOfMs, isStop)
    openEnds.set(fact, endMs)
    return endMs
  }

  const segments = (window: Interval): Segment[] => {
    const reasons = saidReasons
      .filter((fact) => fact.startMs < window.endMs && (fact.endMs ?? Infinity) > window.startMs)
      .map((fact) => ({ startMs: fact.startMs, endMs: endOf(fact), seq: fact.seq, reason: fact.reason }))
      .filter((span) => span.endMs > Math.max(span.startMs, window.startMs))
    return joined(
      overlay(withoutReasons(window), reasonSpans(reasons), (segment, span) =>
        isStop(segment) ? { ...segment, reason: span.reason } : segment,
      ),
    )
  }

  const beginMs = Math.min(
    states[0]?.atMs ?? Infinity,
    facts.activity[0]?.startMs ?? Infinity,
    facts.changeovers[0]?.atMs ?? Infinity,
    facts.products[0]?.atMs ?? Infinity,
  )
  const planned = plannedTime(rules.calendar, withoutReasons)
  return { asOfMs, beginMs, segments, planned, stopEdits: stopEdits(facts.stopEdits) }
}

/**
 * Silences, less the changeovers that went on meanwhile (the board was off, say): one that was announced from its start to its
 * end, or that had no end yet when the line was heard again, and one whose state still held then.
 */
function unknownTime(
  silences: readonly Silence[],
  announced: readonly ChangeoverSpan[],
  byState: readonly Interval[],
  asOfMs: EpochMs,
): Interval[] {
  const spans = unionOf(silences.map(({ startMs, endMs }) => ({ startMs, endMs: endMs ?? Infinity })))
  const ended = unionOf(announced.filter(({ endMs }) => endMs <= asOfMs))
  const known = unionOf(announced)
  return spans.flatMap((silence) => {
    if (silence.endMs > asOfMs) return differenceOf([silence], ended)
    const heldOn = byState.filter((one) => one.startMs < silence.endMs && one.endMs > silence.endMs)
    return differenceOf(differenceOf([silence], known), heldOn)
  })
}

function changeover(segment: Segment, source: Segment['source']): Segment {
  return { ...segment, state: 'changeover', reason: null, cell: null, source }
}

export function isStop(segment: Segment): boolean {
  return timeClass(segment.state) === 'stop'
}

/** First look beyond a border; each further one is four times as long. */
const firstReachMs = 15 * minuteMs

/** Where the contiguous time before `atMs` begins in which `same` holds; `atMs` when it does not hold just before. */
export function reachBack(
  segments: (window: Interval) => readonly Segment[],
  atMs: EpochMs,
  limitMs: EpochMs,
  same: (segment: Segment) => boolean,
): EpochMs {
  let edgeMs = atMs
  for (let lengthMs = firstReachMs; edgeMs > limitMs; lengthMs *= 4) {
    const window = { startMs: Math.max(limitMs, edgeMs - lengthMs), endMs: edgeMs }
    const before = segments(window)
    for (let i = before.length - 1; i >= 0; i--) {
      if (!same(before[i]!)) return edgeMs
      edgeMs = before[i]!.startMs
    }
    if (edgeMs > window.startMs) return edgeMs
  }
  return edgeMs
}

/** Where the contiguous time from `atMs` on ends in which `same` holds; `atMs` when it does not hold there. */
export function reachOn(
  segments: (window: Interval) => readonly Segment[],
  atMs: EpochMs,
  limitMs: EpochMs,
  same: (segment: Segment) => boolean,
): EpochMs {
  let edgeMs = atMs
  for (let lengthMs = firstReachMs; edgeMs < limitMs; lengthMs *= 4) {
    const window = { startMs: edgeMs, endMs: Math.min(limitMs, edgeMs + lengthMs) }
    for (const segment of segments(window)) {
      if (!same(segment)) return edgeMs
      edgeMs = segment.endMs
    }
    if (edgeMs < window.endMs) return edgeMs
  }
  return edgeMs
}

/** A partition of [window.start, min(window.end, asOf)) into segments that differ from their neighbours; may be empty. */
export function buildTimeline(
  facts: LineFacts,
  rules: LineRules,
  window: Interval,
  asOfMs: EpochMs,
): Segment[] {
  return openTimeline(facts, rules, asOfMs).segments(window)
}
