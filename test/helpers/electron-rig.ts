import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import type { ElectronApplication } from 'playwright-core'
import type { TestContext } from 'vitest'
import { isRoot, needPart } from './parts.ts'

/** A real Electron on an X server of its own. Everything started here is ended by `release`. */

/** A script for a page that dies meanwhile is never answered. Milliseconds. */
const pageAnswerMs = 1_000
const width = 1920
const height = 1080

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}

export type Display = { name: string; width: number; height: number; close: () => Promise<void> }

/** An X server on a free display number, with a window manager: without one, full screen is a pixel short. */
export async function openDisplay(context: TestContext): Promise<Display> {
  return openXvfb(context, { width, height }, async () => {})
}

/** Two monitors side by side: 1920x1080, and right of it 1280x800. */
export async function openTwoMonitors(context: TestContext): Promise<Display> {
  const xrandr = needPart(context, 'xrandr')
  return openXvfb(context, { width: 3200, height }, async (name) => {
    for (const monitor of [
      ['TV', '1920/510x1080/287+0+0', 'screen'],
      ['Touch', '1280/340x800/212+1920+0', 'none'],
    ])
      execFileSync(xrandr, ['--setmonitor', ...monitor], { env: { ...process.env, DISPLAY: name } })
  })
}

async function openXvfb(
  context: TestContext,
  { width, height }: { width: number; height: number },
  prepare: (name: string) => Promise<void>,
): Promise<Display> {
  const xvfb = spawn(
    needPart(context, 'Xvfb'),
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-ac', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const number = await new Promise<string>((resolve, reject) => {
    xvfb.once('exit', () => reject(new Error('Xvfb ended at once')))
    xvfb.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
  })
  const name = `:${number}`
  await prepare(name)
  const manager = spawn(needPart(context, 'openbox'), [], {
    env: { ...process.env, DISPLAY: name },
    stdio: 'ignore',
  })
  return {
    name,
    width,
    height,
    close: async () => {
      await endProcess(manager)
      await endProcess(xvfb)
    },
  }
}

/** Flags that only tests may give: Electron refuses to run as root with its sandbox on. */
const rootFlags = isRoot() ? ['--no-sandbox'] : []

export const builtMain = join(process.cwd(), 'dist/app/main.cjs')

export function needBuild(): void {
  if (!existsSync(builtMain)) throw new Error(`${builtMain} is missing: run "npm run build" first`)
}

/** How a kiosk is started other than usual. */
export type KioskStart = {
  /** Its main script; the built one by default. */
  main?: string
  env?: Readonly<Record<string, string>>
  /** Switches of Chromium, before the main script. */
  switches?: readonly string[]
}

function environment(
  display: Pick<Display, 'name'>,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const copy: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE' && name !== 'NODE_OPTIONS') copy[name] = value
  }
  return { ...copy, DISPLAY: display.name, ...more }
}

export type KioskProcess = {
  pid: number
  output: () => string
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  close: () => Promise<void>
}

/** The kiosk as a person would start it: no debugger, no debugging port. */
export function startKiosk(
  electron: string,
  display: Pick<Display, 'name'>,
  args: readonly string[],
  { main = builtMain, env, switches = [] }: KioskStart = {},
): KioskProcess {
  const child = spawn(electron, [...rootFlags, ...switches, main, ...args], {
    env: environment(display, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  return { pid: child.pid ?? 0, output: () => output, exited, close: () => endProcess(child) }
}

export type Kiosk = {
  app: ElectronApplication
  /** Process ids by role. */
  pids: () => Promise<{ main: number; renderer: number; engine: number; gpu: number }>
  /** Runs a script in the page's own world; works after a crash too, where Playwright's Page is dead for good. */
  inPage: <T>(script: string) => Promise<T>
  output: () => string
  close: () => Promise<void>
}

/** The kiosk with Playwright attached to its main process. */
export async function launchKiosk(
  electron: string,
  display: Pick<Display, 'name'>,
  args: readonly string[],
  { main = builtMain, env, switches = [] }: KioskStart = {},
): Promise<Kiosk> {
  const app = await _electron.launch({
    executablePath: electron,
    args: [...rootFlags, ...switches, main, ...args],
    env: environment(display, env),
    timeout: 30_000,
  })
  const child = app.process()
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return {
    app,
    pids: () =>
      app.evaluate(({ app: electronApp, BrowserWindow }) => ({
        main: process.pid,
        renderer: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
        engine: electronApp.getAppMetrics().find((one) => one.name === 'lineside-engine')?.pid ?? 0,
        gpu: electronApp.getAppMetrics().find((one) => one.type === 'GPU')?.pid ?? 0,
      })),
    inPage: (script) =>
      app.evaluate(
        ({ BrowserWindow }, { code, limitMs }) =>
          Promise.race([
            BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
            new Promise((_resolve, reject) =>
              setTimeout(() => reject(new Error('The page did not answer')), limitMs),
            ),
          ]),
        { code: script, limitMs: pageAnswerMs },
      ),
    output: () => output,
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const limit = setTimeout(() => child.kill('SIGKILL'), 8_000)
      await ended
      clearTimeout(limit)
    },
  }
}

/** A process and all that descend from it. */
export async function processTree(root: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => null)
    const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
    if (parent) parents.set(Number(entry), Number(parent))
  }
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  return tree
}

export type Listener = { address: string; port: number; pid: number }

function addressOf(hex: string): string {
  const loopback = hex === '0100007F' || hex === '00000000000000000000000001000000'
  return loopback ? 'loopback' : hex
}

/** TCP sockets in the state LISTEN that these processes hold. */
export async function listenersOf(pids: readonly number[]): Promise<Listener[]> {
  const owners = new Map<string, number>()
  for (const pid of pids) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
      if (inode) owners.set(inode, pid)
    }
  }
  const found: Listener[] = []
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const columns = line.trim().split(/\s+/)
      const pid = owners.get(columns[9] ?? '')
      if (columns[3] !== '0A' || pid === undefined) continue
      const [address = '', port = '0'] = (columns[1] ?? '').split(':')
      found.push({ address: addressOf(address), port: parseInt(port, 16), pid })
    }
  }
  return found
}
