import type { ReadDb, WriteDb } from '../handles.ts'

/** Nights that are kept. */
export const maxLintRuns = 400

/** What one night found: a text for each finding that stays the same while the finding does. */
export type LintRun = { date: string; findings: readonly string[] }

/** Newest first. */
export function readLintRuns(read: ReadDb, lineId: string, limit: number): LintRun[] {
  const rows = read
    .prepare('SELECT date, findings FROM lint_run WHERE line_id = ? ORDER BY date DESC LIMIT ?')
    .all(lineId, limit) as { date: string; findings: string }[]
  return rows.map(({ date, findings }) => ({ date, findings: JSON.parse(findings) as string[] }))
}

/** A night that was run already stays as it is; the oldest beyond the bound make room. */
export function addLintRun(write: WriteDb, lineId: string, { date, findings }: LintRun): void {
  write
    .transaction(() => {
      write
        .prepare('INSERT OR IGNORE INTO lint_run VALUES (?, ?, ?)')
        .run(lineId, date, JSON.stringify(findings))
      write
        .prepare(
          `DELETE FROM lint_run WHERE line_id = ? AND date <= (
             SELECT date FROM lint_run WHERE line_id = ? ORDER BY date DESC LIMIT 1 OFFSET ?)`,
        )
        .run(lineId, lineId, maxLintRuns)
    })
    .immediate()
}
