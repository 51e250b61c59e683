import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import { openBoardRig } from '../helpers/board-rig.ts'
import type { BoardRig } from '../helpers/board-rig.ts'
import { isAlive } from '../helpers/electron-rig.ts'
import type { KioskStart } from '../helpers/electron-rig.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

/** The board must be back and live within this time after a crash. Milliseconds. */
const backLimitMs = 5_000

let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

async function openRig(context: TestContext, env?: KioskStart['env']): Promise<BoardRig> {
  const rig = await openBoardRig(context, { env })
  cleanUp.push(rig.close)
  return rig
}

/** An executable for LINESIDE_PANEL_COMMAND. `said`: its calls, a line each. */
function panelCommand(): { file: string; said: () => string } {
  const folder = makeTempDir('panel')
  const file = join(folder.path, 'panel')
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${file}.log\n`, { mode: 0o755 })
  cleanUp.push(folder.remove)
  return { file, said: () => (existsSync(`${file}.log`) ? readFileSync(`${file}.log`, 'utf8') : '') }
}

async function timed(what: string, action: () => Promise<void>): Promise<number> {
  const startMs = performance.now()
  await action()
  const ms = Math.round(performance.now() - startMs)
  console.log(`${what}: ${ms} ms`)
  return ms
}

describe('the kiosk in a real Electron', () => {
  test('fills the screen, shows the line live and is locked down', { timeout: 60_000 }, async (context) => {
    const panel = panelCommand()
    const env = { LINESIDE_PANEL_COMMAND: panel.file }
    const { kiosk, plant, display, pieces, text } = await openRig(context, env)
    await until('the board', async () => (await text()).includes('Filler 7'))
    await plant.state('running')
    await pieces()
    await timed('published to shown', pieces)

    const look = await kiosk.app.evaluate(async ({ BrowserWindow }) => {
      const [window, ...others] = BrowserWindow.getAllWindows()
      const image = await window?.webContents.capturePage()
      window?.close()
      return {
        bounds: window?.getBounds(),
        kiosk: window?.isKiosk(),
        others: others.length,
        png: image?.toPNG().toString('base64') ?? '',
      }
    })
    expect(look.bounds).toEqual({ x: 0, y: 0, width: display.width, height: display.height })
    expect(look.kiosk).toBe(true)
    expect(look.others).toBe(0)

    // The page may say only on and off: the command gets that one word, and each change once.
    const say = (power: string) =>
      kiosk.inPage(
        `(postMessage({ type: 'lineside-panel-power', power: ${JSON.stringify(power)} }, location.origin), 0)`,
      )
    for (const power of ['off', 'off', 'off; touch here', 'on']) await say(power)
    await until('the panel is on again', () => panel.said().endsWith('on\n'))
    expect(panel.said()).toBe('off\non\n')
    mkdirSync('test-results', { recursive: true })
    writeFileSync('test-results/electron.png', Buffer.from(look.png, 'base64'))

    // The page has nothing of Electron or Node, may open and ask for nothing, and reaches nothing but its own files.
    expect(await kiosk.inPage('JSON.stringify(window.lineside)')).toBe('{"kiosk":true}')
    expect(
      await kiosk.inPage('[typeof require, typeof process, typeof module, typeof electron].join()'),
    ).toBe('undefined,undefined,undefined,undefined')
    expect(await kiosk.inPage('String(window.open("app://board/index.html"))')).toBe('null')
    expect(await kiosk.inPage('Notification.requestPermission()')).toBe('denied')
    expect(await kiosk.inPage('fetch("http://127.0.0.1:1/").then(() => "reached", () => "blocked")')).toBe(
      'blocked',
    )
    expect(await kiosk.inPage(inlineScript)).toBe('blocked')
    const statuses = await kiosk.inPage<Record<string, number>>(traversal)
    expect(statuses).toEqual({
      '/index.html': 200,
      '/none.js': 404,
      '/../app/main.cjs': 404,
      '/..%2fapp/main.cjs': 403,
      '/%2e%2e%2fapp/main.cjs': 403,
    })
    await kiosk.inPage('location.href = "https://example.invalid/"; 1')
    await kiosk.inPage('location.href = "file:///etc/passwd"; 1')
    await pieces()
    expect(await kiosk.inPage('location.href')).toBe('app://board/index.html')
    const windows = await kiosk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(windows).toBe(1)
  })

  test('keys that would leave or reload the board do not reach it', async (context) => {
    const { kiosk, text } = await openRig(context)
    await until('the board', async () => (await text()).includes('Filler 7'))
    await kiosk.inPage(
      'window.heard = []; addEventListener("keydown", (event) => window.heard.push(event.key), true); 1',
    )
    await kiosk.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const press = (keyCode: string, modifiers: ('control' | 'alt' | 'shift')[] = []) => {
        contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
        contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers })
      }
      press('R', ['control'])
      press('W', ['control'])
      press('I', ['control', 'shift'])
      press('F4', ['alt'])
      press('Left', ['alt'])
      press('F5')
      press('F11')
      press('F12')
      press('A')
    })
    await until('the allowed key', () => kiosk.inPage<boolean>('window.heard.length > 0'))
    expect((await kiosk.inPage<string[]>('window.heard')).map((key) => key.toLowerCase())).toEqual(['a'])
  })

  test('comes back live by itself when page or engine die', { timeout: 120_000 }, async (context) => {
    const { kiosk, pieces } = await openRig(context)
    await pieces()

    const first = await kiosk.pids()
    const afterPage = await timed('renderer killed to live again', async () => {
      process.kill(first.renderer, 'SIGKILL')
      await until('the renderer to go', () => !isAlive(first.renderer))
      await pieces()
    })
    expect(afterPage).toBeLessThan(backLimitMs)

    const afterEngine = await timed('engine killed to live again', async () => {
      process.kill(first.engine, 'SIGKILL')
      await until('the engine to go', () => !isAlive(first.engine))
      await pieces()
    })
    expect(afterEngine).toBeLessThan(backLimitMs)
    const second = await kiosk.pids()
    expect(second.main).toBe(first.main)
    expect(second.renderer).not.toBe(first.renderer)
    expect(second.engine).not.toBe(first.engine)

    await timed('emptied page to live again', async () => {
      await kiosk.inPage('document.getElementById("root").replaceChildren(); 1')
      await pieces()
    })
    expect(kiosk.output()).toContain('it shows nothing')

    const hung = (await kiosk.pids()).renderer
    // The heartbeat is given time to hear from the new page once: a page that never answered has longer to load.
    await timed('hung page to live again (2 s of it before the hang)', async () => {
      await kiosk.inPage('setTimeout(() => { for (;;); }, 2000); 1')
      await until('the hung page to be ended', () => !isAlive(hung), 20_000)
      await pieces()
    })
    expect(kiosk.output()).toContain('page-hang')
  })
})

/** An inline script of the page's own, which the policy must refuse (Playwright's evaluate would bypass it). */
const inlineScript = `(() => {
  const script = document.createElement('script')
  script.textContent = 'window.inlineRan = true'
  document.head.append(script)
  return window.inlineRan ? 'ran' : 'blocked'
})()`

const traversal = `(async () => {
  const statuses = {}
  for (const path of ['/index.html', '/none.js', '/../app/main.cjs', '/..%2fapp/main.cjs', '/%2e%2e%2fapp/main.cjs']) {
    statuses[path] = (await fetch(path)).status
  }
  return statuses
})()`
