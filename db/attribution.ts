import type { EpochMs, ProductRun } from '../shared/domain/facts.ts'
import { idealCycleAt, type LineRules } from '../shared/domain/rules.ts'
import { lineRules } from '../shared/settings/line-rules.ts'
import type { LineSettings } from '../shared/settings/line.ts'

/** Pieces that one message or entry reports, before anybody says which product they are. */
export type Pieces = {
  atMs: EpochMs
  good: number
  scrap: number
  rework: number
  /** Named in the message itself; null: the product that ran at the time. */
  product: string | null
}

export type Attributed = {
  product: string
  /** Ideal cycle time, microseconds; null: unknown. */
  idealUs: number | null
  /** The run whose first and last good piece these may be. */
  run: ProductRun | null
}

export type AttributionRules = Pick<LineRules, 'products'> & { defaultProduct: string | null }

export function attributionRules(line: LineSettings, timeZone: string): AttributionRules {
  return { products: lineRules(line, timeZone).products, defaultProduct: line.defaultProduct ?? null }
}

/** The run at an instant: the last at or before it. `runs` sorted by time. */
export function runAt(runs: readonly ProductRun[], atMs: EpochMs): ProductRun | null {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[middle]!.atMs <= atMs) low = middle + 1
    else high = middle
  }
  return runs[low - 1] ?? null
}

/**
 * Whose pieces they are: the product named in the message, else the one running at the time, else the line's default,
 * else ''. The run's own ideal cycle time goes before the product's.
 */
export function attribute(pieces: Pieces, runs: readonly ProductRun[], rules: AttributionRules): Attributed {
  const run = runAt(runs, pieces.atMs)
  const product = pieces.product ?? run?.product ?? rules.defaultProduct ?? ''
  const own = run !== null && run.product === product ? run : null
  const idealMs = own?.idealCycleMs ?? idealCycleAt(rules.products[product], pieces.atMs)
  return { product, idealUs: idealMs === null ? null : Math.round(idealMs * 1000), run: own }
}
