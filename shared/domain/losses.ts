import type { KpiSums } from './kpi.ts'

/**
 * OEE waterfall in milliseconds of planned production time: planned = stop + changeover + unknown + slow + scrap + good,
 * exactly. `slowMs` is negative when pieces came faster than the ideal cycle time allows ("check ideal cycle time").
 */
export type OeeLosses = {
  stopMs: number
  changeoverMs: number
  unknownMs: number
  slowMs: number
  scrapMs: number
  goodMs: number
}

/** Null when the ideal cycle time of a counted piece is unknown, or nothing was planned. */
export function oeeLosses(sums: KpiSums): OeeLosses | null {
  const { idealTotalMs, idealGoodMs } = sums
  if (idealTotalMs === null || idealGoodMs === null || sums.plannedMs === 0) return null
  return {
    stopMs: sums.stopMs,
    changeoverMs: sums.changeoverMs,
    unknownMs: sums.unknownMs,
    slowMs: sums.runMs - idealTotalMs,
    scrapMs: idealTotalMs - idealGoodMs,
    goodMs: idealGoodMs,
  }
}
