import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BoardRig } from '../helpers/board-rig.ts'
import { isAlive, processTree } from '../helpers/electron-rig.ts'
import { canMount, mountSmallDisk } from '../helpers/faults/full-disk.ts'
import { until } from '../helpers/until.ts'
import { noPluggedDisplay, openPluggedDisplay } from './plugged-display.ts'
import { kill, says, timed, untilLive } from './scenario.ts'
import type { OwnScenario } from './scenario.ts'

/** What may happen to the device around the kiosk. Each has a board of its own. */

const always = () => null
const noMount = () => (canMount ? null : 'a disk can be mounted by root only')

function smallDisk() {
  const path = mkdtempSync(join(tmpdir(), 'lineside-disk-'))
  const disk = mountSmallDisk(path)
  return {
    ...disk,
    data: join(path, 'data'),
    remove: () => {
      disk.remove()
      rmSync(path, { recursive: true, force: true })
    },
  }
}

export const deviceScenarios: readonly OwnScenario[] = [
  {
    name: 'page-out-of-memory',
    what: 'the page meets its heap’s limit',
    limitMs: 40_000,
    unable: always,
    run: async (_context, open) => {
      const rig = await open({ switches: ['--js-flags=--max-old-space-size=96'] })
      await rig.pieces()
      return timed(async () => {
        await rig.kiosk.inPage(
          'setTimeout(() => { for (const all = [];;) all.push(new Array(1e5).fill(Math.random())) }, 50); 1',
        )
        await until('the page to go', () => rig.kiosk.output().includes('its process is gone'), 35_000)
        await rig.pieces()
      })
    },
  },
  {
    name: 'graphics-broken',
    what: 'the graphics process crashes three times: the service manager starts the board without its driver',
    limitMs: 20_000,
    unable: always,
    run: async (_context, open) => {
      const rig = await open({ env: { NOTIFY_SOCKET: '/nowhere' } })
      await rig.pieces()
      const child = rig.kiosk.app.process()
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      let last = 0
      for (let crash = 0; crash < 3; crash++) {
        last = await until('a graphics process', async () => {
          const { gpu } = await rig.kiosk.pids()
          return gpu > 0 && gpu !== last ? gpu : null
        })
        await kill(last, 'SIGSEGV')
      }
      return timed(async () => {
        const code = await ended
        if (code !== 75) throw new Error(`The board ended with ${code}, not with 75`)
        await rig.startAgain()
        await rig.pieces()
        const log = readFileSync(join(rig.args.at(-1) ?? '', 'logs/kiosk.log'), 'utf8')
        if (!log.includes('drawn by the processor')) throw new Error('The driver is in use')
      })
    },
  },
  {
    name: 'disk-full',
    what: 'the disk is full; from its being free again',
    limitMs: 30_000,
    unable: noMount,
    run: async (_context, open) => {
      const disk = smallDisk()
      let rig: BoardRig | null = null
      try {
        rig = await open({ dataDir: disk.data })
        await rig.pieces()
        disk.fill()
        const waiting = rig.pieces(90_000)
        await says(rig, /disk/i, 30_000)
        disk.free()
        return await timed(() => waiting)
      } finally {
        await rig?.kiosk.close()
        disk.remove()
      }
    },
  },
  {
    name: 'disk-read-only',
    what: 'the board starts on a disk that cannot be written; from its being writable again',
    limitMs: 30_000,
    unable: noMount,
    run: async (_context, open) => {
      const disk = smallDisk()
      let rig: BoardRig | null = null
      try {
        execFileSync('mount', ['-o', 'remount,ro', disk.path])
        rig = await open({ dataDir: disk.data, before: async () => {} })
        await says(rig, /\w{3,}/)
        execFileSync('mount', ['-o', 'remount,rw', disk.path])
        const board = rig
        return await timed(async () => {
          await board.plant.subscribed
          await board.pieces(30_000)
        })
      } finally {
        await rig?.kiosk.close()
        disk.remove()
      }
    },
  },
  {
    name: 'network-at-boot',
    what: 'no broker at the start; from its coming',
    limitMs: 20_000,
    unable: always,
    run: async (_context, open) => {
      const rig = await open({ before: (plant) => plant.dropBroker() })
      await says(rig, /Filler 7/)
      return timed(async () => {
        await rig.plant.startBroker()
        await rig.pieces()
      })
    },
  },
  {
    name: 'display-changes',
    what: 'the screen changes its resolution, is unplugged and comes back; the slowest of the three',
    limitMs: 10_000,
    unable: noPluggedDisplay,
    run: async (_context, open) => {
      const display = await openPluggedDisplay()
      const rig = await open({ openDisplay: () => Promise.resolve(display) })
      await rig.pieces()
      const fits = (width: number, height: number) =>
        timed(() =>
          until(`${width}x${height}`, async () => {
            const bounds = await rig.kiosk.app.evaluate(({ BrowserWindow }) =>
              BrowserWindow.getAllWindows()[0]?.getBounds(),
            )
            return bounds?.width === width && bounds.height === height && bounds.x === 0 && bounds.y === 0
          }),
        )
      display.set('1280x720')
      const smaller = await fits(1280, 720)
      display.set('1920x1080')
      const larger = await fits(1920, 1080)
      display.set('off')
      await new Promise((resolve) => setTimeout(resolve, 3_000))
      display.set('1920x1080')
      const back = await fits(1920, 1080)
      await rig.pieces()
      return Math.max(smaller, larger, back)
    },
  },
  {
    name: 'power-cut',
    what: 'every process is killed at once; from the new start, with every count still there',
    limitMs: 15_000,
    unable: always,
    run: async (_context, open) => {
      const rig = await open()
      await rig.pieces()
      await rig.pieces()
      const { main } = await rig.kiosk.pids()
      for (const pid of await processTree(main)) process.kill(pid, 'SIGKILL')
      return timed(async () => {
        await rig.startAgain()
        await rig.pieces()
      })
    },
  },
  {
    name: 'shutdown',
    what: 'the system ends all processes with SIGTERM at once; until the store is closed',
    limitMs: 5_000,
    unable: always,
    run: async (_context, open) => {
      const rig = await open()
      await rig.pieces()
      const { main } = await rig.kiosk.pids()
      const tree = await processTree(main)
      const ms = await timed(async () => {
        for (const pid of tree) if (isAlive(pid)) process.kill(pid, 'SIGTERM')
        await until('all to be gone', () => !tree.some(isAlive))
      })
      if (existsSync(join(rig.args.at(-1) ?? '', 'lineside.db-wal'))) throw new Error('The store is open')
      await rig.startAgain()
      await untilLive(rig, 15_000)
      return ms
    },
  },
]
