import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { unknownDrives } from '../../../shared/settings/kpi-file.ts'
import type { WriteDb } from '../../../db/handles.ts'
import { CallFailure } from '../call-failure.ts'
import type { TakenOver } from '../okr/take-over.ts'
import { readKpis } from './kpi-book.ts'
import { maxKpis, saveKpi } from './save-kpi.ts'

/**
 * KPIs of a file become those of a line, all or none: new ids are made, of known ones the next version is what the file says. What
 * the file does not name stays. Throws CallFailure for KPIs that the line can't have.
 */
export function takeOverKpis(
  write: WriteDb,
  { lineId, kpis }: { lineId: string; kpis: readonly KpiDefinition[] },
  how: { by: string; device: string; atMs: number; action: string; reason: string },
): TakenOver {
  const count: TakenOver = { created: 0, changed: 0, same: 0 }
  const run = write.transaction(() => {
    const known = new Map(readKpis(write, lineId).map((stored) => [stored.kpi.id, stored]))
    const problems = unknownDrives(kpis, [...known.keys()])
    if (problems.length > 0) throw new CallFailure('bad-input', `${problems.join('; ')}.`)
    for (const kpi of kpis) {
      const earlier = known.get(kpi.id)
      if (earlier !== undefined && isSame(earlier.kpi, kpi)) {
        count.same++
        continue
      }
      const saved = saveKpi(write, { lineId, kpi, baseVersion: earlier?.version ?? null, ...how })
      if (saved === 'too many') {
        throw new CallFailure('not-allowed', `Line ${lineId} would have more than ${maxKpis} KPIs and data.`)
      }
      if (saved === 'conflict') throw new Error(`${kpi.id} changed inside its own transaction`)
      if (earlier === undefined) count.created++
      else count.changed++
    }
  })
  run.immediate()
  return count
}

function isSame(one: KpiDefinition, other: KpiDefinition): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof KpiDefinition>
  return [...keys].every((key) => sortedText(one[key]) === sortedText(other[key]))
}

/** The same text whatever the order of keys, which the row of a file does not keep. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}
