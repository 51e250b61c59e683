import { readReportedValues } from '../../db/queries/values.ts'
import type { ReadDb } from '../../db/handles.ts'
import { historySpanMs } from './history.ts'
import type { ReportedValues } from './key-result-feed.ts'

/** The reported values of a line. `known`: the same object until another one comes; they are read again only then. */
export type ReadValues = (lineId: string, known: object, nowMs: number) => ReportedValues

export function createReportedValues(read: ReadDb): ReadValues {
  const lines = new Map<string, { known: object; values: ReportedValues }>()
  return (lineId, known, nowMs) => {
    const last = lines.get(lineId)
    if (last?.known === known) return last.values
    const window = { startMs: nowMs - historySpanMs, endMs: nowMs + 1 }
    const values = readReportedValues(read, lineId, window)
    lines.set(lineId, { known, values })
    return values
  }
}
