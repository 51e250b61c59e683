import type { StopEntry } from '../kpi.ts'

/** Stop time and stops by what they mean to ISO 22400-2; each part of `KpiSums.stopMs`. Milliseconds of planned time. */
export type StopSums = {
  /** In state `idle` or `off`: available, but not running with an order (ADOT). */
  idleMs: number
  /** Of failures: the line itself `stopped`, for longer than a micro-stop. */
  failureMs: number
  failureCount: number
  /** Longer than a micro-stop, and neither a reason nor the state (waiting, maintenance, break) says why. */
  unexplainedMs: number
}

const outOfOrderStates: readonly string[] = ['idle', 'off']
const unspecificStates: readonly string[] = ['stopped', 'idle', 'off']

/** The stops that begin in their window: a stop over a border then counts once, in the window in which it began. */
export function stopsBegun(stops: readonly StopEntry[]): StopEntry[] {
  return stops.filter((stop) => stop.startedMs === stop.startMs)
}

/** `begun`: those of `stops` that begin in the window. */
export function stopSums(stops: readonly StopEntry[], begun: readonly StopEntry[]): StopSums {
  const sums = { idleMs: 0, failureMs: 0, failureCount: 0, unexplainedMs: 0 }
  for (const stop of stops) {
    if (outOfOrderStates.includes(stop.state)) sums.idleMs += stop.durationMs
    if (isFailure(stop)) sums.failureMs += stop.durationMs
    if (!stop.micro && stop.reason === null && unspecificStates.includes(stop.state)) {
      sums.unexplainedMs += stop.durationMs
    }
  }
  sums.failureCount = begun.filter(isFailure).length
  return sums
}

function isFailure(stop: StopEntry): boolean {
  return stop.state === 'stopped' && !stop.micro
}
