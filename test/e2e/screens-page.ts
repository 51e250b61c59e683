import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile, writeFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import type { Board } from '../../shared/contract/board.ts'
import type { CallName, Push } from '../../shared/contract/protocol.ts'
import { chromiumArgs } from '../helpers/parts.ts'

/** The policy that both hosts send with the page. */
export const contentPolicy =
  "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'"

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Builds the page into `outDir` and serves it on loopback, without any engine. */
export async function servePage(outDir: string): Promise<{ url: string; close: () => Promise<void> }> {
  await build({
    root: join(process.cwd(), 'renderer'),
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'chrome114', assetsInlineLimit: 0 },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(outDir, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (body) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': contentPolicy,
        })
        response.end(body)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [...chromiumArgs, '--force-color-profile=srgb', '--hide-scrollbars'],
  })
}

type Calls = Partial<Record<CallName, unknown>>

/** The far end of the channel, inside the page: hands over a MessagePort as the preload does and speaks birpc on it. */
function installEngine(): void {
  type Message = { t: string; i?: string; m?: string; a?: unknown[] }
  const engine = {
    port: null as MessagePort | null,
    push: null as Push | null,
    answers: { hello: { ok: true, value: { protocol: 1, version: 'test' } } } as Record<string, unknown>,
    calls: [] as { name: string; input: unknown }[],
    ticking: true,
    gone: false,
    seq: 0,
    send(push: Push) {
      engine.push = push
      engine.port?.postMessage({ t: 'q', m: 'push', a: [push] })
    },
  }
  const page = window as unknown as { lineside: unknown; engine: typeof engine }
  page.lineside = { kiosk: true }
  page.engine = engine
  window.addEventListener('message', (event) => {
    if (engine.gone || (event.data as { type?: string } | null)?.type !== 'lineside-need-port') return
    const { port1, port2 } = new MessageChannel()
    engine.port = port1
    port1.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.t !== 'q' || !data.m) return
      if (data.m !== 'ack') engine.calls.push({ name: data.m, input: data.a?.[0] })
      const answer = engine.answers[data.m] ?? { ok: true, value: null }
      if (data.i) port1.postMessage({ t: 's', i: data.i, r: answer })
      if (data.m === 'hello' && engine.push) engine.send(engine.push)
    }
    window.postMessage({ type: 'lineside-port' }, '*', [port2])
  })
  setInterval(() => {
    if (!engine.ticking || !engine.push) return
    const tick: Push = { type: 'tick', seq: ++engine.seq + 1_000, nowMs: engine.push.nowMs }
    engine.port?.postMessage({ t: 'q', m: 'push', a: [tick] })
  }, 500)
}

export type BoardPage = {
  page: Page
  /** Shows a board as of `nowMs`, the clock standing still. `id`: the line's, when the page must have drawn it anew. */
  show: (board: Board, nowMs: number, id?: string) => Promise<void>
  /** What the engine answers to a call from now on. */
  answer: (answers: Calls) => Promise<void>
  calls: () => Promise<{ name: string; input: unknown }[]>
  /** Writes a PNG of the page as it is. Compressed for speed: `page.screenshot` takes nearly twice as long. */
  snap: (file: string) => Promise<void>
  /** The engine stops sending anything. */
  silence: () => Promise<void>
  /** The engine goes away: the port closes and no other comes. */
  cut: () => Promise<void>
  /** It is there again. */
  mend: () => Promise<void>
  errors: string[]
}

export async function openBoard(
  browser: Browser,
  url: string,
  options: {
    width?: number
    height?: number
    query?: string
    hasTouch?: boolean
    reducedMotion?: 'reduce' | 'no-preference'
    /** The board that comes by itself. To the browser `show` is a hand on the page, since it runs a script there. */
    first?: { board: Board; nowMs: number }
  } = {},
): Promise<BoardPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1920, height: options.height ?? 1080 },
    reducedMotion: options.reducedMotion ?? 'no-preference',
    hasTouch: options.hasTouch ?? false,
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.addInitScript(installEngine)
  if (options.first) {
    const first: Push = { type: 'snapshot', seq: 0, ...options.first }
    await page.addInitScript((push) => {
      ;(window as unknown as { engine: { push: Push } }).engine.push = push
    }, first)
  }
  await page.goto(`${url}/${options.query ?? ''}`)
  const cdp = await context.newCDPSession(page)
  let seq = 0
  return {
    page,
    errors,
    show: async (board, nowMs, id) => {
      await page.evaluate((push) => (window as unknown as { engine: EngineInPage }).engine.send(push), {
        type: 'snapshot',
        seq: ++seq,
        nowMs,
        board,
      } satisfies Push)
      await page.waitForSelector(id ? `.board[data-line="${id}"] [data-testid]` : '[data-testid]')
      await settled(page)
    },
    answer: (answers) =>
      page.evaluate(
        (given) => void Object.assign((window as unknown as { engine: EngineInPage }).engine.answers, given),
        answers,
      ),
    snap: async (file) => {
      const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
      await writeFile(file, data, 'base64')
    },
    calls: () => page.evaluate(() => (window as unknown as { engine: EngineInPage }).engine.calls),
    cut: () =>
      page.evaluate(() => {
        const engine = (window as unknown as { engine: EngineInPage }).engine
        engine.gone = true
        window.postMessage({ type: 'lineside-port-lost' })
      }),
    mend: () =>
      page.evaluate(() => void ((window as unknown as { engine: EngineInPage }).engine.gone = false)),
    silence: () =>
      page.evaluate(() => void ((window as unknown as { engine: EngineInPage }).engine.ticking = false)),
  }
}

type EngineInPage = {
  send: (push: Push) => void
  answers: Record<string, unknown>
  calls: { name: string; input: unknown }[]
  ticking: boolean
  gone: boolean
}

/** Fonts are there, the cross-fade is over, and two frames have passed. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
    const isDrawn = () => document.querySelector('canvas[data-current="false"]') === null
    do await frame()
    while (!isDrawn())
    await frame()
  })
}
