import { resolve } from 'node:path'
import { EntryRefused, openRecorder } from '../../engine/recorder.ts'
import { changeStore } from '../change-store.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { plantOfData } from '../plant-file.ts'

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
  await changeStore(
    dataDir,
    'decide about the message',
    (database) => {
      const recorder = openRecorder({ database, plant, now: Date.now })
      recorder.settle(seq, { how, reason, by, device: 'command line' })
    },
    (error) => (error instanceof EntryRefused ? new HostError(`${error.message}.`) : null),
  )
  console.log(release ? `Message ${seq} counts now.` : `Message ${seq} will never count.`)
}
