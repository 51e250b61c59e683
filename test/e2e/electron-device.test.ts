import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { openBoardRig } from '../helpers/board-rig.ts'
import type { BoardRig, BoardRigOptions } from '../helpers/board-rig.ts'
import { builtMain, openTwoMonitors } from '../helpers/electron-rig.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'
import { goTo } from './touch-page.ts'

let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

async function open(context: Parameters<typeof openBoardRig>[0], options: BoardRigOptions) {
  const rig = await openBoardRig(context, options)
  cleanUp.push(rig.close)
  return rig
}

/** Runs a script in the page of the touch window, or of the board's. */
function inWindow<T>(rig: BoardRig, isTouch: boolean, script: string): Promise<T> {
  return rig.kiosk.app.evaluate(
    async ({ BrowserWindow }, [touch, code]) =>
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL().includes('?touch') === touch)
        ?.webContents.executeJavaScript(code),
    [isTouch, script] as const,
  ) as Promise<T>
}

const bounds = (rig: BoardRig) =>
  rig.kiosk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((window) => ({ touch: window.webContents.getURL().includes('?touch'), ...window.getBounds() }))
      .sort((a, b) => a.x - b.x),
  )

test(
  'a TV and a touch screen: each has its window, and the second comes and goes with its screen',
  { timeout: 90_000 },
  async (context) => {
    const rig = await open(context, {
      openDisplay: openTwoMonitors,
      main: join(import.meta.dirname, '../helpers/two-displays.cjs'),
      env: { KIOSK_MAIN: builtMain },
      plant: { display: ['output: 1920x1080', 'touchOutput: +1920+0'] },
    })
    const tv = { touch: false, x: 0, y: 0, width: 1920, height: 1080 }
    const touch = { touch: true, x: 1920, y: 0, width: 1280, height: 800 }
    await until('both windows', async () => expect(await bounds(rig)).toEqual([tv, touch]) ?? true)
    const made = (isTouch: boolean, text: string) =>
      until(`${text} in ${isTouch ? 'touch' : 'board'}`, async () =>
        (await inWindow<string>(rig, isTouch, 'document.body.innerText')).includes(text),
      )
    const touchPages = () =>
      until('the touch pages', () =>
        inWindow<boolean>(rig, true, 'document.querySelector(".touch") !== null'),
      )
    await touchPages()
    await rig.plant.count({ good: 412 })
    await made(false, '412')

    // What is entered at the one is on the other.
    const tap = (selector: string) =>
      inWindow(
        rig,
        true,
        `(() => {
          const at = document.querySelector(${JSON.stringify(selector)})
          for (const type of ['pointerdown', 'pointerup', 'click'])
            at.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true }))
        })()`,
      )
    await inWindow(rig, true, 'document.querySelector("[data-testid=back]").click(), 1')
    await made(true, '412')
    await tap('.stage')
    await touchPages()
    mkdirSync('test-results', { recursive: true })
    const picture = await rig.kiosk.app.evaluate(async ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes('?touch'),
      )
      return (await window?.webContents.capturePage())?.toPNG().toString('base64') ?? ''
    })
    writeFileSync('test-results/electron-touch-window.png', Buffer.from(picture, 'base64'))

    const plug = (isThere: boolean) =>
      rig.kiosk.app.evaluate((_electron, there) => {
        ;(globalThis as unknown as { plugTouch: (is: boolean) => void }).plugTouch(there)
      }, isThere)
    await plug(false)
    await until('one window', async () => expect(await bounds(rig)).toEqual([tv]) ?? true)
    await rig.plant.count({ good: 1 })
    await made(false, '413')
    await plug(true)
    await until('both again', async () => expect(await bounds(rig)).toEqual([tv, touch]) ?? true)
    await touchPages()
    expect(rig.kiosk.output()).toContain('The touch screen is gone')
  },
)

test(
  'nobody leaves the board but an admin by PIN, which the engine checks',
  { timeout: 90_000 },
  async (context) => {
    const folder = makeTempDir('leave')
    cleanUp.push(folder.remove)
    const dataDir = join(folder.path, 'data')
    mkdirSync(dataDir, { recursive: true })
    const store = openDatabase({ file: databaseFile(dataDir) })
    await addPerson(store.write, { name: 'Ada', role: 'admin', pin: '5739' }, Date.now())
    await addPerson(store.write, { name: 'Ben', role: 'lead', pin: '4421' }, Date.now())
    store.close()
    const rig = await open(context, { dataDir })
    const child = rig.kiosk.app.process()
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    const page = await rig.kiosk.app.firstWindow()
    await page.getByText('Filler 7').first().waitFor()
    await page.click('.stage', { position: { x: 12, y: 400 } })
    await goTo(page, 'health')
    const leave = page.getByTestId('leave-board')
    const typePin = async (pin: string) => {
      for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
      await page.getByTestId('pin-ok').click()
    }
    const hold = () => leave.click({ delay: 1_200 })
    await leave.waitFor()
    mkdirSync('test-results', { recursive: true })
    await page.screenshot({ path: 'test-results/electron-leave.png' })
    await hold()
    await typePin('1111')
    await page.getByTestId('failure').waitFor()
    // A lead is known, and is no admin.
    await typePin('4421')
    await until(
      'the refusal',
      async () => (await page.getByTestId('failure').getAttribute('data-value')) === 'role',
    )
    expect(child.exitCode).toBeNull()
    await page.getByTestId('signed-in').click()
    await hold()
    await typePin('5739')
    expect(await ended).toBe(0)
    expect(readFileSync(join(dataDir, 'logs/kiosk.log'), 'utf8')).toContain('Ada ends the board.')
    const after = openDatabase({ file: databaseFile(dataDir) })
    const audited = after.read.prepare("SELECT by FROM audit WHERE action = 'leaveBoard'").all()
    const refused = after.read.prepare("SELECT by FROM audit WHERE action = 'refused'").all()
    after.close()
    expect(audited).toEqual([{ by: 'Ada' }])
    expect(refused).toEqual([{ by: 'Ben' }])
  },
)

const listener = `
import socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
print('bound', flush=True)
while True: print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
`

test(
  'systemd is told of the start, of life, of a hang by silence, and of the end',
  { timeout: 90_000 },
  async (context) => {
    needPart(context, 'systemd-notify')
    const folder = makeTempDir('notify')
    cleanUp.push(folder.remove)
    const socket = join(folder.path, 'socket')
    const python = spawn(needPart(context, 'python3'), ['-c', listener, socket], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    cleanUp.push(() => void python.kill('SIGKILL'))
    let said = ''
    python.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await until('the socket', () => said.includes('bound'))
    const heard = (what: string) => said.split(what).length - 1
    const rig = await open(context, { env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '3000000' } })
    await rig.pieces()
    await until('READY', () => heard('READY=1') === 1)
    await until('three signs of life', () => heard('WATCHDOG=1') >= 3)
    expect(heard('STOPPING=1')).toBe(0)
    const { main } = await rig.kiosk.pids()

    // A main process that hangs is silent, and systemd would end it.
    process.kill(main, 'SIGSTOP')
    const before = heard('WATCHDOG=1')
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    expect(heard('WATCHDOG=1')).toBe(before)
    process.kill(main, 'SIGCONT')
    await until('life again', () => heard('WATCHDOG=1') > before)

    process.kill(main, 'SIGTERM')
    await until('STOPPING', () => heard('STOPPING=1') === 1)
  },
)
