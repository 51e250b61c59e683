import { describe, expect, test } from 'vitest'
import { maxUnackedPushes } from '../../electron/engine/push-stream.ts'
import type { Board } from '../../shared/contract/board.ts'
import { patchIntervalMs } from '../../shared/contract/protocol.ts'
import { feedRig } from '../helpers/feed-rig.ts'
import { sampleBoard } from '../helpers/sample-board.ts'
import { until } from '../helpers/until.ts'

describe('pushes', () => {
  test('patches carry only the parts that changed, to the pages of that line', async () => {
    const { page, make } = feedRig()
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
    const { page, make } = feedRig()
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
      const { feed, page } = feedRig({
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
    const { page, feed } = feedRig()
    const client = page()
    await client.hello('a')
    feed.tick()
    await until('what the page waits for', () => client.pushes.length === 2)
    expect(client.pushes[1]).toEqual({ type: 'tick', seq: 2, nowMs: 42 })
  })

  test('a page that does not ack gets nothing more, and one snapshot when it acks again', async () => {
    const { page, feed, make } = feedRig()
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
    const { page, feed } = feedRig()
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
    const { page, feed, log } = feedRig({
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
