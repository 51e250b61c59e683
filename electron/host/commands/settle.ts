import { resolve } from 'node:path'
import { databaseFile } from '../../../db/data-dir.ts'
import { openDatabase } from '../../../db/open-database.ts'
import { EntryRefused, openRecorder } from '../../engine/recorder.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { lockWithoutBoard } from '../lock-without-board.ts'
import { plantOfData } from '../plant-file.ts'
import { storeFailure } from '../store-failure.ts'

export type SettleOptions = {
  data: string
  release?: boolean
  discard?: boolean
  reason: string
  by: string
}

/** `lineside settle`: a decision about a quarantined message, while no board runs on the folder. */
export async function settle(seq: number, options: SettleOptions): Promise<void> {
  const { release = false, discard = false, reason, by } = options
  if (release === discard) throw new HostError('Say what to do with it: give --release or --discard.')
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, undefined)
  const how = release ? 'release' : 'discard'
  try {
    const lock = lockWithoutBoard(dataDir, 'decide about the message')
    try {
      const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
      const database = openDatabase({ file: databaseFile(dataDir), nativeBinding })
      try {
        const recorder = openRecorder({ database, plant, now: Date.now })
        recorder.settle(seq, { how, reason, by, device: 'command line' })
      } finally {
        database.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    if (error instanceof EntryRefused) throw new HostError(`${error.message}.`)
    throw storeFailure(error, dataDir)
  }
  console.log(release ? `Message ${seq} counts now.` : `Message ${seq} will never count.`)
}
