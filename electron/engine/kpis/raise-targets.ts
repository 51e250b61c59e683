import { passes, type KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import type { WriteDb } from '../../../db/handles.ts'
import { readKpis } from './kpi-book.ts'
import { saveKpi } from './save-kpi.ts'

/**
 * What was locked in is what the line is expected to do from now on: KPIs of the same number take over its target as their next
 * version, where it asks for more than theirs. A target that asks for more still stays. Runs inside its caller's transaction.
 */
export function raiseTargets(
  write: WriteDb,
  { lineId, isSame, target }: { lineId: string; isSame: (kpi: KpiDefinition) => boolean; target: number },
  how: { by: string; device: string; atMs: number; action: string; reason: string },
): void {
  for (const { kpi, version } of readKpis(write, lineId)) {
    if (kpi.use !== 'kpi' || !isSame(kpi)) continue
    if (kpi.target !== null && !passes(kpi, target, kpi.target)) continue
    const saved = saveKpi(write, { lineId, kpi: { ...kpi, target }, baseVersion: version, ...how })
    if (typeof saved === 'string') throw new Error(`${kpi.id} did not take over its target: ${saved}`)
  }
}
