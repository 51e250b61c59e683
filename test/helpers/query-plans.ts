import type { ReadDb } from '../../db/handles.ts'

/** Tables that grow with time or with what happens: none may be read from end to end on the way to a screen. */
const growing =
  /^(SCAN|SEARCH) (reading|message_id|fact|product_run|activity|silence|count_rollup|scrap_rollup|shift_result|entry|dead_letter|audit|check_in)\b/

/**
 * What is wrong with the plan of a statement, as SQLite would run it: a growing table read from end to end (also along an
 * index), or an index made for the one statement. Parameters are left empty: SQLite's plan does not depend on them.
 */
export function planProblems(db: ReadDb, sql: string): string[] {
  const names = new Set([...sql.matchAll(/@(\w+)/g)].map(([, name]) => name!))
  const places = sql.split('?').length - 1
  const values =
    names.size > 0 ? [Object.fromEntries([...names].map((name) => [name, null]))] : Array(places).fill(null)
  const steps = db
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map(({ detail }) => detail)
  // Without a condition and already in its order, a scan ends with its limit.
  const ends = /^SELECT (?!.*\b(WHERE|JOIN|count|sum|max|min)\b).* ORDER BY .* LIMIT \S+$/i.test(sql)
  if (ends && !steps.some((detail) => detail.includes('TEMP B-TREE'))) return []
  return steps.filter((detail) => {
    const [, how] = growing.exec(detail) ?? []
    return how === 'SCAN' || /AUTOMATIC/.test(detail)
  })
}
