import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { build, lineside, startBoard } from '../helpers/lineside.ts'
import type { RunningBoard } from '../helpers/lineside.ts'
import { chromiumArgs, needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

/** The first command of the README, without a display: the demo plant, served. */

let dir: ReturnType<typeof makeTempDir>
let board: RunningBoard | null = null

beforeAll(build)
beforeEach(() => {
  dir = makeTempDir('start')
})
afterEach(async () => {
  await board?.end('SIGKILL')
  board = null
  dir.remove()
})

const start = () => startBoard(['start', '--headless', '--port', '0', '--data', dir.path])

test('start shows the demo with live numbers, and Ctrl-C ends it with nothing left', async (context) => {
  const executablePath = needPart(context, 'chromium')
  const startMs = performance.now()
  board = await start()
  console.log(`first start of the demo: ${Math.round(performance.now() - startMs)} ms`)
  expect(board.output()).toContain('Writing 90 days of demo history')
  for (const name of readdirSync(dir.path)) {
    expect(`${name} ${statSync(join(dir.path, name)).mode & 0o077}`).toBe(`${name} 0`)
  }

  const browser = await chromium.launch({ executablePath, args: chromiumArgs })
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(board.url)
    await page.getByTestId('demo').waitFor()
    expect(await page.getByTestId('demo').innerText()).toMatch(/demo/i)
    expect(await page.getByTestId('age').getAttribute('data-value')).toBe('live')

    const clock = () => page.locator('.board').getAttribute('data-now')
    const before = await clock()
    await until('the clock to go on', async () => (await clock()) !== before)

    // The number on the wall is the number in the store. By now another screen may be up.
    await page.goto(new URL('/?screen=status', board.url).href)
    const [from, to] = shiftAround(Date.now())
    const kpi = async () => {
      const { stdout } = await lineside([
        'kpi',
        '--data',
        dir.path,
        '--line',
        'line3',
        '--from',
        from,
        '--to',
        to,
        '--json',
      ])
      return (JSON.parse(stdout) as { good: number }).good
    }
    const made = await until('the good pieces of the shift', async () => {
      const shown = await page.getByTestId('made').first().getAttribute('data-value')
      return shown !== null && Number(shown) === (await kpi()) ? shown : null
    })
    console.log(`made in this shift: ${made}`)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }

  expect(await board.end('SIGINT')).toBe(0)
  expect(board.leftOver()).toEqual([])
}, 120_000)

test('a second start goes on with the same data, and SIGTERM ends it too', async () => {
  board = await start()
  const readings = async () => {
    const args = ['export', '--data', dir.path, '--line', 'line3', '--what', 'readings', '--format', 'json']
    const since = new Date(Date.now() - 60_000).toISOString()
    return JSON.parse((await lineside([...args, '--from', since])).stdout) as { at: string; kind: string }[]
  }
  const liveMs = Date.now() + 2_000
  await until('a live message', async () => (await readings()).some(({ at }) => Date.parse(at) > liveMs))
  expect(await board.end('SIGTERM')).toBe(0)
  expect(board.leftOver()).toEqual([])

  board = await start()
  expect(board.output()).not.toContain('Writing 90 days')
  const counts = (await readings()).filter(({ kind }) => kind === 'count')
  const times = counts.map(({ at }) => Math.floor(Date.parse(at) / 5_000))
  expect(times.length).toBeGreaterThan(8)
  expect(new Set(times).size).toBe(times.length)
  expect(Math.max(...times) - Math.min(...times) + 1).toBe(times.length)
  expect(await board.end('SIGINT')).toBe(0)
}, 120_000)

test('a second board on the same data says so in one sentence', async () => {
  board = await start()
  const second = await lineside(['start', '--headless', '--port', '0', '--data', dir.path])
  expect(second.code).not.toBe(0)
  expect(second.stderr.trim().split('\n')).toHaveLength(1)
  expect(second.stderr).toContain('is in use by another running board')
}, 90_000)

/** The demo's shifts start at 06:00, 14:00 and 22:00 in Berlin; local times as `lineside kpi` takes them. */
function shiftAround(nowMs: number): [string, string] {
  const local = (ms: number) => new Date(ms).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' })
  const hour = Number(local(nowMs).slice(11, 13))
  const startHour = hour >= 22 || hour < 6 ? 22 : hour >= 14 ? 14 : 6
  const day = local(hour < 6 ? nowMs - 86_400_000 : nowMs).slice(0, 10)
  const next = local(hour < 6 ? nowMs : nowMs + 86_400_000).slice(0, 10)
  const time = (hours: number) => `${String(hours).padStart(2, '0')}:00`
  return [`${day}T${time(startHour)}`, startHour === 22 ? `${next}T06:00` : `${day}T${time(startHour + 8)}`]
}

test('Ctrl-C in the middle of the first start ends it at once, in good order', async () => {
  const child = spawn(
    process.execPath,
    ['dist/app/lineside.cjs', 'serve', '--port', '0', '--data', dir.path],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  await until('the history to begin', () => output.includes('Writing 90 days'))
  child.kill('SIGINT')
  child.kill('SIGINT')
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(output).not.toContain('board is at')
  expect(existsSync(join(dir.path, 'lineside.lock'))).toBe(false)
}, 60_000)

test('a board ends when the process that handed over to its Node is killed', async () => {
  const child = spawn(
    process.execPath,
    ['dist/app/lineside.cjs', 'serve', '--port', '0', '--data', dir.path],
    {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    },
  )
  await until('the history to begin', async () => existsSync(join(dir.path, 'lineside.lock')))
  child.disconnect()
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
}, 60_000)
