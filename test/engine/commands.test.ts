import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { maxWrongPins } from '../../electron/engine/pin-gate.ts'
import type { CallMessage } from '../../shared/contract/protocol.ts'
import { at, audit, hourOfEntries, nowMs, pin } from '../helpers/hour-of-entries.ts'

const start = hourOfEntries()

describe('scrap', () => {
  test('is on the board at once, and gone after an undo', async () => {
    const { rig, page } = await start()
    const logged = await page.call('logScrap', { lineId: 'l1', reason: 'Dent', qty: 7 })
    expect(logged).toMatchObject({ ok: true, value: { atMs: nowMs } })
    const board = await page.until((b) => b.scrap.scrap === 107, 'the scrap')
    expect(board.scrap.reasons).toEqual([
      { reason: '', qty: 100 },
      { reason: 'Dent', qty: 7 },
    ])
    if (!logged.ok) throw new Error('unreachable')
    rig.clock.nowMs += 30_000
    const undone = await page.call('undo', { lineId: 'l1', entryId: logged.value.entryId })
    expect(undone.ok).toBe(true)
    expect((await page.until((b) => b.scrap.scrap === 100, 'the undo')).scrap.reasons).toEqual([
      { reason: '', qty: 100 },
    ])
    const [second, first] = audit(rig)
    expect(first).toMatchObject({
      action: 'logScrap',
      subject: 'l1',
      by: 'station',
      atMs: nowMs,
      device: 'page-1',
    })
    expect(JSON.parse(first!.detail)).toEqual({
      kind: 'scrap',
      reason: 'Dent',
      qty: 7,
      entryId: logged.value.entryId,
    })
    expect(second).toMatchObject({ action: 'undo', by: 'station' })
  })

  test('cannot be undone after 30 s, nor twice, nor when it never was', async () => {
    const { rig, page } = await start()
    const logged = await page.call('logScrap', { lineId: 'l1', reason: 'Dent', qty: 7 })
    if (!logged.ok) throw new Error(logged.error.message)
    rig.clock.nowMs += 30_001
    const { entryId } = logged.value
    expect(await page.call('undo', { lineId: 'l1', entryId })).toMatchObject({ error: { code: 'too-late' } })
    expect(await page.call('undo', { lineId: 'l1', entryId: 'none' })).toMatchObject({
      error: { code: 'not-found' },
    })
    await page.until((b) => b.scrap.scrap === 107, 'the scrap that stays')
  })

  test('of an unknown line is refused and leaves no trace', async () => {
    const { rig, page } = await start()
    expect(await page.call('logScrap', { lineId: 'zz', reason: 'Dent', qty: 7 })).toMatchObject({
      error: { code: 'not-found' },
    })
    expect(audit(rig)).toEqual([])
  })
})

describe('changeover', () => {
  test('start and end by touch', async () => {
    const { rig, page } = await start()
    expect(await page.call('endChangeover', { lineId: 'l1' })).toMatchObject({ error: { code: 'not-found' } })
    expect((await page.call('startChangeover', { lineId: 'l1', to: 'lid' })).ok).toBe(true)
    rig.clock.nowMs += 10_000
    const running = await page.until((b) => b.changeover.current !== null, 'the changeover')
    expect(running.changeover.current).toMatchObject({
      from: 'cap',
      to: 'lid',
      startMs: nowMs,
      closedMs: null,
    })
    expect(running.line.word).toBe('changeover')
    expect(await page.call('startChangeover', { lineId: 'l1', to: null })).toMatchObject({
      error: { code: 'not-allowed' },
    })
    rig.clock.nowMs += 5_000
    expect((await page.call('endChangeover', { lineId: 'l1' })).ok).toBe(true)
    rig.clock.nowMs += 1_000
    const done = await page.until((b) => b.changeover.current === null, 'the end')
    expect(done.changeover.recent).toMatchObject([
      { startMs: nowMs, closedMs: nowMs + 15_000, durationMs: 15_000 },
    ])
    expect(audit(rig).map((entry) => entry.action)).toEqual(['endChangeover', 'startChangeover'])
  })
})

