import { resolve } from 'node:path'
import { defaultDataDir } from '../data-dir.ts'
import { chooseWindow } from '../window/choose-window.ts'
import { electronBinary } from '../window/electron-binary.ts'
import { runElectron } from '../window/run-electron.ts'
import { runServed } from '../run-served.ts'

export type StartOptions = {
  plant?: string
  data?: string
  serve?: boolean
  port?: number
  headless?: boolean
}

/** Port of the served board when none is named and it is free. */
const usualPort = 8123

/** `lineside start` and `lineside serve`: runs until Ctrl-C or a signal. */
export async function start(options: StartOptions): Promise<void> {
  const demo = options.plant === undefined
  const board = {
    demo,
    plant: options.plant === undefined ? undefined : resolve(options.plant),
    dataDir: options.data === undefined ? defaultDataDir(demo) : resolve(options.data),
  }
  const choice = chooseWindow({
    headless: options.headless === true,
    serve: options.serve === true || options.port !== undefined,
    isRoot: process.getuid?.() === 0,
    platform: process.platform,
    env: process.env,
  })
  if (choice.sentence) console.log(choice.sentence)
  if (choice.window === 'electron') {
    const electron = await electronBinary()
    if ('path' in electron) {
      const ended = await runElectron(electron.path, board)
      if (ended.how !== 'failed') {
        process.exitCode = ended.code
        return
      }
      console.log(`Electron did not start (${ended.reason}), so the board opens in a browser.`)
    } else {
      console.log(electron.sentence)
    }
  }
  await runServed({
    ...board,
    port: options.port ?? usualPort,
    anyPort: options.port === undefined,
    browser: choice.window !== 'none',
  })
}
