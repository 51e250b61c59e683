import { describe, expect, test } from 'vitest'
import { maxSessions } from '../../electron/engine/feed.ts'
import { maxCallMessageChars } from '../../electron/engine/message-size.ts'
import { maxPendingCalls } from '../../electron/engine/session.ts'
import { protocolVersion } from '../../shared/contract/protocol.ts'
import { feedRig } from '../helpers/feed-rig.ts'
import { sampleBoard } from '../helpers/sample-board.ts'
import { until } from '../helpers/until.ts'

describe('hello', () => {
  test('comes first, and brings a snapshot of the asked line after its answer', async () => {
    const { page } = feedRig()
    const client = page()
    const early = await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 1 })
    expect(early).toEqual({ ok: false, error: { code: 'not-allowed', message: 'Say hello first.' } })
    const answer = await client.call('hello', { protocol: protocolVersion, lineId: 'b' })
    expect(answer).toEqual({ ok: true, value: { protocol: protocolVersion, version: '1.2.3' } })
    expect(client.pushes).toEqual([])
    await client.until((board) => board.site.lineId === 'b', 'the snapshot')
    expect(client.pushes).toEqual([{ type: 'snapshot', seq: 1, nowMs: 42, board: sampleBoard('b') }])
  })

  test('refuses another protocol and an unknown line, each with its code', async () => {
    const { page } = feedRig()
    const client = page()
    const old = await client.call('hello', { protocol: protocolVersion + 1, lineId: null })
    expect(old).toMatchObject({ ok: false, error: { code: 'version' } })
    const nowhere = await client.call('hello', { protocol: protocolVersion, lineId: 'zz' })
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  test('again moves the page to another line', async () => {
    const { page, make, feed } = feedRig()
    const client = page()
    await client.hello('a')
    await client.hello('b')
    make('a', 7)
    feed.tick()
    await until('what the page waits for', () => client.pushes.some((push) => push.type === 'tick'))
    expect(client.board().site.lineId).toBe('b')
    expect(client.board().status.made).toBe(0)
  })
})

describe('calls', () => {
  test('answer in the envelope, with code, message and retry time', async () => {
    const { page, log } = feedRig()
    const client = page()
    await client.hello('a')
    expect(await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 2 })).toEqual({
      ok: true,
      value: { entryId: 'page-1/2', atMs: 1 },
    })
    expect(await client.call('endChangeover', { lineId: 'a' })).toEqual({
      ok: false,
      error: { code: 'not-found', message: 'No changeover is running.' },
    })
    const checkIn = { keyResultId: 'k', value: null, confidence: 'yes', sentence: '', pin: '1234' } as const
    expect(await client.call('checkIn', checkIn)).toMatchObject({
      error: { code: 'locked', retryMs: 60_000 },
    })
    const failed = await client.call('undo', { lineId: 'a', entryId: 'x' })
    expect(failed).toMatchObject({ ok: false, error: { code: 'store' } })
    expect(JSON.stringify(failed)).not.toContain('disk on fire')
    expect(log.join()).toContain('disk on fire')
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'push', '$close', 'then', ''])(
    'the name "%s" is not callable',
    async (name) => {
      const { page } = feedRig()
      const client = page()
      await client.hello('a')
      client.raw({ t: 'q', i: 'x', m: name, a: [{}] })
      await until('what the page waits for', () => client.answers.has('x'))
      expect(client.answers.get('x')).toEqual({
        ok: false,
        error: { code: 'not-allowed', message: 'There is no such call.' },
      })
    },
  )

  test.each([
    ['no quantity', { lineId: 'a', reason: 'dent' }],
    ['too many pieces', { lineId: 'a', reason: 'dent', qty: 1_000 }],
    ['half a piece', { lineId: 'a', reason: 'dent', qty: 0.5 }],
    ['an extra field', { lineId: 'a', reason: 'dent', qty: 1, by: 'me' }],
    ['nothing', null],
    ['an array', []],
    ['an empty reason', { lineId: 'a', reason: '  ', qty: 1 }],
  ])('bad input (%s) is refused before it reaches a command', async (_what, input) => {
    const { page } = feedRig()
    const client = page()
    await client.hello('a')
    const answer = await client.call('logScrap', input as never)
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  test('messages that are no calls, or too long, are answered where they can be, and harm nobody', async () => {
    const { page } = feedRig()
    const client = page()
    await client.hello('a')
    const long = 'x'.repeat(maxCallMessageChars)
    client.raw({ t: 'q', i: 'long', m: 'logScrap', a: [{ lineId: 'a', reason: long, qty: 1 }] })
    client.raw({ t: 'q', i: 'args', m: 'logScrap', a: 'none' })
    client.raw({ t: 'q', i: 'two', m: 'ack', a: [{ seq: 1 }, 2] })
    client.raw({ t: 's', i: 'answer', r: 1 })
    client.raw({ t: 'q', i: 7, m: 'ack', a: [{ seq: 1 }] })
    client.raw({ t: 'q', i: 'm', m: { toString: 'x' }, a: [{ seq: 1 }] })
    client.raw(null)
    client.raw('hello')
    client.raw(new Array(100_000).fill(1))
    let deep: unknown = 1
    for (let i = 0; i < 50; i++) deep = [deep]
    client.raw({ t: 'q', i: 'deep', m: 'ack', a: [deep] })
    const answer = await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 1 })
    expect(answer.ok).toBe(true)
    for (const id of ['long', 'args', 'two', 'm', 'deep']) {
      expect(client.answers.get(id), id).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
    expect(client.answers.has('answer')).toBe(false)
  })

  test(`more than ${maxPendingCalls} open calls of one page are refused`, async () => {
    const { page, release } = feedRig()
    const client = page()
    await client.hello('a')
    const open = Array.from({ length: maxPendingCalls }, () => client.call('openStops', { lineId: 'a' }))
    expect(await client.call('openStops', { lineId: 'a' })).toMatchObject({ error: { code: 'not-allowed' } })
    release()
    expect((await Promise.all(open)).every((answer) => answer.ok)).toBe(true)
  })
})

describe('sessions', () => {
  test(`at most ${maxSessions} pages; one that leaves makes room`, async () => {
    const { page, feed } = feedRig()
    const pages = Array.from({ length: maxSessions }, page)
    const extra = page()
    expect(await extra.call('hello', { protocol: protocolVersion, lineId: null })).toMatchObject({
      ok: false,
      error: { code: 'closed' },
    })
    pages[0]?.close()
    await until('what the page waits for', () => feed.counters().sessions === maxSessions - 1)
    await page().hello('a')
    expect(feed.counters()).toEqual({ sessions: maxSessions, opened: maxSessions + 1, refused: 1 })
  })

  test('a channel that is already closed leaves no session', () => {
    const { feed } = feedRig()
    feed.attach({ send: () => undefined, onMessage: () => undefined, onClose: (listener) => listener() })
    expect(feed.counters().sessions).toBe(0)
  })

  test('a channel that throws on send ends its session', async () => {
    const { feed } = feedRig()
    let listen: (message: unknown) => void = () => undefined
    feed.attach({
      send: () => {
        throw new Error('gone')
      },
      onMessage: (listener) => (listen = listener),
      onClose: () => undefined,
    })
    listen({ t: 'q', i: '1', m: 'hello', a: [{ protocol: protocolVersion, lineId: null }] })
    await until('what the page waits for', () => feed.counters().sessions === 0)
    expect(feed.counters().sessions).toBe(0)
  })
})