describe('check-in', () => {
  const checkIn = (more: Partial<CallMessage<'checkIn'>> = {}): CallMessage<'checkIn'> => ({
    keyResultId: 'ideas',
    value: 4,
    confidence: 'yes',
    sentence: 'Two from the night shift',
    pin,
    ...more,
  })

  test('with a PIN moves the key result, and says who', async () => {
    const { rig, page } = await start()
    expect(await page.call('checkIn', checkIn())).toEqual({ ok: true, value: { by: 'Demo', atMs: nowMs } })
    const board = await page.until((b) => b.keyResults.items[1]?.value === 4, 'the check-in')
    expect(board.keyResults.items[1]).toMatchObject({
      id: 'ideas',
      freshness: 'fresh',
      checkInAgeDays: 0,
      lastSentence: 'Two from the night shift',
      progress: { progress: 0.4 },
    })
    expect(audit(rig)[0]).toMatchObject({ action: 'checkIn', by: 'Demo', subject: 'ideas' })
    await rig.restart()
    const again = rig.page()
    await again.hello()
    expect(again.board().keyResults.items[1]).toMatchObject({ value: 4 })
  })

  test('of a live key result takes words and no value', async () => {
    const { page } = await start()
    const typed = await page.call('checkIn', checkIn({ keyResultId: 'live', value: 900 }))
    expect(typed).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    const words = await page.call(
      'checkIn',
      checkIn({ keyResultId: 'live', value: null, sentence: 'New seals' }),
    )
    expect(words.ok).toBe(true)
    const board = await page.until((b) => b.keyResults.items[0]?.lastSentence === 'New seals', 'the words')
    expect(board.keyResults.items[0]?.value).toBeNull()
  })

  test('of nothing is not found; a wrong PIN does not even learn that', async () => {
    const { page } = await start()
    const answer = await page.call('checkIn', checkIn({ keyResultId: 'zz' }))
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-found' } })
    const wrong = await page.call('checkIn', checkIn({ keyResultId: 'zz', pin: '0000' }))
    expect(wrong).toMatchObject({ ok: false, error: { code: 'wrong-pin' } })
  })

  test(`${maxWrongPins} wrong PINs lock the device for 60 s; no PIN is ever written down`, async () => {
    const { rig, page } = await start()
    const wrong = '135790'
    for (let i = 1; i < maxWrongPins; i++) {
      expect(await page.call('checkIn', checkIn({ pin: wrong }))).toMatchObject({
        error: { code: 'wrong-pin' },
      })
    }
    const locked = { ok: false, error: { code: 'locked', retryMs: 60_000 } }
    expect(await page.call('checkIn', checkIn({ pin: wrong }))).toMatchObject(locked)
    rig.clock.nowMs += 59_000
    expect(await page.call('checkIn', checkIn())).toMatchObject({ error: { code: 'locked', retryMs: 1_000 } })
    rig.clock.nowMs += 1_000
    expect((await page.call('checkIn', checkIn())).ok).toBe(true)
    await rig.engine.stop()
    expect(readFileSync(databaseFile(rig.dir)).includes(wrong)).toBe(false)
    expect(readFileSync(databaseFile(rig.dir)).includes(pin)).toBe(false)
    expect(rig.log.join('\n')).not.toContain(wrong)
    expect(rig.log.join('\n')).not.toContain(pin)
  })
})

test('the audit trail can neither be changed nor emptied', async () => {
  const { rig, page } = await start()
  await page.call('logScrap', { lineId: 'l1', reason: 'Dent', qty: 1 })
  await rig.engine.stop()
  const { openDatabase } = await import('../../db/open-database.ts')
  const { write, close } = openDatabase({ file: databaseFile(rig.dir) })
  try {
    expect(() => write.exec("UPDATE audit SET by = 'nobody'")).toThrow(/append-only/)
    expect(() => write.exec('DELETE FROM audit')).toThrow(/append-only/)
  } finally {
    close()
  }
})

describe('counts that were wrong', () => {
  test('are corrected with a PIN, by an entry that says who', async () => {
    const { rig, page } = await start()
    const correction = { lineId: 'l1', atMs: at(30), good: -40, scrap: 5, reason: 'Double counted' }
    const refused = await page.call('correctCount', { ...correction, pin: '0000' })
    expect(refused).toMatchObject({ error: { code: 'wrong-pin' } })
    const done = await page.call('correctCount', { ...correction, pin })
    expect(done).toMatchObject({ ok: true, value: { atMs: nowMs } })
    await page.until((b) => b.status.made === 860, 'the correction')
    expect(audit(rig)[0]).toMatchObject({ action: 'correctCount', by: 'Demo', subject: 'l1' })
    const tooMany = await page.call('correctCount', { ...correction, good: -9_000, pin })
    const message = expect.stringMatching(/Only 860 good pieces/) as string
    expect(tooMany).toMatchObject({ error: { code: 'not-found', message } })
  })
})

describe('what was not counted, and who speaks', () => {
  test('can be asked for', async () => {
    const { rig, page } = await start()
    rig.arrive([
      ['count', { good: 'many' }],
      ['count', { good: 1, ts: nowMs + 3_600_000 }],
    ])
    const answer = await page.call('rejects', { limit: 10 })
    expect(answer).toMatchObject({
      ok: true,
      value: { rejected: 2, quarantined: 1, byCode: { field: 1, future: 1 }, forgotten: 0 },
    })
    if (!answer.ok) throw new Error('refused')
    const { newest } = answer.value
    expect(newest.map(({ code, quarantined }) => [code, quarantined]).sort()).toEqual([
      ['field', false],
      ['future', true],
    ])
    const wrong = newest.find(({ code }) => code === 'field')
    expect(wrong).toMatchObject({
      topic: 'lineside/v1/l1/count',
      head: '{"good":"many"}',
      bytes: 15,
      headBytes: 15,
    })
    const sources = await page.call('sources', {})
    expect(sources).toMatchObject({
      value: [{ source: 'lineside/v1/l1/count', lineId: 'l1', skewMs: -3_600_000 }],
    })
    await page.until((b) => b.health.skewed[0]?.skewS === -3_600, 'the clock')
  })
})
