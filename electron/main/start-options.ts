import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

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

/** Where data lives when `--data` is not given: the user's data folder by the platform's custom. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, demo: boolean): string {
  const base =
    platform === 'win32'
      ? (env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : (env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'))
  return join(base, 'lineside', demo ? 'demo' : 'plant')
}

/**
 * Reads `--plant FILE`, `--data DIR`, `--demo` and `--display N` out of Electron's command line, between which Chromium's
 * own switches may stand. Without a plant the board shows the demo plant. Everything after `--` goes to the engine as it is.
 */
export function readStartOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): StartOptions {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const plant = valueOf(own, '--plant')
  const demo = plant === null
  const data = valueOf(own, '--data')
  const dataDir = data === null ? defaultDataDir(env, platform, demo) : resolve(data)
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
