import { openReadonly } from '../../../db/open-database.ts'
import { readTallies } from '../../../db/queries/line-state.ts'
import { compareWithRebuild } from '../../../db/rebuild.ts'
import { recordingRules } from '../../../electron/engine/model/line-setup.ts'
import { faultPlant } from './fault-load.ts'
import type { LoadMessage } from './fault-load.ts'

/** What the store says after a fault run. All but `rows` must be nothing. */
export type Verdict = {
  lost: number
  double: number
  /** Stored, but never published. */
  unknown: number
  rejected: number
  /** Reasons of some of the rejected ones. */
  reasons: string[]
  /** Lines whose pieces do not add up to what was published. */
  wrongSums: string[]
  /** Lines whose live model differs from the rebuilt one. */
  models: string[]
  /** Roll-up rows that differ from those rebuilt out of the raw readings, and how many were compared. */
  differences: string[]
  rows: number
  integrity: string
}

type Sums = Readonly<Record<'good' | 'scrap', ReadonlyMap<string, number>>>

export function judgeStore(
  file: string,
  published: readonly LoadMessage[],
  sums: Sums,
  models: string[],
): Verdict {
  const { read: db, close } = openReadonly({ file })
  try {
    const left = new Map<string, number>()
    for (const { topic, body } of published) {
      const key = `${topic} ${body}`
      left.set(key, (left.get(key) ?? 0) + 1)
    }
    let double = 0
    let unknown = 0
    const rows = db
      .prepare<[], { line: string; kind: string; body: string }>(
        'SELECT line, kind, body FROM reading JOIN series ON series.id = reading.series',
      )
      .all()
    for (const { line, kind, body } of rows) {
      // Not a message: pieces that a late running total puts into another minute. The sums tell whether they are right.
      if (body.startsWith('{"because":')) continue
      const key = `lineside/v1/${line}/${kind} ${body}`
      const count = left.get(key)
      if (count === undefined) unknown++
      else if (count === 0) double++
      else left.set(key, count - 1)
    }
    const lost = [...left.values()].reduce((sum, count) => sum + count, 0)
    const verdict: Verdict = {
      lost,
      double,
      unknown,
      rejected: readTallies(db).get('rejected') ?? 0,
      reasons: db
        .prepare<[], { reason: string }>('SELECT DISTINCT reason FROM dead_letter LIMIT 3')
        .all()
        .map(({ reason }) => reason),
      wrongSums: [],
      models,
      differences: [],
      rows: 0,
      integrity: String(db.pragma('integrity_check', { simple: true })),
    }
    const total = db.prepare<[string], { good: number; scrap: number }>(
      "SELECT sum(good) AS good, sum(scrap) AS scrap FROM count_rollup WHERE level = 'minute' AND line = ?",
    )
    for (const line of faultPlant('mqtt://127.0.0.1:1').lines) {
      const stored = total.get(line.id)
      for (const what of ['good', 'scrap'] as const) {
        const wanted = sums[what].get(line.id)
        if (stored?.[what] !== wanted)
          verdict.wrongSums.push(`${line.id} ${what} ${stored?.[what]}, not ${wanted}`)
      }
      const report = compareWithRebuild(db, line.id, recordingRules(line, 'Europe/Berlin'))
      verdict.rows += report.rows
      verdict.differences.push(...report.differences)
    }
    return verdict
  } finally {
    close()
  }
}
