import { homedir } from 'node:os'
import { defaultDataDir as dataDirOf } from '../../shared/settings/default-data-dir.ts'

/** Where data lives when `--data` is not given. */
export function defaultDataDir(demo: boolean): string {
  return dataDirOf({ env: process.env, platform: process.platform, home: homedir() }, demo)
}
