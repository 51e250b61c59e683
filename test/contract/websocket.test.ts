import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createEngine } from '../../electron/engine/engine.ts'
import type { Engine } from '../../electron/engine/engine.ts'
import { pageLimit, pageMessageLimit, serveBoard } from '../../electron/host/serve-board.ts'
import type { BoardServer } from '../../electron/host/serve-board.ts'
import { webSocketChannel } from '../../electron/host/web-socket-channel.ts'
import { createClient } from '../../renderer/link/client.ts'
import type { Client } from '../../renderer/link/client.ts'
import { protocolVersion } from '../../shared/contract/protocol.ts'
import type { Push } from '../../shared/contract/protocol.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

/** The page's own client against a real engine with a real store, over a real WebSocket. No broker: that is a state. */

const plant = plantSchema.parse({
  site: { name: 'Contract', timeZone: 'Europe/Berlin' },
  broker: { url: 'mqtt://127.0.0.1:9' },
  lines: [
    {
      id: 'l1',
      name: 'Filler 7',
      products: [{ id: 'p1', name: 'Still', idealCycleS: 1 }],
      defaultProduct: 'p1',
      shifts: [
        { name: 'Day', start: '06:00', end: '18:00' },
        { name: 'Night', start: '18:00', end: '06:00' },
      ],
      scrapReasons: ['Cap'],
    },
  ],
})

let dir: ReturnType<typeof makeTempDir>
let engine: Engine
let server: BoardServer
const sockets: WebSocket[] = []

beforeEach(async () => {
  dir = makeTempDir('websocket')
  const folder = join(dir.path, 'page')
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(dir.path, 'secret.txt'), 'not for the page')
  engine = createEngine({ plant, dataDir: dir.path, demo: null, version: '1.2.3', log: () => {} })
  await engine.start()
  server = await serveBoard({ engine, port: 0, host: '127.0.0.1', folder })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate()
  await server.close()
  await engine.stop()
  dir.remove()
})

const origin = () => `http://127.0.0.1:${server.port}`

