import { execFileSync } from 'node:child_process'
import { mkdtempSync, openSync, rmSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BoardRig } from '../helpers/board-rig.ts'

export function noSettableClock(): string | null {
  try {
    execFileSync('cc', ['--version'], { stdio: 'ignore' })
    return process.platform === 'linux' ? null : 'only Linux preloads a library'
  } catch {
    return 'there is no C compiler'
  }
}

/** A device's clock that can be set while its board runs; the time that only counts on stays true. */
export type DeviceClock = { env: Record<string, string>; setS: (offsetS: number) => void; remove: () => void }

/** `set-clock.c` around all of Electron. libfaketime is no help here: Chromium hardly gets on under its locks. */
export function deviceClock(offsetS = 0): DeviceClock {
  const dir = mkdtempSync(join(tmpdir(), 'lineside-clock-'))
  const library = join(dir, 'set-clock.so')
  execFileSync('cc', [
    '-shared',
    '-fPIC',
    '-O2',
    '-o',
    library,
    join(import.meta.dirname, 'set-clock.c'),
    '-ldl',
  ])
  const shift = join(dir, 'shift')
  const file = openSync(shift, 'w')
  const setS = (seconds: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(Math.round(seconds))
    writeSync(file, bytes, 0, 8, 0)
  }
  setS(offsetS)
  return {
    env: { LD_PRELOAD: library, CLOCK_SHIFT_FILE: shift },
    setS,
    remove: () => {
      closeSync(file)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Seconds from now to 10:00 in the rig's plant, in the middle of its day shift. */
export function tenOClockS(): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date())
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return 10 * 3_600 - (of('hour') * 3_600 + of('minute') * 60 + of('second'))
}

/** Publishes pieces until the board counts them up, whatever it said before. Milliseconds from now on. */
export async function untilCounting(rig: BoardRig, limitMs: number): Promise<number> {
  const startMs = performance.now()
  const made = async () => {
    const text = await rig.text().catch(() => '')
    const found = /Made\n([\d\s]+)\n/u.exec(text)?.[1]
    return found === undefined ? null : Number(found.replace(/\s/gu, ''))
  }
  let before = await made()
  while (performance.now() - startMs < limitMs) {
    await rig.plant.count({ good: 7 })
    for (let look = 0; look < 30; look++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      const now = await made()
      if (now !== null && before !== null && now === before + 7)
        return Math.round(performance.now() - startMs)
    }
    before = await made()
  }
  throw new Error(`The board does not count within ${limitMs} ms and says: ${await rig.text()}`)
}
