import type { CurrentChangeover } from '../../../shared/contract/board-line.ts'

/** Without planned steps the bar reaches this far beyond the target, and as far as the time spent. */
const barShare = 1.5

/** Time spent and target on one bar, shares 0..1: never cut, however far beyond the target. */
export function timeBar(targetMs: number, spentMs: number): { fill: number; notch: number } {
  const full = Math.max(targetMs * barShare, spentMs)
  return { fill: spentMs / full, notch: targetMs / full }
}

/**
 * The changeover's bar, shares 0..1. With planned steps the fill is the work done and the notch where it should be by now; the
 * present step counts up to its planned time. Without, the fill is the time spent and the notch the target. Null: no target.
 */
export function changeoverBar(
  { steps, startMs }: CurrentChangeover,
  targetMs: number | null,
  spentMs: number,
): { fill: number; notch: number } | null {
  if (targetMs === null) return null
  const planned = steps.map((step) => ({ ...step, plannedMs: step.plannedMs ?? 0 }))
  const allMs = planned.reduce((sum, step) => sum + step.plannedMs, 0)
  if (allMs === 0) return timeBar(targetMs, spentMs)
  const doneMs = planned.reduce((sum, step) => {
    if (step.startMs === null) return sum
    if (step.endMs !== null) return sum + step.plannedMs
    return sum + Math.min(step.plannedMs, startMs + spentMs - step.startMs)
  }, 0)
  return { fill: doneMs / allMs, notch: Math.min(1, spentMs / targetMs) }
}