async function openSocket(
  options: { origin?: string; host?: string; path?: string } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${options.path ?? '/channel'}`, {
    origin: options.origin ?? origin(),
    ...(options.host ? { headers: { host: options.host } } : {}),
  })
  sockets.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return socket
}

async function openPage(): Promise<{ client: Client; pushes: Push[]; socket: WebSocket }> {
  const socket = await openSocket()
  const pushes: Push[] = []
  const channel = { ...webSocketChannel(socket), close: () => socket.close() }
  const client = createClient(channel, { deadlineMs: 2_000, onPush: (push) => pushes.push(push) })
  return { client, pushes, socket }
}

const hello = (client: Client) => client.call('hello', { protocol: protocolVersion, lineId: null })

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const call = request({ port: server.port, host: '127.0.0.1', path, method, headers }, (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        )
      })
      call.on('error', reject)
      call.end()
    },
  )
}

describe('the protocol over a WebSocket', () => {
  test('nothing before hello; then the version, a snapshot and ticks', async () => {
    const { client, pushes } = await openPage()
    expect(pushes).toEqual([])
    expect(await hello(client)).toEqual({ protocol: protocolVersion, version: '1.2.3' })
    const first = await until('a push', () => pushes[0])
    expect(first.type).toBe('snapshot')
    if (first.type !== 'snapshot') return
    expect(first.board.site.lineName).toBe('Filler 7')
    client.ack(first.seq)
    const next = await until('the next push', () => pushes[1], 3_000)
    expect(next.seq).toBeGreaterThan(first.seq)
  })

  test('a command is stored and comes back as a push on every page', async () => {
    const payload = Buffer.from('{"good":1}')
    const topic = 'lineside/v1/l1/count'
    const message = { topic, payload, arrivedMs: Date.now(), dup: false, retain: false, packetId: null }
    engine.recorder.record([message])
    const one = await openPage()
    const other = await openPage()
    await Promise.all([hello(one.client), hello(other.client)])
    for (const { client, pushes } of [one, other]) client.ack((await until('a push', () => pushes[0])).seq)
    const receipt = await one.client.call('logScrap', { lineId: 'l1', reason: 'Cap', qty: 12 })
    expect(receipt.entryId).not.toBe('')
    for (const { pushes } of [one, other]) {
      await until('the scrap on the board', () =>
        pushes.some((push) => push.type === 'patch' && push.parts.scrap?.scrap === 12),
      )
    }
  })

  test('refusals come as code and sentence', async () => {
    const { client } = await openPage()
    await hello(client)
    const noLine = client.call('logScrap', { lineId: 'nowhere', reason: 'Cap', qty: 1 })
    await expect(noLine).rejects.toMatchObject({ code: 'not-found', message: expect.stringMatching(/\w+/) })
    const badInput = client.call('logScrap', { lineId: 'l1', reason: 'Cap', qty: -1 })
    await expect(badInput).rejects.toMatchObject({ code: 'bad-input' })
    const unlisted = client.call('constructor' as 'hello', { protocol: protocolVersion, lineId: null })
    await expect(unlisted).rejects.toMatchObject({ code: expect.stringMatching(/^(not-allowed|deadline)$/) })
  })

  test('a link that breaks fails the calls that wait, at once', async () => {
    const { client, socket } = await openPage()
    await hello(client)
    const startMs = performance.now()
    const waiting = client.call('openStops', { lineId: 'l1' })
    socket.terminate()
    await expect(waiting).rejects.toMatchObject({ code: 'deadline' })
    expect(performance.now() - startMs).toBeLessThan(1_000)
  })

  test('closing the board ends every page, and fails its calls', async () => {
    const { client, socket } = await openPage()
    await hello(client)
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    await server.close()
    await closed
    await expect(hello(client)).rejects.toMatchObject({ code: 'closed' })
    await expect(get('/')).rejects.toThrow()
  })
})

describe('who may connect', () => {
  test('a page of another origin, another host name or another path is refused', async () => {
    await expect(openSocket({ origin: 'http://evil.example' })).rejects.toThrow('403')
    await expect(openSocket({ origin: `http://localhost:${server.port + 1}` })).rejects.toThrow('403')
    await expect(openSocket({ host: `evil.example:${server.port}` })).rejects.toThrow('403')
    await expect(openSocket({ path: '/other' })).rejects.toThrow('403')
    expect(server.counters()).toEqual({ pages: 0, refused: 4 })
  })

  test('localhost is the same board', async () => {
    const host = `localhost:${server.port}`
    const socket = await openSocket({ host, origin: `http://${host}` })
    expect(socket.readyState).toBe(WebSocket.OPEN)
  })

  test('no more than the bound of pages, and room again when one leaves', async () => {
    const pages: WebSocket[] = []
    for (let page = 0; page < pageLimit; page++) pages.push(await openSocket())
    await expect(openSocket()).rejects.toThrow('503')
    pages[0]?.close()
    await until('room for a page', () => server.counters().pages < pageLimit)
    expect((await openSocket()).readyState).toBe(WebSocket.OPEN)
  })

  test.each([
    ['text that is not JSON', 'not json'],
    ['binary', Buffer.from([1, 2, 3])],
    ['a message over the bound', `"${'x'.repeat(pageMessageLimit)}"`],
  ])('%s ends only its own page', async (_name, noise) => {
    const { client } = await openPage()
    const bad = await openSocket()
    const closed = new Promise<void>((resolve) => bad.once('close', () => resolve()))
    bad.send(noise)
    await closed
    expect(await hello(client)).toMatchObject({ version: '1.2.3' })
  })

  test('a port in use is said in one sentence', async () => {
    const second = serveBoard({ engine, port: server.port, host: '127.0.0.1' })
    await expect(second).rejects.toThrow(`Port ${server.port} is in use: name another one with --port`)
  })

  test('a client that says nothing does not hold up the end', async () => {
    const silent = connect(server.port, '127.0.0.1')
    await new Promise<void>((resolve) => silent.once('connect', () => resolve()))
    const ended = new Promise<void>((resolve) => silent.once('close', () => resolve()))
    silent.on('error', () => {})
    silent.resume()
    await server.close()
    await ended
  })
})

describe('files', () => {
  test('the page comes with a policy that allows only its own files and its own channel', async () => {
    const { status, headers, body } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('<title>page</title>')
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-cache')
  })

  test('a request that does not come whole in time loses its connection', async () => {
    const own = await serveBoard({ engine, port: 0, host: '127.0.0.1', requestLimitMs: 200 })
    const slow = connect(own.port, '127.0.0.1', () => slow.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-'))
    slow.on('error', () => {})
    slow.resume()
    await new Promise((resolve) => slow.once('close', resolve))
    await own.close()
  })

  test('nothing outside of the page, no other method, no other host', async () => {
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt']) {
      expect((await get(path)).status).toBe(404)
    }
    expect((await get('/', {}, 'POST')).status).toBe(405)
    expect((await get('/', { host: 'evil.example' })).status).toBe(421)
  })
})
