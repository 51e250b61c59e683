import type { OpenStore } from '../../db/open-store.ts'
import type { StoreNotice } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { createDiskWatch } from './disk-watch.ts'
import { isDamage } from './model/store-error.ts'
import type { Recorder } from './recorder.ts'
import { createRetention } from './retention.ts'
import { createSetAsideNotice, noteSetAside, setAsideText } from './set-aside-notice.ts'
import { createStoreCopies } from './store-copies.ts'

export type StoreCareOptions = {
  dir: string
  store: OpenStore
  plant: Plant
  memo: Recorder['memo']
  now: () => EpochMs
  nativeBinding: string | undefined
  /** The notice changed. */
  onChange: () => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** Everything that keeps the store in order while the engine runs: retention, copies, room on the disk. */
export type StoreCare = {
  start: () => void
  stop: () => Promise<void>
  /** What whoever looks after the board should know; null: all is well. */
  notice: () => StoreNotice | null
  /** The same function, which also takes note when SQLite finds damage. */
  watched: (record: Recorder['record']) => Recorder['record']
}

export function createStoreCare(options: StoreCareOptions): StoreCare {
  const { dir, store, plant, memo, now, onChange, log, nativeBinding } = options
  const retention = createRetention({ database: store.database, keep: plant.retention, now, log })
  const { everyHours } = plant.copy
  const copies = createStoreCopies({ dir, everyHours, now, nativeBinding, onChange, log })
  const disk = createDiskWatch({ dir, onChange, log })
  if (store.setAside !== null) {
    noteSetAside(memo, store.setAside)
    log('error', setAsideText(store.setAside))
  }
  const setAsideNotice = createSetAsideNotice(memo, dir)

  return {
    start: () => {
      retention.start()
      copies.start()
      disk.start()
    },
    stop: async () => {
      retention.stop()
      await copies.stop()
      await disk.stop()
    },
    notice: () => disk.notice() ?? copies.notice() ?? setAsideNotice(),
    watched: (record) => (batch, how) => {
      try {
        record(batch, how)
      } catch (error) {
        if (isDamage(error)) copies.foundDamage()
        throw error
      }
    },
  }
}
