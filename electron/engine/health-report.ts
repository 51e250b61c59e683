import { statSync, statfsSync } from 'node:fs'
import { databaseFile } from '../../db/data-dir.ts'
import { ownCopyFile } from '../../db/open-store.ts'
import type { HealthReport, StoreHealth } from '../../shared/contract/health.ts'
import type { Ingest } from './ingest/ingest.ts'
import type { RecorderCounters } from './recorder.ts'

/** The board's own state in full, for its page; see HealthReport. */
export function healthReport(
  from: Pick<HealthReport, 'version' | 'startedMs' | 'catchingUp' | 'storeNotice' | 'kiosk'> & {
    dir: string
    counters: RecorderCounters
    ingest: Pick<Ingest, 'health' | 'storeProblem'>
  },
): HealthReport {
  const { dir, counters, ingest, ...rest } = from
  const { stored, duplicates, repeated, passedOver, retainedDropped } = counters
  const { totalResets, totalRollovers, totalSwaps, totalsLate } = counters
  return {
    ...rest,
    ...ingest.health(),
    counters: {
      stored,
      duplicates,
      repeated,
      passedOver,
      retainedDropped,
      totalResets,
      totalRollovers,
      totalSwaps,
      totalsLate,
    },
    store: storeHealth(dir),
    storeProblem: ingest.storeProblem()?.kind ?? null,
  }
}

/** Size of the store, room on its disk, age of its copy. Never throws: what can't be asked is null or 0. */
function storeHealth(dir: string): StoreHealth {
  const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const copy = statSync(ownCopyFile(dir), { throwIfNoEntry: false })
  const file = databaseFile(dir)
  return {
    storeBytes: size(file) + size(`${file}-wal`),
    freeBytes: freeBytes(dir),
    copyMs: copy === undefined ? null : Math.round(copy.mtimeMs),
  }
}

function freeBytes(dir: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dir)
    return bavail * bsize
  } catch {
    return null
  }
}
