import type { ShiftCalendar } from './calendar.ts'

export type ProductRule = {
  id: string
  name: string
  idealCycleMs: number | null
  /** What a scrapped piece costs, in the plant's currency; undefined: not known. */
  price?: number
}

/** How one line is judged. Comes from plant.yaml; see shared/settings. */
export type LineRules = {
  calendar: ShiftCalendar
  /** By id; an object without prototype, since an id may be any word. */
  products: Readonly<Record<string, ProductRule>>
  /** A stop shorter than this is a micro-stop. Milliseconds. */
  microStopMs: number
  /** Without a state signal the line runs while pieces are at most this far apart: max(3 x ideal cycle, 60 s). */
  runningGapMs: number
  /** Share of the ideal rate that is planned when neither order nor calendar gives a target. 0..1. */
  planFactor: number
}
