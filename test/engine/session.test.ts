import { afterEach, describe, expect, test } from 'vitest'
import { CallFailure } from '../../electron/engine/call-failure.ts'
import { keepEqualParts, type CountedBoard } from '../../electron/engine/board-diff.ts'
import { createFeed, maxSessions, type Feed } from '../../electron/engine/feed.ts'
import type { Guard } from '../../electron/engine/guard.ts'
import { maxCallMessageChars } from '../../electron/engine/message-size.ts'
import { maxUnackedPushes } from '../../electron/engine/push-stream.ts'
import { maxPendingCalls, type Commands } from '../../electron/engine/session.ts'
import type { Board } from '../../shared/contract/board.ts'
import { patchIntervalMs, protocolVersion } from '../../shared/contract/protocol.ts'
import { connectPage, type PageClient } from '../helpers/page-client.ts'
import { until } from '../helpers/until.ts'
import { sampleBoard } from '../helpers/sample-board.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean()
})

type Rig = {
  feed: Feed
  page: () => PageClient
  make: (lineId: string, made: number) => void
  log: string[]
  release: () => void
}

/** A feed of two lines whose boards the test sets, over real MessagePorts. */
function rig(
  options: {
    board?: (lineId: string) => Board | null
    numbers?: (lineId: string) => CountedBoard | null
  } = {},
): Rig {
  const boards = new Map([
    ['a', sampleBoard('a')],
    ['b', sampleBoard('b')],
  ])
  const log: string[] = []
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const unused = () => Promise.reject(new Error('disk on fire, PIN 1234'))
  const commands: Commands = {
    logScrap: async ({ qty }, { device }) => ({ entryId: `${device}/${qty}`, atMs: 1 }),
    openStops: async () => {
      await held
      return []
    },
    selfTest: unused,
    leaveBoard: unused,
    setStopReason: unused,
    splitStop: unused,
    mergeStops: unused,
    startChangeover: unused,
    endChangeover: async () => {
      throw new CallFailure('not-found', 'No changeover is running.')
    },
    undo: unused,
    correctCount: unused,
    enterSafety: unused,
    enterFigure: unused,
    addNote: unused,
    rejects: unused,
    quarantined: unused,
    settleQuarantined: unused,
    health: unused,
    sources: unused,
    okrs: unused,
    okrHistory: unused,
    createObjective: unused,
    editObjective: unused,
    archiveObjective: unused,
    createKeyResult: unused,
    editKeyResult: unused,
    changeTarget: unused,
    archiveKeyResult: unused,
    proposeTarget: unused,
    answerProposal: unused,
    closeObjective: unused,
    lockIn: unused,
    kpis: unused,
    kpiHistory: unused,
    saveKpi: unused,
    actions: unused,
    actionHistory: unused,
    saveAction: unused,
    answerRed: unused,
    saveBarrier: unused,
    saveReview: unused,
    candidate: unused,
    makeKeyResult: unused,
    startHuddle: unused,
    stepHuddle: unused,
    countPresent: unused,
    finishHuddle: unused,
    signHours: unused,
    raiseToTier: unused,
    answerTier: unused,
    huddles: unused,
    paper: unused,
    reportShifts: unused,
    checkIn: async () => {
      throw new CallFailure('locked', 'Wait.', 60_000)
    },
    raiseCall: unused,
    answerCall: unused,
    callTimes: unused,
    changeoverStep: unused,
    people: unused,
    addPerson: unused,
    addFirstAdmin: unused,
    setRole: unused,
    resetPin: unused,
    setBadge: unused,
    retirePerson: unused,
    changePin: unused,
    auditTrail: unused,
  }
  /** Lets everybody do everything; who may do what is guard.test.ts' subject. */
  const guard: Guard = {
    admit: async (_name, _pin, device) => ({ device, by: 'Somebody', personId: 'p', role: 'admin' }),
    signIn: unused,
    signInBadge: unused,
    signOut: () => {},
    refused: () => 0,
  }
  const feed = createFeed({
    version: '1.2.3',
    now: () => 42,
    defaultLineId: 'a',
    commands,
    guard,
    board: options.board ?? ((lineId) => boards.get(lineId) ?? null),
    numbers: options.numbers ?? (() => null),
    log: (level, message) => log.push(`${level} ${message}`),
  })
  cleanups.push(feed.close)
  return {
    feed,
    log,
    release,
    page: () => {
      const page = connectPage(feed.attach)
      cleanups.push(page.close)
      return page
    },
    make: (lineId, made) => {
      boards.set(lineId, keepEqualParts(boards.get(lineId) ?? null, sampleBoard(lineId, made)))
      feed.changed(new Set([lineId]))
    },
  }
}

