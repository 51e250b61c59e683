import { resolve } from 'node:path'
import { defaultDataDir } from '../../shared/settings/default-data-dir.ts'
import type { DataHome } from '../../shared/settings/default-data-dir.ts'

/** What the kiosk was started with. */
export type StartOptions = {
  /** Folder that holds the line's database and this kiosk's Electron profile. Absolute. */
  dataDir: string
  /** Number of the display counted from the left, 1..; null: the primary one. */
  display: number | null
  /** Arguments of the engine's process. */
  engineArgs: readonly string[]
}

function valueOf(argv: readonly string[], name: string): string | null {
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at]
    if (argument === name) return argv[at + 1] ?? null
    if (argument?.startsWith(`${name}=`)) return argument.slice(name.length + 1)
  }
  return null
}

/**
 * Reads `--plant FILE`, `--data DIR`, `--demo` and `--display N` out of Electron's command line, between which Chromium's
 * own switches may stand. Without a plant the board shows the demo plant. Everything after `--` goes to the engine as it is.
 */
export function readStartOptions(argv: readonly string[], home: DataHome): StartOptions {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const plant = valueOf(own, '--plant')
  const demo = plant === null
  const data = valueOf(own, '--data')
  const dataDir = data === null ? defaultDataDir(home, demo) : resolve(data)
  const display = Number(valueOf(own, '--display'))
  return {
    dataDir,
    display: Number.isInteger(display) && display > 0 ? display : null,
    engineArgs: [
      ...(plant === null ? ['--demo'] : ['--plant', resolve(plant)]),
      '--data',
      dataDir,
      ...(end < 0 ? [] : argv.slice(end + 1)),
    ],
  }
}
