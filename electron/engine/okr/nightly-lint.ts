import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import { addLintRun, type LintRun, readLintRuns } from '../../../db/queries/lint-runs.ts'
import type { LintFinding } from '../../../shared/domain/okr/lint.ts'
import { localDateAt, localTimeAt } from '../../../shared/domain/local-time.ts'

/** Local time from which a night's run is made: between late and early shift. */
export const lintTime = '03:00'
/** Nights that are looked back for how long a finding has stood. */
const nightsBack = 120

export type NightlyLint = {
  /** Runs the rules once a night; to be called every so often. */
  look: (lineId: string, nowMs: number, find: () => readonly LintFinding[]) => void
  /** The first night in an unbroken row that found it; null: the last night did not. */
  foundSince: (lineId: string, finding: LintFinding) => string | null
}

export function createNightlyLint(database: { read: ReadDb; write: WriteDb }, timeZone: string): NightlyLint {
  const known = new Map<string, readonly LintRun[]>()
  const runsOf = (lineId: string): readonly LintRun[] => {
    let runs = known.get(lineId)
    if (runs === undefined) known.set(lineId, (runs = readLintRuns(database.read, lineId, nightsBack)))
    return runs
  }
  return {
    look(lineId, nowMs, find) {
      const date = localDateAt(timeZone, nowMs)
      const newest = runsOf(lineId)[0]?.date ?? ''
      if (newest >= date || localTimeAt(timeZone, nowMs) < lintTime) return
      addLintRun(database.write, lineId, { date, findings: find().map(keyOf) })
      known.delete(lineId)
    },
    foundSince(lineId, finding) {
      const key = keyOf(finding)
      let since: string | null = null
      for (const { date, findings } of runsOf(lineId)) {
        if (!findings.includes(key)) break
        since = date
      }
      return since
    },
  }
}

function keyOf({ rule, subject, name }: LintFinding): string {
  return `${rule} ${subject ?? name}`
}
