import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { log } from '../log.ts'

/** Asked so often. Milliseconds. */
const askEveryMs = 1_000
/** A new version that shows the board for so long holds. */
const holdsAfter = 10
/** One that is in trouble for so long does not. */
const failsAfter = 20
/** Nor one that shows neither in this time; a migration of years of data is one long step. Milliseconds. */
const limitMs = 1_200_000

/**
 * The first minutes of a new version under `lineside-launch`: when it holds, its trial is over; when it does not, `onFailed` ends
 * the kiosk, and the launcher takes the version before after the second time.
 */
export function superviseTrial(options: {
  /** LINESIDE_INSTALL: set by the launcher. */
  root: string | undefined
  isWell: () => boolean
  isInTrouble: () => boolean
  onFailed: () => void
}): { stop: () => void } {
  const trial = join(options.root ?? '', 'trial')
  if (options.root === undefined || !existsSync(trial)) return { stop: () => {} }
  log('info', 'This version is on trial.')
  const startMs = performance.now()
  let well = 0
  let troubled = 0
  const timer = setInterval(() => {
    well = options.isWell() ? well + 1 : 0
    troubled = options.isInTrouble() ? troubled + 1 : 0
    if (well >= holdsAfter) {
      clearInterval(timer)
      rmSync(trial, { force: true })
      log('info', 'This version holds: its trial is over.')
    } else if (troubled >= failsAfter || performance.now() - startMs > limitMs) {
      clearInterval(timer)
      log('error', 'This version does not hold.')
      options.onFailed()
    }
  }, askEveryMs)
  return { stop: () => clearInterval(timer) }
}
