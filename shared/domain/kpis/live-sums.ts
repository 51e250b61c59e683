import type { ShiftOccurrence } from '../calendar.ts'
import type { CallFact, CountBucket, EpochMs, Interval, LineFacts } from '../facts.ts'
import { lengthOf, overlapMs } from '../intervals.ts'
import { countsIn, untilAsOf } from '../kpi.ts'
import { minuteMs, minuteOf } from '../local-time.ts'
import { shiftPlan, type ShiftPlan } from '../plan.ts'
import type { LineRules } from '../rules.ts'
import { openTimeline } from '../timeline.ts'
import { windowSums, type WindowSums } from './window-sums.ts'

/**
 * The sums of the running shift, kept up to date by what happens instead of being added up at every look. Counted pieces and
 * running time cost the same whatever the shift's age; anything else (a state, a stop reason, a changeover, a late piece of
 * another time) makes the next look add up anew. Equals `windowSums` of the same facts at every instant.
 */
export type LiveSums = {
  /** A minute of one product now stands as `after`; null: it had, or has, no pieces. */
  count: (before: CountBucket | null, after: CountBucket | null) => void
  /** Something else than pieces may have changed. */
  touch: () => void
  /** Sums of the shift up to `asOfMs`. `facts` and `calls` are those of now. */
  read: (facts: LineFacts, calls: readonly CallFact[], shift: ShiftOccurrence, asOfMs: EpochMs) => WindowSums
  /** How often the sums were added up anew, and how often they were not. */
  counters: () => { anew: number; kept: number }
}

/** What the sums were at an instant, and how they go on from there. */
type Base = {
  shift: ShiftOccurrence
  atMs: EpochMs
  sums: WindowSums
  /** The line runs: time goes on into `runMs`. */
  running: boolean
  hasStates: boolean
  /** Last piece; without states it says whether the line runs. */
  heardMs: EpochMs
  planned: readonly Interval[]
  plan: ShiftPlan | null
  /** Without product messages the newest pieces say what runs, and with it the plan; null: messages say so. */
  product: string | null
}

/** Facts of a clock that is ahead, and a silence that begins just now, count when their time has come: meanwhile nothing is kept. */
function liesAhead({ counts, states, changeovers, products, silences }: LineFacts, atMs: EpochMs): boolean {
  const newest = [states, changeovers, products].map((list) => list[list.length - 1]?.atMs ?? -Infinity)
  const begins = [counts, silences].map((list) => list[list.length - 1]?.startMs ?? -Infinity)
  return Math.max(...newest, ...begins) >= atMs
}

export function createLiveSums(rules: LineRules): LiveSums {
  let base: Base | null = null
  const counters = { anew: 0, kept: 0 }

  function begin(facts: LineFacts, calls: readonly CallFact[], shift: ShiftOccurrence, atMs: EpochMs): Base {
    counters.anew++
    const endMs = Math.min(atMs, shift.endMs)
    const timeline = openTimeline(facts, rules, atMs)
    const last = timeline.segments({ startMs: endMs - 1, endMs }).pop()
    return {
      shift,
      atMs,
      sums: windowSums(facts, rules, shift, atMs, calls),
      running:
        last?.state === 'running' && atMs < shift.endMs && atMs > shift.startMs && !liesAhead(facts, atMs),
      hasStates: facts.states.length > 0,
      heardMs: lastHeard(facts),
      planned: timeline.planned({ startMs: shift.startMs, endMs: shift.endMs }),
      plan: shiftPlan(facts, rules, shift, atMs),
      product: facts.products.length > 0 ? null : newestProduct(facts, untilAsOf(shift, atMs)),
    }
  }

  /** Whether nothing but running time and pieces can have come since. */
  function goesOn(from: Base, facts: LineFacts, shift: ShiftOccurrence, asOfMs: EpochMs): boolean {
    if (from.shift.startMs !== shift.startMs || from.shift.endMs !== shift.endMs) return false
    if (asOfMs < from.atMs || asOfMs >= shift.endMs) return false
    const heardMs = lastHeard(facts)
    if (from.hasStates) return from.running || asOfMs === from.atMs
    if (!from.running) return asOfMs === from.atMs && heardMs === from.heardMs
    return asOfMs - heardMs <= rules.runningGapMs
  }

  return {
    count(before, after) {
      if (base === null) return
      const bucket = after ?? before
      if (bucket === null) return
      if (bucket.startMs < minuteOf(base.shift.startMs)) return
      const others = base.product !== null && (bucket.product !== base.product || !hasPieces(after))
      const ahead = bucket.startMs >= base.atMs
      const known = [before, after].every((one) => !hasNoIdeal(one))
      if (!known || others || ahead || losesUnpriced(rules, before, after)) base = null
      else {
        addPieces(base, rules, before, -1)
        addPieces(base, rules, after, 1)
      }
    },
    touch() {
      base = null
    },
    read(facts, calls, shift, asOfMs) {
      if (base === null || !goesOn(base, facts, shift, asOfMs)) base = begin(facts, calls, shift, asOfMs)
      else {
        counters.kept++
        moveOn(base, asOfMs)
      }
      return { ...base.sums }
    },
    counters: () => ({ ...counters }),
  }
}

