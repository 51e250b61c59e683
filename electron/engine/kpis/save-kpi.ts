import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { readDecisions, saveDecision } from '../../../db/queries/decisions.ts'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import type { PlantSeed } from '../../../shared/settings/seed.ts'

/** KPIs, metrics and data of one line. */
export const maxKpis = 60

export type KpiRefused = 'conflict' | 'too many'

/**
 * Stores a KPI as its next version, with its audit row. `baseVersion`: the one that was edited, null for a new KPI. `conflict`:
 * somebody saved another version in between.
 */
export function saveKpi(
  write: WriteDb,
  given: {
    lineId: string
    kpi: KpiDefinition
    baseVersion: number | null
    by: string
    device: string
    atMs: number
    /** Call of the audit entry, and what else it tells. */
    action?: string
    reason?: string
  },
): { version: number } | KpiRefused {
  const { lineId, kpi, baseVersion, by, device, atMs, action = 'saveKpi', reason } = given
  if (baseVersion === null && readDecisions(write, lineId, 'kpi').length >= maxKpis) return 'too many'
  return (
    saveDecision(
      write,
      { line: lineId, kind: 'kpi', id: kpi.id, after: baseVersion, body: kpi },
      { atMs, by, device, action, reason },
    ) ?? 'conflict'
  )
}

/** Takes over plant.yaml's KPIs when the store has none of the line. True when it did. */
export function seedKpis(
  database: { read: ReadDb; write: WriteDb },
  seed: PlantSeed | undefined,
  atMs: number,
): boolean {
  const lines = new Map<string, KpiDefinition[]>()
  for (const { line, ...kpi } of seed?.kpis ?? []) lines.set(line, [...(lines.get(line) ?? []), kpi])
  let taken = false
  for (const [lineId, kpis] of lines) {
    if (readDecisions(database.read, lineId, 'kpi').length > 0) continue
    database.write.transaction(() => {
      for (const kpi of kpis) {
        saveKpi(database.write, { lineId, kpi, baseVersion: null, by: 'plant.yaml', device: '', atMs })
      }
    })()
    taken = true
  }
  return taken
}
