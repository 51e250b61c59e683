import { cpSync, existsSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { launchKiosk, needBuild, openDisplay } from '../helpers/electron-rig.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

test('a hostile page in the board’s place gets nothing', { timeout: 120_000 }, async (context) => {
  const electron = needPart(context, 'electron')
  needBuild()
  const folder = makeTempDir('hostile')
  cleanUp.push(folder.remove)
  const dir = folder.path
  for (const part of ['app', 'preload'])
    cpSync(join('dist', part), join(dir, 'dist', part), { recursive: true })
  cpSync('test/fixtures/hostile', join(dir, 'dist/renderer'), { recursive: true })
  symlinkSync(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'))
  cpSync('package.json', join(dir, 'package.json'))

  const reached: string[] = []
  const server = createServer((request, answer) => {
    reached.push(request.url ?? '')
    answer.setHeader('access-control-allow-origin', '*').end('reached')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const display = await openDisplay(context)
  cleanUp.push(display.close)
  const main = join(dir, 'dist/app/main.cjs')
  const kiosk = await launchKiosk(electron, display, ['--data', join(dir, 'data')], {
    main,
    env: { NOTIFY_SOCKET: '/nowhere' },
  })
  cleanUp.push(kiosk.close)
  const load = (url: string) =>
    kiosk.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.loadURL(to), url)
  await load(`app://board/index.html?server=${encodeURIComponent(address)}`)
  const results = await until(
    'the attempts',
    () => kiosk.inPage<Record<string, string> | undefined>('window.results'),
    60_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\nThe log: ${kiosk.output().slice(-3_000)}`)
  })

  expect(Object.keys(results).length).toBeGreaterThan(35)
  for (const [attempt, result] of Object.entries(results))
    expect(`${attempt}: ${result}`).not.toContain('got:')
  expect(reached).toEqual([])
  const windows = await kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL().split('?')[0]),
  )
  expect(windows).toEqual(['app://board/index.html'])
  expect(existsSync(join(homedir(), 'Downloads/lineside-hostile.txt'))).toBe(false)
  // It cannot keep main from loading the board again either.
  await load('app://board/words')
  await until('another page', async () => !(await kiosk.inPage<boolean>('"results" in window')))

  // Electron lets it close the window; the board is started again for it (75: by the service manager).
  const ended = new Promise((resolve) => kiosk.app.process().once('exit', resolve))
  await kiosk.inPage('setTimeout(() => window.close(), 100); 1')
  expect(await ended).toBe(75)
})
