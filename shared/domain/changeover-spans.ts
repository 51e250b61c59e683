import type { ChangeoverFact, EpochMs, Interval, LineFacts, ProductRun } from './facts.ts'
import { firstAtOrAfter } from './intervals.ts'
import type { LineLevelState } from './line-states.ts'

/** A changeover that messages or product changes tell of. `endMs` is Infinity while it is open. */
export type ChangeoverSpan = Interval & { from: string | null; to: string | null }

/**
 * Changeovers that were announced. A `start` while one is open is a step of it, an `end` or `step` without a start means
 * nothing. Sorted, not overlapping.
 */
export function explicitChangeovers(facts: readonly ChangeoverFact[]): ChangeoverSpan[] {
  const spans: ChangeoverSpan[] = []
  let open: ChangeoverSpan | null = null
  for (const { atMs, event, from, to } of facts) {
    if (open === null && event === 'start') open = { startMs: atMs, endMs: Infinity, from: null, to: null }
    if (open === null) continue
    open.from ??= from ?? null
    open.to = to ?? open.to
    if (event !== 'end') continue
    open.endMs = atMs
    if (open.endMs > open.startMs) spans.push(open)
    open = null
  }
  if (open) spans.push(open)
  return spans
}

/**
 * Changeovers that the pieces tell of: from the last good piece of a product to the first good piece of the next one, open
 * while none came; scrap never ends them. A product that never made a good piece before the next one came is passed over.
 */
export function productChanges(runs: readonly ProductRun[]): (ChangeoverSpan & { atMs: EpochMs })[] {
  const spans: (ChangeoverSpan & { atMs: EpochMs })[] = []
  let producing: ProductRun | null = null
  runs.forEach((run, index) => {
    const endMs = run.firstGoodMs ?? (index === runs.length - 1 ? Infinity : null)
    if (producing && producing.lastGoodMs !== null && producing.product !== run.product && endMs !== null) {
      const { lastGoodMs: startMs, product: from } = producing
      if (endMs > startMs) spans.push({ startMs, endMs, from, to: run.product, atMs: run.atMs })
    }
    if (run.firstGoodMs !== null) producing = run
  })
  return spans
}

function touches(a: Interval, b: Interval): boolean {
  return a.startMs <= b.endMs && b.startMs <= a.endMs
}

/** Times in state changeover, sorted. `endMs` is Infinity while it holds. */
export function changeoverStates(states: readonly LineLevelState[]): Interval[] {
  const spans: Interval[] = []
  let open: Interval | null = null
  for (const { atMs, state } of states) {
    if (state === 'changeover') open ??= { startMs: atMs, endMs: Infinity }
    else if (open) {
      spans.push({ ...open, endMs: atMs })
      open = null
    }
  }
  return open ? [...spans, open] : spans
}

function changeoverStateTouches(states: readonly LineLevelState[], span: Interval): boolean {
  const first = firstAtOrAfter(states, (state) => state.atMs, span.startMs)
  if (states[first - 1]?.state === 'changeover') return true
  for (let i = first; i < states.length && states[i]!.atMs <= span.endMs; i++) {
    if (states[i]!.state === 'changeover') return true
  }
  return false
}

/** Product changes that count as changeovers: nothing announced, neither message nor state, overlaps or touches them. */
export function derivedChangeovers(facts: LineFacts, states: readonly LineLevelState[]): ChangeoverSpan[] {
  const explicit = explicitChangeovers(facts.changeovers)
  return productChanges(facts.products).filter(
    (span) => !explicit.some((one) => touches(one, span)) && !changeoverStateTouches(states, span),
  )
}
