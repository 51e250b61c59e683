import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Time for a browser to close its own processes. Milliseconds. */
const stopLimitMs = 3_000

export type BrowserWindow = { close(): Promise<void> }

const onPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]

/** A browser that can show one page without its own bars; null when none is found. */
export function findBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const places =
    platform === 'win32'
      ? [env['ProgramFiles(x86)'], env.ProgramFiles, env.LOCALAPPDATA].flatMap((folder) =>
          folder === undefined
            ? []
            : [
                join(folder, 'Google/Chrome/Application/chrome.exe'),
                join(folder, 'Microsoft/Edge/Application/msedge.exe'),
              ],
        )
      : platform === 'darwin'
        ? [
            '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
            '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
            '/Applications/Chromium.app/Contents/MacOS/Chromium',
          ]
        : (env.PATH ?? '')
            .split(delimiter)
            .flatMap((folder) => (folder === '' ? [] : onPath.map((name) => join(folder, name))))
  return places.find((place) => existsSync(place)) ?? null
}

/** Opens the board full screen with a browser profile of its own. */
export function openBrowser(
  browser: string,
  url: string,
  profile: string,
  onClosed: () => void,
): BrowserWindow {
  const child = spawn(
    browser,
    [
      `--app=${url}`,
      '--kiosk',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-sync',
    ],
    { stdio: 'ignore' },
  )
  let closing = false
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      resolve()
      if (!closing) onClosed()
    }
    child.once('error', end)
    child.once('exit', end)
  })
  return {
    close: async () => {
      closing = true
      child.kill('SIGTERM')
      const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
      await ended
      clearTimeout(limit)
    },
  }
}
