import type { ShiftCalendar } from './calendar.ts'
import type { EpochMs } from './facts.ts'
import type { CellRules } from './line-states.ts'

export type ProductRule = {
  id: string
  name: string
  /** Until the first change; null: unknown. */
  idealCycleMs: number | null
  /** By time. Pieces made before a change keep the ideal cycle time of then. */
  changes: readonly { fromMs: EpochMs; idealCycleMs: number }[]
  /** What a scrapped piece costs, in the plant's currency; undefined: not known. */
  price?: number
}

/** The ideal cycle time of a product at an instant, milliseconds; null: unknown, or no such product. */
export function idealCycleAt(product: ProductRule | undefined, atMs: EpochMs): number | null {
  if (product === undefined) return null
  let cycleMs = product.idealCycleMs
  for (const change of product.changes) if (change.fromMs <= atMs) cycleMs = change.idealCycleMs
  return cycleMs
}

/** How one line is judged. Comes from plant.yaml; see shared/settings. */
export type LineRules = {
  calendar: ShiftCalendar
  /** How the states of cells become the line's; null: the line's own states go before those of its cells. */
  cells: CellRules | null
  /** By id; an object without prototype, since an id may be any word. */
  products: Readonly<Record<string, ProductRule>>
  /** A stop shorter than this is a micro-stop. Milliseconds. */
  microStopMs: number
  /** Without a state signal the line runs while pieces are at most this far apart: max(3 x ideal cycle, 60 s). */
  runningGapMs: number
  /** Share of the ideal rate that is planned when neither order nor calendar gives a target. 0..1. */
  planFactor: number
}
