import { resolve } from 'node:path'
import { defaultDataDir } from '../../shared/settings/default-data-dir.ts'
import type { DataHome } from '../../shared/settings/default-data-dir.ts'

/** What the kiosk was started with. */
export type StartOptions = {
  /** Folder that holds the line's database and this kiosk's Electron profile. Absolute. */
  dataDir: string
  /** Screens of board and touch pages, which go before those of plant.yaml; null: plant.yaml's. See `outputPattern`. */
  output: string | null
  touchOutput: string | null
  /** Arguments of the engine's process. */
  engineArgs: readonly string[]
}

/** What follows an argument, as `--name VALUE` or `--name=VALUE`; null: it is not there. */
export function valueOf(argv: readonly string[], name: string): string | null {
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at]
    if (argument === name) return argv[at + 1] ?? null
    if (argument?.startsWith(`${name}=`)) return argument.slice(name.length + 1)
  }
  return null
}

/**
 * Reads `--plant FILE`, `--data DIR`, `--demo`, `--display SCREEN` and `--touch-display SCREEN` out of Electron's command line, between which Chromium's
 * own switches may stand. Without a plant the board shows the demo plant. Everything after `--` goes to the engine as it is.
 */
export function readStartOptions(argv: readonly string[], home: DataHome): StartOptions {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const plant = valueOf(own, '--plant')
  const demo = plant === null
  const data = valueOf(own, '--data')
  const dataDir = data === null ? defaultDataDir(home, demo) : resolve(data)
  return {
    dataDir,
    output: valueOf(own, '--display'),
    touchOutput: valueOf(own, '--touch-display'),
    engineArgs: [
      ...(plant === null ? ['--demo'] : ['--plant', resolve(plant)]),
      '--data',
      dataDir,
      ...(end < 0 ? [] : argv.slice(end + 1)),
    ],
  }
}