describe('hello', () => {
  test('comes first, and brings a snapshot of the asked line after its answer', async () => {
    const { page } = rig()
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
    const { page } = rig()
    const client = page()
    const old = await client.call('hello', { protocol: protocolVersion + 1, lineId: null })
    expect(old).toMatchObject({ ok: false, error: { code: 'version' } })
    const nowhere = await client.call('hello', { protocol: protocolVersion, lineId: 'zz' })
    expect(nowhere).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  test('again moves the page to another line', async () => {
    const { page, make, feed } = rig()
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

describe('pushes', () => {
  test('patches carry only the parts that changed, to the pages of that line', async () => {
    const { page, make } = rig()
    const [one, two] = [page(), page()]
    await Promise.all([one.hello('a'), two.hello('b')])
    make('a', 5)
    await one.until((board) => board.status.made === 5, 'the patch')
    const patch = one.pushes[one.pushes.length - 1]
    expect(patch).toMatchObject({ type: 'patch', seq: 2, nowMs: 42 })
    expect(patch?.type === 'patch' && Object.keys(patch.parts).sort()).toEqual(['hours', 'status'])
    expect(two.pushes).toHaveLength(1)
  })

  test(`many changes make at most one patch in ${patchIntervalMs} ms, and the last value arrives`, async () => {
    const { page, make } = rig()
    const client = page()
    await client.hello('a')
    const startedMs = performance.now()
    let made = 0
    while (performance.now() - startedMs < 1_000) {
      make('a', (made += 1))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await client.until((board) => board.status.made === made, 'the last value')
    const tookMs = performance.now() - startedMs
    const patches = client.pushes.filter((push) => push.type === 'patch').length
    expect(made).toBeGreaterThan(100)
    expect(patches).toBeGreaterThanOrEqual(2)
    expect(patches).toBeLessThanOrEqual(Math.ceil(tookMs / patchIntervalMs) + 1)
  })

  describe('numbers that changed', () => {
    const before = sampleBoard('a')
    const numbers = { ...before, status: { ...before.status, made: 512 } }
    const whole = { ...numbers, scrap: { ...before.scrap, scrap: 7 } }

    async function start() {
      const shown = { board: before, before, after: null as Board | null }
      const { feed, page } = rig({
        board: () => shown.board,
        numbers: () => shown.after && { before: shown.before, after: shown.after },
      })
      const client = page()
      await client.hello()
      client.acking = false
      const kinds = () =>
        client.pushes.map((push) => (push.type === 'patch' ? Object.keys(push.parts).join() : push.type))
      return {
        client,
        feed,
        kinds,
        change: (board: Board, after: Board | null, known = before) => {
          Object.assign(shown, { board, before: known, after })
          feed.changed(new Set(['a']))
        },
      }
    }

    test('go out first; the rest follows when the page has acknowledged them', async () => {
      const { client, kinds, change } = await start()
      change(whole, numbers)
      await until('the numbers', () => client.pushes.length === 2)
      await new Promise((resolve) => setTimeout(resolve, patchIntervalMs / 2))
      expect(kinds()).toEqual(['snapshot', 'counts'])
      client.ack()
      await client.until((board) => board.scrap.scrap === 7, 'the rest')
      expect(kinds()).toEqual(['snapshot', 'counts', 'scrap'])
    })

    test('do not go first to a page that has not got all of what they follow', async () => {
      const { client, kinds, change } = await start()
      const known = { ...before, scrap: { ...before.scrap, scrap: 3 } }
      change(whole, { ...known, status: numbers.status }, known)
      await client.until((board) => board.scrap.scrap === 7, 'the whole board')
      expect(kinds()).toEqual(['snapshot', 'status,scrap'])
    })

    test('are followed by a word that this was all where nothing else changed', async () => {
      const { client, kinds, change } = await start()
      change(numbers, numbers)
      await until('the numbers', () => client.pushes.length === 2)
      client.ack()
      await client.until((board) => board.status.made === 512, 'the whole board')
      expect(kinds()).toEqual(['snapshot', 'counts', 'tick'])
    })

    test('are followed by the rest with the next tick or change where no acknowledgement comes', async () => {
      const { client, feed, kinds, change } = await start()
      change(whole, numbers)
      await until('the numbers', () => client.pushes.length === 2)
      feed.tick()
      await client.until((board) => board.scrap.scrap === 7, 'the rest')
      change({ ...whole, scrap: { ...before.scrap, scrap: 8 } }, null)
      await client.until((board) => board.scrap.scrap === 8, 'the next change')
      expect(kinds()[1]).toBe('counts')
    })
  })

  test('a tick comes when nothing changed', async () => {
    const { page, feed } = rig()
    const client = page()
    await client.hello('a')
    feed.tick()
    await until('what the page waits for', () => client.pushes.length === 2)
    expect(client.pushes[1]).toEqual({ type: 'tick', seq: 2, nowMs: 42 })
  })

  test('a page that does not ack gets nothing more, and one snapshot when it acks again', async () => {
    const { page, feed, make } = rig()
    const client = page()
    client.acking = false
    await client.hello('a')
    for (let i = 0; i < 10; i++) feed.tick()
    await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 1 })
    expect(client.pushes.map((push) => push.type)).toEqual(['snapshot', 'tick', 'tick', 'tick'])
    expect(client.pushes).toHaveLength(maxUnackedPushes + 1)
    make('a', 9)
    make('a', 10)
    await client.call('ack', { seq: 2 })
    await client.until((board) => board.status.made === 10, 'the snapshot')
    expect(client.pushes.slice(4)).toMatchObject([{ type: 'snapshot', seq: 5 }])
    client.acking = true
    feed.tick()
    await until('what the page waits for', () => client.pushes.length === 6)
    expect(client.pushes[5]?.type).toBe('tick')
  })

  test('an ack of something never sent changes nothing', async () => {
    const { page, feed } = rig()
    const client = page()
    client.acking = false
    await client.hello('a')
    for (let i = 0; i < 6; i++) feed.tick()
    await client.call('ack', { seq: 999 })
    feed.tick()
    await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 1 })
    expect(client.pushes).toHaveLength(maxUnackedPushes + 1)
  })

  test('a board that cannot be made stops the ticks, and comes back with what changed', async () => {
    let fails = false
    const { page, feed, log } = rig({
      board: () => {
        if (fails) throw new Error('bad sums')
        return sampleBoard('a', 3)
      },
    })
    const client = page()
    await client.hello('a')
    fails = true
    feed.tick()
    feed.tick()
    await client.call('logScrap', { lineId: 'a', reason: 'dent', qty: 1 })
    expect(client.pushes).toHaveLength(1)
    expect(log.filter((line) => line.includes('bad sums'))).toHaveLength(1)
    fails = false
    feed.tick()
    await until('what the page waits for', () => client.pushes.length === 2)
  })
})

describe('calls', () => {
  test('answer in the envelope, with code, message and retry time', async () => {
    const { page, log } = rig()
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
      const { page } = rig()
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
    const { page } = rig()
    const client = page()
    await client.hello('a')
    const answer = await client.call('logScrap', input as never)
    expect(answer).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  test('messages that are no calls, or too long, are answered where they can be, and harm nobody', async () => {
    const { page } = rig()
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
    const { page, release } = rig()
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
    const { page, feed } = rig()
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
    const { feed } = rig()
    feed.attach({ send: () => undefined, onMessage: () => undefined, onClose: (listener) => listener() })
    expect(feed.counters().sessions).toBe(0)
  })

  test('a channel that throws on send ends its session', async () => {
    const { feed } = rig()
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
