import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'vitest'

/** Real parts that some tests need and that npm does not bring. */
export type Part =
  | 'mosquitto'
  | 'mosquitto_pub'
  | 'openssl'
  | 'chromium'
  | 'electron'
  | 'Xvfb'
  | 'openbox'
  | 'xrandr'
  | 'python3'
  | 'systemd-notify'
  | 'tesseract'
  | 'gcc'
  | 'pdfinfo'
  | 'pdftotext'
  | 'pdftoppm'

function onPath(...names: string[]): string | null {
  for (const name of names) {
    for (const dir of [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']) {
      if (dir && existsSync(join(dir, name))) return join(dir, name)
    }
  }
  return null
}

export function findPart(part: Part): string | null {
  switch (part) {
    case 'chromium':
      return (
        process.env.LINESIDE_CHROMIUM ??
        onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
      )
    case 'electron': {
      const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
      if (override) return existsSync(join(override, 'electron')) ? join(override, 'electron') : null
      const own = join(process.cwd(), 'node_modules/electron/dist/electron')
      return existsSync(own) ? own : null
    }
    case 'mosquitto':
      return process.env.LINESIDE_MOSQUITTO ?? onPath('mosquitto')
    default:
      return onPath(part)
  }
}

/** Skips the test with the reason, or fails it where nothing may skip (CI_REQUIRE_ALL=1). */
export function cannotRun(context: TestContext, reason: string): never {
  if (process.env.CI_REQUIRE_ALL === '1')
    throw new Error(`nothing may be skipped here (CI_REQUIRE_ALL=1): ${reason}`)
  return context.skip(reason) as never
}

/** The part's path; without it the test cannot run. */
export function needPart(context: TestContext, part: Part): string {
  return findPart(part) ?? cannotRun(context, `${part} was not found on this machine`)
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** Flags that Chromium needs where tests run as root without a network. */
export const chromiumArgs = [
  ...(isRoot() ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function versionOf(path: string, flag = '--version'): string {
  return execFileSync(path, [flag], { encoding: 'utf8' }).trim()
}
