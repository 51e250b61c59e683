import { describe, expect, test } from 'vitest'
import { at, audit, hourOfEntries } from '../helpers/hour-of-entries.ts'
import { minute, six } from '../helpers/view-input.ts'

const start = hourOfEntries()

describe('stop reasons', () => {
  test('the stops of the shift, newest first; a reason covers the whole stop and no other', async () => {
    const { page } = await start()
    const open = await page.call('openStops', { lineId: 'l1' })
    if (!open.ok) throw new Error(open.error.message)
    expect(open.value.map((stop) => [stop.startMs, stop.closedMs, stop.reason])).toEqual([
      [at(40), at(50), null],
      [at(20), at(25), null],
    ])
    const set = await page.call('setStopReason', { lineId: 'l1', startMs: at(40), reason: 'Jam' })
    expect(set.ok).toBe(true)
    const board = await page.until((b) => b.status.timeline.some((s) => s.reason === 'Jam'), 'the reason')
    const stops = board.status.timeline.filter((segment) => segment.state === 'stopped')
    expect(stops.map((s) => [s.startMs, s.endMs, s.reason])).toEqual([
      [at(20), at(25), null],
      [at(40), at(50), 'Jam'],
    ])
    expect(board.hours.rows[0]?.topStop).toEqual({ reason: 'Jam', ms: 10 * minute })
  })

  test('a reason for the running stop holds until it ends, and not for the next one', async () => {
    const { rig, page } = await start()
    rig.clock.nowMs = at(65)
    rig.arrive([['state', { state: 'stopped', ts: at(64) }]])
    await page.until((b) => b.line.word === 'stopped', 'the stop')
    expect((await page.call('setStopReason', { lineId: 'l1', startMs: at(64), reason: 'Film' })).ok).toBe(
      true,
    )
    const during = await page.until((b) => b.line.reason === 'Film', 'the reason on the line')
    expect(during.line).toMatchObject({ word: 'stopped', sinceMs: at(64) })
    rig.clock.nowMs = at(70)
    rig.arrive([
      ['state', { state: 'running', ts: at(66) }],
      ['state', { state: 'stopped', ts: at(69) }],
    ])
    const after = await page.until((b) => b.line.sinceMs === at(69), 'the next stop')
    expect(after.line).toMatchObject({ word: 'stopped', reason: null })
    expect(after.status.timeline.find((s) => s.startMs === at(64))).toMatchObject({
      endMs: at(66),
      reason: 'Film',
    })
  })

  test('a stop is split, its second part gets its own reason, and an undo takes the split back', async () => {
    const { page, rig } = await start()
    const split = await page.call('splitStop', { lineId: 'l1', startMs: at(40), atMs: at(43) })
    if (!split.ok) throw new Error(split.error.message)
    const starts = async () => {
      const open = await page.call('openStops', { lineId: 'l1' })
      return open.ok ? open.value.map((stop) => [(stop.startMs - six) / minute, stop.reason]) : open.error
    }
    expect(await starts()).toEqual([
      [43, null],
      [40, null],
      [20, null],
    ])
    expect((await page.call('setStopReason', { lineId: 'l1', startMs: at(43), reason: 'Jam' })).ok).toBe(true)
    expect(await starts()).toEqual([
      [43, 'Jam'],
      [40, null],
      [20, null],
    ])
    expect((await page.call('undo', { lineId: 'l1', entryId: split.value.entryId })).ok).toBe(true)
    // The reason stays where it was given.
    expect(await starts()).toEqual([
      [43, 'Jam'],
      [40, null],
      [20, null],
    ])
    for (const atMs of [at(40), at(50), at(55)]) {
      const refused = await page.call('splitStop', { lineId: 'l1', startMs: at(40), atMs })
      expect(refused).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
    expect(audit(rig).map((entry) => entry.action)).toEqual(['undo', 'setStopReason', 'splitStop'])
  })

  test('stops are merged with what ran in between, and come apart again', async () => {
    const { page, rig } = await start()
    const merge = { lineId: 'l1', startsMs: [at(20), at(40)], reason: 'Cap chute' }
    const merged = await page.call('mergeStops', merge)
    if (!merged.ok) throw new Error(merged.error.message)
    const board = await page.until((b) => b.hours.rows[0]?.topStop?.reason === 'Cap chute', 'the merged stop')
    expect(board.hours.rows[0]!.topStop!.ms).toBe(15 * minute)
    const open = await page.call('openStops', { lineId: 'l1' })
    expect(open.ok && open.value.map((stop) => [stop.startMs, stop.closedMs, stop.durationMs])).toEqual([
      [at(20), at(50), 15 * minute],
    ])
    expect((await page.call('undo', { lineId: 'l1', entryId: merged.value.entryId })).ok).toBe(true)
    const apart = await page.call('openStops', { lineId: 'l1' })
    expect(apart.ok && apart.value.map((stop) => stop.reason)).toEqual([null, null])

    rig.clock.nowMs = at(65)
    rig.arrive([['state', { state: 'stopped', ts: at(64) }]])
    await page.until((b) => b.line.word === 'stopped', 'the stop')
    expect(await page.call('mergeStops', { ...merge, startsMs: [at(40), at(64)] })).toMatchObject({
      error: { code: 'not-allowed' },
    })
    expect(await page.call('mergeStops', { ...merge, startsMs: [at(40), at(41)] })).toMatchObject({
      error: { code: 'not-found' },
    })
  })

  test('a late reason reaches a shift that is over, for seven days', async () => {
    const { page, rig } = await start()
    rig.clock.nowMs = at(25 * 60)
    rig.arrive([['count', { good: 0 }]])
    await page.until((b) => b.line.shift?.date === '2026-11-24', 'the next day')
    const listed = await page.call('openStops', { lineId: 'l1', atMs: at(30) })
    expect(listed.ok && listed.value.map((stop) => stop.startMs)).toContain(at(20))
    expect((await page.call('setStopReason', { lineId: 'l1', startMs: at(20), reason: 'Jam' })).ok).toBe(true)
    const again = await page.call('openStops', { lineId: 'l1', atMs: at(30) })
    expect(again.ok && again.value.find((stop) => stop.startMs === at(20))?.reason).toBe('Jam')
    rig.clock.nowMs = at(20) + 7 * 24 * 60 * minute + 1
    expect(await page.call('setStopReason', { lineId: 'l1', startMs: at(20), reason: 'Belt' })).toMatchObject(
      {
        error: { code: 'too-late' },
      },
    )
  })

  test('of a stop that is not there is refused', async () => {
    const { page } = await start()
    const answer = await page.call('setStopReason', { lineId: 'l1', startMs: at(41), reason: 'Jam' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
