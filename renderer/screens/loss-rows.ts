import type { OeePart } from '../../shared/contract/board-line.ts'
import type { KpiSums } from '../../shared/domain/kpi.ts'

/** One row of the waterfall. `left` and `width` are shares 0..1 of the planned time. */
export type LossRow = {
  key: 'planned' | 'stop' | 'changeover' | 'unknown' | 'slow' | 'scrap' | 'good' | 'run'
  /** By what it is called: a negative `slow` is a gain, and called `fast`. */
  named: 'fast' | LossRow['key']
  ms: number
  /** Whole minutes; the rows add up exactly, the rounding goes to the largest loss. Negative: a gain. */
  minutes: number
  loss: boolean
  left: number
  width: number
}

const minuteMs = 60_000

/** Planned time down to good time: availability, performance, quality, in this order. */
export function lossRows(losses: NonNullable<OeePart['losses']>): LossRow[] {
  return waterfall(
    [
      ['stop', losses.stopMs],
      ['changeover', losses.changeoverMs],
      ['unknown', losses.unknownMs],
      ['slow', losses.slowMs],
      ['scrap', losses.scrapMs],
    ],
    'good',
    losses.goodMs,
  )
}

/** Without an ideal cycle time only the time itself is known: planned down to running time. */
export function timeRows(sums: KpiSums): LossRow[] {
  return waterfall(
    [
      ['stop', sums.stopMs],
      ['changeover', sums.changeoverMs],
      ['unknown', sums.unknownMs],
    ],
    'run',
    sums.runMs,
  )
}

function waterfall(
  all: readonly (readonly [LossRow['key'], number])[],
  lastKey: 'good' | 'run',
  lastMs: number,
): LossRow[] {
  const parts = all.filter(([key, ms]) => key !== 'unknown' || ms > 0)
  const plannedMs = parts.reduce((sum, [, ms]) => sum + ms, lastMs)
  const planned = Math.round(plannedMs / minuteMs)
  const last = Math.round(lastMs / minuteMs)
  const minutes = parts.map(([, ms]) => Math.round(ms / minuteMs))
  const rest = planned - last - minutes.reduce((sum, value) => sum + value, 0)
  const largest = parts.reduce((best, [, ms], index) => (ms > parts[best]![1] ? index : best), 0)
  minutes[largest] = (minutes[largest] ?? 0) + rest

  const gainMs = parts.reduce((sum, [, ms]) => sum - Math.min(0, ms), 0)
  const widest = Math.max(plannedMs + gainMs, 1)
  const rows: LossRow[] = [row('planned', plannedMs, planned, false, 0, plannedMs / widest)]
  let endMs = plannedMs
  parts.forEach(([key, ms], index) => {
    const from = Math.min(endMs, endMs - ms)
    rows.push(row(key, ms, minutes[index] ?? 0, true, from / widest, Math.abs(ms) / widest))
    endMs -= ms
  })
  rows.push(row(lastKey, lastMs, last, false, 0, lastMs / widest))
  return rows
}

function row(
  key: LossRow['key'],
  ms: number,
  minutes: number,
  loss: boolean,
  left: number,
  width: number,
): LossRow {
  const named = key === 'slow' && ms < 0 ? 'fast' : key
  return { key, named, ms, minutes, loss, left: Math.max(0, left), width: Math.max(0, Math.min(1, width)) }
}

/** The loss with the most time; only it is amber. Missing data is nobody's loss. */
export function biggestLoss(rows: readonly LossRow[]): LossRow | null {
  const losses = rows.filter((r) => r.loss && r.key !== 'unknown' && r.minutes > 0)
  return losses.sort((a, b) => b.ms - a.ms)[0] ?? null
}
