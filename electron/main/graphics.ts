import { rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { createLoopBreaker } from './loop-breaker.ts'
import { log } from './log.ts'

/** So many faults within the window are the driver's: the board goes on without it. */
const faultsLimit = 3
const faultsWindowMs = 60 * 60_000
/** After this time the driver gets another chance; it may have been updated. Milliseconds. */
const withoutMs = 7 * 24 * 60 * 60_000

export type Graphics = {
  /** A crash of the graphics process, or a picture that stays blank although the page is well. */
  fault: (what: string) => void
}

/**
 * Draws by the processor alone where graphics drivers keep crashing: remembered in the profile for a week, since only a new
 * start can change it. A graphics process that was killed from outside says nothing about its driver and is no fault.
 * Before `ready`.
 */
export function chooseGraphics(profileDir: string, startAgain: () => void): Graphics {
  const marker = join(profileDir, 'software-graphics')
  const sinceMs = statSync(marker, { throwIfNoEntry: false })?.mtimeMs
  const software = sinceMs !== undefined && Math.abs(Date.now() - sinceMs) < withoutMs
  if (software) {
    log('warn', 'The graphics driver kept failing: the board is drawn by the processor for a week.')
    app.disableHardwareAcceleration()
  } else {
    rmSync(marker, { force: true })
  }
  const breaker = createLoopBreaker(faultsLimit, faultsWindowMs)
  return {
    fault: (what) => {
      if (!breaker.failed(performance.now()) || software) return
      breaker.reset()
      log(
        'error',
        `Graphics failed ${faultsLimit} times within an hour (${what}). The board starts again without its driver.`,
      )
      try {
        writeFileSync(marker, '')
      } catch (error) {
        log('warn', `That could not be remembered: ${String(error)}`)
        return
      }
      startAgain()
    },
  }
}
