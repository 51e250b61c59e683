import { cpSync, existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import {
  isAlive,
  launchKiosk,
  listenersOf,
  needBuild,
  openDisplay,
  processTree,
  startKiosk,
} from '../helpers/electron-rig.ts'
import type { KioskProcess } from '../helpers/electron-rig.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

async function openRig(context: TestContext) {
  const electron = needPart(context, 'electron')
  needBuild()
  const folder = makeTempDir('electron')
  cleanUp.push(folder.remove)
  const display = await openDisplay(context)
  cleanUp.push(display.close)
  const start = (args: readonly string[]): KioskProcess => {
    const kiosk = startKiosk(electron, display, args)
    cleanUp.push(kiosk.close)
    return kiosk
  }
  return { electron, display, dir: folder.path, data: join(folder.path, 'data'), start }
}

/** The engine has its database open: its log is there, and grows with the first transaction. */
async function untilStoring(data: string): Promise<void> {
  await until('the open database', () => existsSync(join(data, 'lineside.db-wal')), 60_000)
}

async function expectGone(tree: readonly number[]): Promise<void> {
  await until('every process of the board to be gone', () => !tree.some(isAlive), 5_000)
}

describe('the kiosk as a process', () => {
  test(
    'opens no port, is alone on its data, and ends clean when told',
    { timeout: 90_000 },
    async (context) => {
      const { start, dir, data } = await openRig(context)
      const plant = await startRigPlant(dir)
      cleanUp.push(plant.stop)
      const args = ['--plant', plant.file, '--data', data]
      const kiosk = start(args)
      await untilStoring(data)
      const tree = await processTree(kiosk.pid)
      expect(tree.length).toBeGreaterThan(3)
      expect(await listenersOf(tree)).toEqual([])

      const second = start(args)
      expect(await second.exited).toEqual({ code: 0, signal: null })
      expect(second.output()).toContain('A board already shows the data')
      expect(isAlive(kiosk.pid)).toBe(true)

      const startMs = performance.now()
      process.kill(kiosk.pid, 'SIGTERM')
      expect(await kiosk.exited).toEqual({ code: 0, signal: null })
      console.log(`SIGTERM to exit: ${Math.round(performance.now() - startMs)} ms`)
      await expectGone(tree)
      expect(existsSync(join(data, 'lineside.db'))).toBe(true)
      expect(existsSync(join(data, 'lineside.db-wal'))).toBe(false)
      expect(kiosk.output()).not.toContain('did not stop in time')
    },
  )

  test(
    'shows the demo without arguments of its own, with one loopback port for its broker',
    { timeout: 120_000 },
    async (context) => {
      const { start, data } = await openRig(context)
      const kiosk = start(['--data', data])
      await untilStoring(data)
      const tree = await processTree(kiosk.pid)
      const listeners = await until(
        'the broker of the demo',
        async () => {
          const found = await listenersOf(tree)
          return found.length > 0 ? found : null
        },
        60_000,
      )
      expect(listeners.map((one) => one.address)).toEqual(['loopback'])
      // Ctrl-C in a terminal reaches every process of the group at once.
      for (const pid of tree) if (isAlive(pid)) process.kill(pid, 'SIGINT')
      expect(await kiosk.exited).toEqual({ code: 0, signal: null })
      await expectGone(tree)
      expect(existsSync(join(data, 'lineside.db-wal'))).toBe(false)
    },
  )

  test('ends when told while the engine is gone', { timeout: 90_000 }, async (context) => {
    const { start, dir, data } = await openRig(context)
    const plant = await startRigPlant(dir)
    cleanUp.push(plant.stop)
    const kiosk = start(['--plant', plant.file, '--data', data])
    await untilStoring(data)
    const tree = await processTree(kiosk.pid)
    const engine = Number(/The engine runs \(pid (\d+)\)/.exec(kiosk.output())?.[1])
    process.kill(engine, 'SIGKILL')
    await until('the wait for a new one', () => kiosk.output().includes('The engine is started again'))
    process.kill(kiosk.pid, 'SIGTERM')
    expect(await until('the end', () => !isAlive(kiosk.pid) && kiosk.exited)).toEqual({
      code: 0,
      signal: null,
    })
    await expectGone(tree)
  })

  test(
    'an engine that cannot start leaves words on the screen and comes as soon as it can',
    { timeout: 60_000 },
    async (context) => {
      const { electron, display, dir, data } = await openRig(context)
      const plant = await startRigPlant(dir)
      cleanUp.push(plant.stop)
      const hidden = join(dir, 'later.yaml')
      renameSync(plant.file, hidden)
      const kiosk = await launchKiosk(electron, display, ['--plant', plant.file, '--data', data])
      cleanUp.push(kiosk.close)
      await until('the third start', () => kiosk.output().split('The engine is started again').length > 3)
      const text = await kiosk.inPage<string>('document.body.innerText')
      expect(text.trim().length).toBeGreaterThan(10)
      renameSync(hidden, plant.file)
      await until('the board', async () =>
        (await kiosk.inPage<string>('document.body.innerText')).includes('Filler 7'),
      )
    },
  )

  test(
    'a board whose page is missing says so in words and never turns white',
    { timeout: 60_000 },
    async (context) => {
      const { electron, display, dir, data } = await openRig(context)
      for (const part of ['app', 'preload'])
        cpSync(join('dist', part), join(dir, 'dist', part), { recursive: true })
      symlinkSync(join(process.cwd(), 'node_modules'), join(dir, 'node_modules'))
      cpSync('package.json', join(dir, 'package.json'))
      const main = join(dir, 'dist/app/main.cjs')
      const kiosk = await launchKiosk(electron, display, ['--data', data], { main })
      cleanUp.push(kiosk.close)
      const text = await until(
        'the words',
        async () => (await kiosk.inPage<string>('document.body.innerText')) || null,
      )
      expect(text).toContain('Install Lineside again')
      expect(await kiosk.inPage('getComputedStyle(document.documentElement).backgroundColor')).toBe(
        'rgb(14, 19, 22)',
      )
      mkdirSync(join(dir, 'dist/renderer'))
      writeFileSync(join(dir, 'dist/renderer/index.html'), '<div id="root"><p>The page is back</p></div>')
      await until(
        'the page',
        async () => (await kiosk.inPage<string>('document.body.innerText')).includes('is back'),
        20_000,
      )
    },
  )
})
