import Sqlite from 'better-sqlite3'

/** One statement as it was used. Times in milliseconds. */
export type LoggedQuery = { sql: string; calls: number; totalMs: number; worstMs: number; rows: number }

export type QueryLog = {
  queries: () => LoggedQuery[]
  /** Forgets what was logged so far. */
  clear: () => void
  stop: () => void
}

type Method = (...args: unknown[]) => unknown

/** Logs every statement that any connection of this process prepares from now on, and how long it runs. */
export function logQueries(): QueryLog {
  const log = new Map<string, LoggedQuery>()
  const prototype = Sqlite.prototype as unknown as { prepare: Method }
  const real = prototype.prepare
  const note = (sql: string, startedMs: number, rows: number): void => {
    const ms = performance.now() - startedMs
    const known = log.get(sql) ?? { sql, calls: 0, totalMs: 0, worstMs: 0, rows: 0 }
    known.calls += 1
    known.totalMs += ms
    known.worstMs = Math.max(known.worstMs, ms)
    known.rows = Math.max(known.rows, rows)
    log.set(sql, known)
  }
  prototype.prepare = function (this: unknown, ...given: unknown[]): unknown {
    const statement = real.apply(this, given) as Record<'get' | 'all' | 'run' | 'iterate', Method>
    const sql = String(given[0]).replace(/\s+/g, ' ').trim()
    for (const name of ['get', 'all', 'run'] as const) {
      const method = statement[name]
      statement[name] = (...args) => {
        const startedMs = performance.now()
        const result = method.apply(statement, args)
        note(sql, startedMs, Array.isArray(result) ? result.length : 1)
        return result
      }
    }
    const iterate = statement.iterate
    statement.iterate = function* (...args) {
      const startedMs = performance.now()
      let rows = 0
      try {
        for (const row of iterate.apply(statement, args) as Iterable<unknown>) {
          rows += 1
          yield row
        }
      } finally {
        note(sql, startedMs, rows)
      }
    }
    return statement
  }
  return {
    queries: () => [...log.values()],
    clear: () => log.clear(),
    stop: () => {
      prototype.prepare = real
    },
  }
}
