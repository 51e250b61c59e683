import type { EpochMs } from '../shared/domain/facts.ts'

export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
export const rollupLevels = ['minute', 'hour', 'shift'] as const
export type RollupLevel = (typeof rollupLevels)[number]

/** What is added to one row of the count roll-up. Ideal sums in microseconds; `noIdeal`: pieces without a known ideal. */
export type CountDelta = {
  startMs: EpochMs
  product: string
  good: number
  scrap: number
  rework: number
  idealTotalUs: number
  idealGoodUs: number
  noIdeal: number
}

export type ScrapDelta = { startMs: EpochMs; reason: string; detected: 'internal' | 'customer'; qty: number }

/** Start of the shift of a UTC minute, or null outside all shifts. */
export type ShiftLookup = (minuteStartMs: EpochMs) => EpochMs | null

export function floorTo(atMs: EpochMs, stepMs: number): EpochMs {
  return Math.floor(atMs / stepMs) * stepMs
}

/** Adds up deltas of the same row, so that each row is written once per transaction. */
export type DeltaSheet = {
  /** The row of a minute and product, to be added to. */
  count: (startMs: EpochMs, product: string) => CountDelta
  addCount: (delta: CountDelta) => void
  addScrap: (delta: ScrapDelta) => void
  counts: () => CountDelta[]
  scraps: () => ScrapDelta[]
}

export function deltaSheet(): DeltaSheet {
  const counts = new Map<EpochMs, Map<string, CountDelta>>()
  const scraps = new Map<string, ScrapDelta>()
  let last: CountDelta | null = null
  const count = (startMs: EpochMs, product: string): CountDelta => {
    if (last !== null && last.startMs === startMs && last.product === product) return last
    let products = counts.get(startMs)
    if (!products) counts.set(startMs, (products = new Map()))
    let row = products.get(product)
    if (!row) {
      row = { startMs, product, good: 0, scrap: 0, rework: 0, idealTotalUs: 0, idealGoodUs: 0, noIdeal: 0 }
      products.set(product, row)
    }
    return (last = row)
  }
  return {
    count,
    addCount: (delta) => {
      const row = count(delta.startMs, delta.product)
      row.good += delta.good
      row.scrap += delta.scrap
      row.rework += delta.rework
      row.idealTotalUs += delta.idealTotalUs
      row.idealGoodUs += delta.idealGoodUs
      row.noIdeal += delta.noIdeal
    },
    addScrap: (delta) => {
      const key = `${delta.startMs}/${delta.detected}/${delta.reason}`
      const row = scraps.get(key)
      if (row) row.qty += delta.qty
      else scraps.set(key, { ...delta })
    },
    counts: () => [...counts.values()].flatMap((products) => [...products.values()]),
    scraps: () => [...scraps.values()],
  }
}

/** The same pieces seen by hours or shifts; those outside all shifts are left out of the shift level. */
export function coarser(
  minutes: { counts: readonly CountDelta[]; scraps: readonly ScrapDelta[] },
  level: 'hour' | 'shift',
  shiftOf: ShiftLookup,
): DeltaSheet {
  const sheet = deltaSheet()
  const startOf = (startMs: EpochMs): EpochMs | null =>
    level === 'hour' ? floorTo(startMs, hourMs) : shiftOf(startMs)
  for (const delta of minutes.counts) {
    const startMs = startOf(delta.startMs)
    if (startMs !== null) sheet.addCount({ ...delta, startMs })
  }
  for (const delta of minutes.scraps) {
    const startMs = startOf(delta.startMs)
    if (startMs !== null) sheet.addScrap({ ...delta, startMs })
  }
  return sheet
}
