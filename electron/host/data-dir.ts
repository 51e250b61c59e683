import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where data lives when `--data` is not given: the user's data folder by the platform's custom. */
export function defaultDataDir(demo: boolean): string {
  const base =
    process.platform === 'win32'
      ? (process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : (process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'))
  return join(base, 'lineside', demo ? 'demo' : 'plant')
}