function lastHeard({ activity }: LineFacts): EpochMs {
  return activity[activity.length - 1]?.endMs ?? -Infinity
}

function newestProduct(facts: LineFacts, known: Interval): string {
  const made = countsIn(facts, known)
  return made[made.length - 1]?.product ?? ''
}

function hasPieces(bucket: CountBucket | null): boolean {
  return bucket !== null && bucket.good + bucket.scrap > 0
}

/** The scrap that made the cost unknown may be gone. */
function losesUnpriced(rules: LineRules, before: CountBucket | null, after: CountBucket | null): boolean {
  const unpriced = (one: CountBucket | null) =>
    one !== null && one.scrap !== 0 && rules.products[one.product]?.price === undefined
  return unpriced(before) && !unpriced(after)
}

/** An unknown ideal cycle time makes whole sums unknown, and they must be added up anew to become known again. */
function hasNoIdeal(bucket: CountBucket | null): boolean {
  return bucket !== null && bucket.good + bucket.scrap > 0 && bucket.idealTotalMs === null
}

function moveOn(base: Base, asOfMs: EpochMs): void {
  const { sums, planned, plan, atMs } = base
  const moreMs = overlapMs(planned, atMs, asOfMs)
  sums.plannedMs += moreMs
  sums.runMs += moreMs
  if (plan && sums.targetPieces !== null) sums.targetPieces = plan.soFar(asOfMs)
  base.atMs = asOfMs
}

function addPieces(base: Base, rules: LineRules, bucket: CountBucket | null, sign: 1 | -1): void {
  if (bucket === null) return
  const { sums, planned, plan } = base
  const pieces = bucket.good + bucket.scrap
  sums.good += sign * bucket.good
  sums.scrap += sign * bucket.scrap
  sums.rework += sign * bucket.rework
  sums.total += sign * pieces
  if (overlapMs(planned, bucket.startMs, bucket.startMs + minuteMs) === 0)
    sums.unplannedPieces += sign * pieces
  if (sums.idealTotalMs !== null) sums.idealTotalMs += sign * (bucket.idealTotalMs ?? 0)
  if (sums.idealGoodMs !== null) sums.idealGoodMs += sign * (bucket.idealGoodMs ?? 0)
  if (plan && sums.taktMs !== null) sums.taktMs += sign * (lengthOf(plan.planned) / plan.target) * pieces
  const price = rules.products[bucket.product]?.price
  if (bucket.scrap !== 0) {
    sums.scrapCost =
      sums.scrapCost === null || price === undefined ? null : sums.scrapCost + sign * bucket.scrap * price
  }
}
