import type { OpenDatabase } from '../../db/open-database.ts'
import { minutesKeptFrom, rawKeptFrom } from '../../db/queries/memo.ts'
import { oldestMinute, oldestReading } from '../../db/queries/oldest.ts'
import { floorTo, hourMs } from '../../db/rollup-delta.ts'
import { retentionWriter } from '../../db/writers/retention-writer.ts'
import type { Cutoffs } from '../../db/writers/retention-writer.ts'
import { valueThinner } from '../../db/writers/value-thinner.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { Plant } from '../../shared/settings/plant.ts'

/** Between two looks for what may go. Milliseconds. */
export const retentionIntervalMs = 600_000
/** Rows of each kind that one transaction deletes, at most and at least; as many as take about `chunkMs`. */
export const retentionChunk = 1_000
const leastChunk = 20
/** No commit shall wait much longer than this for a chunk, on a slow disk neither. Milliseconds. */
export const chunkMs = 25
/** Of the time, at most one part in so many goes into deleting. */
const restRatio = 4
/** Least wait between two chunks. Milliseconds. */
const leastRestMs = 10
/** So much is let go in one look, three days in an hour: a clock that jumps ahead does not empty the store. Milliseconds. */
export const retentionStepMs = 12 * hourMs
const dayMs = 24 * hourMs

export type RetentionOptions = {
  database: OpenDatabase
  keep: Plant['retention']
  now: () => EpochMs
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** Lets go of old readings and minutes, and joins old reported values, a few at a time between the commits of what comes in. */
export type Retention = {
  start: () => void
  stop: () => void
  counters: () => { deleted: number; chunks: number; failed: number }
}

/** Rows of the next chunk: `rows` took `tookMs`. It shrinks at once, and grows at most by half. */
export function nextChunk(rows: number, tookMs: number): number {
  const fitting = Math.floor(rows * Math.min(1.5, chunkMs / Math.max(tookMs, 0.1)))
  return Math.min(retentionChunk, Math.max(leastChunk, fitting))
}

export function createRetention(options: RetentionOptions): Retention {
  const { database, keep, now, log } = options
  const writer = retentionWriter(database.write)
  const thinner = valueThinner(database.write)
  const counters = { deleted: 0, chunks: 0, failed: 0 }
  let timer: NodeJS.Timeout | null = null
  let failing = false
  let chunk = retentionChunk / 4

  function look(): void {
    step(cutoffs(database, keep, now()))
  }

  function step(olderThan: Cutoffs): void {
    const startedMs = performance.now()
    let waitMs = retentionIntervalMs
    try {
      const deleted = writer.prune(olderThan, chunk)
      const tookMs = performance.now() - startedMs
      if (deleted > 0) chunk = nextChunk(chunk, tookMs)
      const joined = deleted > 0 ? 0 : thinValues(olderThan)
      counters.deleted += deleted
      counters.chunks += 1
      failing = false
      if (deleted + joined > 0) waitMs = Math.max(leastRestMs, restRatio * (performance.now() - startedMs))
    } catch (error) {
      counters.failed += 1
      if (!failing) log('warn', `Old readings could not be deleted, which is tried again: ${String(error)}`)
      failing = true
    }
    timer = setTimeout(waitMs < retentionIntervalMs ? () => step(olderThan) : look, waitMs)
  }

  const thinValues = ({ rawMs, minutesMs }: Cutoffs): number =>
    thinner.thin('minute', rawMs) || thinner.thin('hour', minutesMs)

  return {
    start: () => {
      timer ??= setTimeout(look, leastRestMs)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
    counters: () => ({ ...counters }),
  }
}

/** How far may be deleted now: what is past its time, but not more than a step beyond what was let go before. */
function cutoffs({ read }: OpenDatabase, keep: Plant['retention'], nowMs: EpochMs): Cutoffs {
  const advance = (keptFromMs: EpochMs, oldestMs: EpochMs | null, days: number): EpochMs => {
    const wantedMs = nowMs - days * dayMs
    const fromMs = Math.max(keptFromMs, oldestMs ?? wantedMs)
    return Math.max(keptFromMs, Math.min(wantedMs, fromMs + retentionStepMs))
  }
  return {
    rawMs: advance(rawKeptFrom(read), oldestReading(read), keep.rawDays),
    minutesMs: floorTo(advance(minutesKeptFrom(read), oldestMinute(read), keep.minuteDays), hourMs),
  }
}
