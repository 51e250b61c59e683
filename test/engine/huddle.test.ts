import { afterEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { kpiReport } from '../../electron/host/kpi-report.ts'
import type { Action } from '../../shared/domain/gaps/action.ts'
import { audit as auditOf } from '../helpers/hour-of-entries.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import type { PageClient } from '../helpers/page-client.ts'
import { lapseAfterMs } from '../../shared/domain/huddle/timing.ts'
import { until } from '../helpers/until.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const pin = '864213'
const at = (minutes: number) => six + minutes * minute
const lineId = 'l1'
const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const line = testLine({
  shifts: [
    { name: 'Early', start: '06:00', end: '14:00', target: 4_800 },
    { name: 'Late', start: '14:00', end: '22:00', target: 4_000 },
  ],
  huddle: { beforeShiftMin: 5, nextTier: 'Department' },
})

/** An early shift with everything that a huddle talks about; the board's clock stands at 13:54. */
async function start(): Promise<{ rig: EngineRig; page: PageClient }> {
  const rig = await startEngineRig({ nowMs: at(474), lines: [line], demoPin: pin })
  rigs.push(rig)
  rig.replay([
    ['product', { product: 'cap', ts: at(0) }],
    ['state', { state: 'running', ts: at(0) }],
    ['count', { good: 900, scrap: 100, ts: at(10) }],
    ['scrap', { qty: 60, reason: 'Dent', included: true, ts: at(11) }],
    ['state', { state: 'stopped', reason: 'Jam', ts: at(20) }],
    ['state', { state: 'running', ts: at(45) }],
    ['state', { state: 'stopped', reason: 'Jam', ts: at(60) }],
    ['state', { state: 'running', ts: at(70) }],
    ['changeover', { event: 'start', to: 'lid', ts: at(100) }],
    ['changeover', { event: 'end', ts: at(110) }],
    ['call', { event: 'raise', category: 'quality', ts: at(120) }],
    ['call', { event: 'resolve', category: 'quality', ts: at(130) }],
    ['count', { good: 1_500, scrap: 12, ts: at(300) }],
  ])
  rig.arrive([['count', { good: 0 }]])
  const page = rig.page()
  await page.hello()
  await page.until((b) => b.status.made === 2_400, 'the shift')
  return { rig, page }
}

const action = (id: string, due: string | null): Action => ({
  id,
  kpi: null,
  fact: '',
  cause: '',
  what: `Do ${id}`,
  owner: 'Ana',
  due,
  state: 'open',
})

async function beginTouched(page: PageClient): Promise<string> {
  const answer = await page.call('startHuddle', { lineId })
  if (!answer.ok) throw new Error(answer.error.message)
  await page.until((b) => b.huddle.current !== null, 'the huddle')
  return answer.value.huddle
}

describe('by schedule', () => {
  test('it begins at its minute, once, for the shift to come', async () => {
    const { rig, page } = await start()
    expect(page.board().huddle).toMatchObject({ current: null, nextMs: at(475), nextTier: 'Department' })
    rig.clock.nowMs = at(475)
    const board = await page.until((b) => b.huddle.current !== null, 'the huddle')
    expect(board.huddle.current).toMatchObject({
      id: '2026-11-23T13:55:00.000Z',
      scheduled: true,
      step: 0,
      report: { shift: { name: 'Early', startMs: at(0) }, made: 2_400 },
      next: { name: 'Late', startMs: at(480), target: 4_000 },
    })
    await rig.restart()
    const again = rig.page()
    await again.hello()
    expect((await again.until((b) => b.huddle.current !== null, 'the same')).huddle.current?.id).toBe(
      board.huddle.current?.id,
    )
    const lines = auditOf(rig).filter((entry) => entry.action === 'startHuddle')
    expect(lines).toMatchObject([{ by: 'Lineside', subject: board.huddle.current?.id }])
  })

  test('one that was begun by touch for the same shift is the one', async () => {
    const { rig, page } = await start()
    const huddle = await beginTouched(page)
    expect((await page.call('finishHuddle', { lineId, huddle })).ok).toBe(true)
    rig.clock.nowMs = at(476)
    await page.until((b) => b.huddle.nextMs === at(1_435), 'the next one')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(page.board().huddle.current).toBeNull()
  })

  test('one to which nobody came is over, and no minutes are made up', async () => {
    const { rig, page } = await start()
    rig.clock.nowMs = at(475)
    await page.until((b) => b.huddle.current !== null, 'the huddle')
    rig.clock.nowMs = at(475) + 390_000 + 5 * minute + 1_000
    await page.until((b) => b.huddle.current === null, 'its end', 15_000)
    expect(await page.call('huddles', { lineId, limit: 5 })).toMatchObject({
      value: [{ outcome: 'lapsed', present: null, agreed: 0, hasMinutes: false }],
    })
  })

  test('one that everybody left keeps its minutes, asks the next tier, and the next one begins with it', async () => {
    const { rig, page } = await start()
    rig.clock.nowMs = at(475)
    const begun = await page.until((b) => b.huddle.current !== null, 'the huddle')
    const huddle = begun.huddle.current!.id
    expect((await page.call('countPresent', { lineId, huddle, present: 5 })).ok).toBe(true)
    rig.clock.nowMs += 1_000
    const saved = { lineId, action: action('late', '2026-11-20'), version: null, pin }
    expect((await page.call('saveAction', saved)).ok).toBe(true)
    // Counted from the last touch.
    rig.clock.nowMs += 390_000 + lapseAfterMs + 1_000
    const after = await page.until((b) => b.huddle.current === null, 'its end', 15_000)
    expect(after.huddle.raised).toMatchObject([{ what: 'Do late' }])
    expect(await page.call('huddles', { lineId, limit: 5 })).toMatchObject({
      value: [{ id: huddle, outcome: 'lapsed', present: 5, agreed: 1, hasMinutes: true }],
    })
    const paper = await page.call('paper', { lineId, huddle })
    expect(paper).toMatchObject({
      value: {
        report: { made: 2_400 },
        huddle: { outcome: 'lapsed', present: 5 },
        minutes: { agreed: [{ what: 'Do late', late: true }] },
      },
    })
    await beginTouched(page)
    expect(page.board().huddle.current?.before).toMatchObject([{ what: 'Do late' }])
  })
})

describe('from its start to its minutes', () => {
  test('steps, people, actions, the next tier, and the next one begins with what was agreed', async () => {
    const { rig, page } = await start()
    const first = await page.call('saveAction', {
      lineId,
      action: action('old', '2026-11-20'),
      version: null,
      pin,
    })
    expect(first.ok).toBe(true)
    const huddle = await beginTouched(page)
    rig.clock.nowMs += 20_000
    expect(await page.call('stepHuddle', { lineId, huddle, step: 1 })).toMatchObject({ value: { step: 1 } })
    // The remote and the clicker say the same.
    expect(await page.call('stepHuddle', { lineId, huddle, step: 1 })).toMatchObject({ value: { step: 1 } })
    expect((await page.call('countPresent', { lineId, huddle, present: 7 })).ok).toBe(true)
    rig.clock.nowMs += 60_000
    const agreed = await page.call('saveAction', {
      lineId,
      action: action('new', '2026-11-24'),
      version: null,
      pin,
    })
    expect(agreed.ok).toBe(true)
    const during = await page.until((b) => b.huddle.current?.agreed.length === 1, 'the action')
    expect(during.huddle.current).toMatchObject({ step: 1, present: 7, before: [] })
    expect(during.huddle.current?.steps[0]?.spentMs).toBe(20_000)
    rig.clock.nowMs += 30_000
    const finished = await page.call('finishHuddle', { lineId, huddle })
    expect(finished).toMatchObject({ value: { huddle, raised: 1 } })
    expect(await page.call('finishHuddle', { lineId, huddle })).toMatchObject({ ok: true })
    expect(await page.call('stepHuddle', { lineId, huddle, step: 2 })).toMatchObject({
      error: { code: 'not-found' },
    })
    const after = await page.until(
      (b) => b.huddle.current === null && b.huddle.raised.length === 1,
      'its end',
    )
    expect(after.huddle.raised[0]).toMatchObject({
      what: 'Do old',
      who: 'Ana',
      answerByMs: rig.clock.nowMs + 24 * 60 * minute,
    })
    expect(await page.call('huddles', { lineId, limit: 5 })).toMatchObject({
      value: [{ id: huddle, present: 7, agreed: 1, outcome: 'finished' }],
    })

    await rig.restart()
    rig.clock.nowMs += 8 * 60 * minute
    const next = rig.page()
    await next.hello()
    await beginTouched(next)
    const { current } = next.board().huddle
    expect(current?.before).toEqual([
      { id: 'new', what: 'Do new', who: 'Ana', due: '2026-11-24', state: 'open', late: false },
    ])
    expect(checkTrail(rig)).toMatchObject({ brokenAt: null })
  })

  test('the numbers of the shift are those of the board and of `lineside kpi`', async () => {
    const { rig, page } = await start()
    await beginTouched(page)
    const board = page.board()
    const { report } = board.huddle.current!
    expect(report).toMatchObject({
      made: board.status.made,
      pace: board.status.pace,
      scrap: { scrap: board.scrap.scrap, ratio: board.scrap.ratio, reasons: board.scrap.reasons },
      oee: { ratios: board.oee.ratios, sums: board.oee.sums },
    })
    expect(report?.hours.map(({ signed: _signed, ...row }) => row)).toEqual(board.hours.rows)
    rig.clock.nowMs = at(481)
    rig.arrive([['count', { good: 0 }]])
    const ended = await page.until((b) => b.line.shift?.name === 'Late', 'the late shift')
    const known = await page.until(
      (b) => (b.huddle.current?.report?.asOfMs ?? 0) === at(480),
      'the whole early shift',
    )
    expect(ended.line.shift?.name).toBe('Late')
    const told = kpiOf(rig, at(0), at(480))
    const early = known.huddle.current!.report!
    expect(early).toMatchObject({
      made: told.good,
      scrap: { scrap: told.scrap, total: told.total, ratio: told.scrap_ratio },
      oee: {
        ratios: { oee: told.oee, availability: told.availability, performance: told.performance },
        sums: { runMs: told.run_s * 1_000, stopMs: told.stop_s * 1_000, unknownMs: told.unknown_s * 1_000 },
      },
    })
    const long = told.stops.filter(({ micro }) => !micro)
    expect(early.stops.reduce((sum, { ms }) => sum + ms, 0)).toBe(
      long.reduce((sum, { seconds }) => sum + seconds * 1_000, 0),
    )
    expect(early.stops.find(({ reason }) => reason === 'Jam')).toMatchObject({ count: 2, ms: 35 * minute })
    expect(early.changeovers).toMatchObject([{ to: 'lid', durationMs: 10 * minute }])
    expect(early.calls).toEqual([
      { category: 'quality', raised: 1, resolved: 1, meanToAckMs: 10 * minute, meanToResolveMs: 10 * minute },
    ])
  })
})

describe('what the next tier is asked', () => {
  test('stands on the board until it is answered, and only a lead answers', async () => {
    const { rig, page } = await start()
    const raise = { lineId, id: 'q1', what: 'A second labeller', action: null }
    expect(await page.call('raiseToTier', raise)).toMatchObject({ error: { code: 'signed-out' } })
    expect((await page.call('raiseToTier', { ...raise, pin })).ok).toBe(true)
    const asked = await page.until((b) => b.huddle.raisedOpen === 1, 'the question')
    const [item] = asked.huddle.raised
    expect(item).toMatchObject({ what: 'A second labeller', raisedBy: 'Demo', version: 1 })
    await rig.restart()
    const later = rig.page()
    await later.hello()
    expect((await later.until((b) => b.huddle.raisedOpen === 1, 'still')).huddle.raised[0]?.id).toBe('q1')
    const answer = { lineId, id: 'q1', version: 1, answer: 'Ordered for Monday', pin }
    expect((await later.call('answerTier', answer)).ok).toBe(true)
    const done = await later.until((b) => b.huddle.raisedOpen === 0, 'the answer')
    expect(done.huddle.answered).toMatchObject([{ answer: 'Ordered for Monday', by: 'Demo' }])
    expect(await later.call('answerTier', answer)).toMatchObject({ error: { code: 'conflict' } })
  })

  test('of an action that is done nobody has to be asked any more', async () => {
    const { page } = await start()
    await page.call('saveAction', { lineId, action: action('a1', null), version: null, pin })
    const raise = { lineId, id: 'q1', what: 'x', action: 'a1', pin }
    expect((await page.call('raiseToTier', raise)).ok).toBe(true)
    expect(await page.call('raiseToTier', { ...raise, id: 'q2' })).toMatchObject({
      error: { code: 'not-allowed' },
    })
    await page.until((b) => b.huddle.raised[0]?.what === 'Do a1', 'the question')
    const done = { ...action('a1', null), state: 'done' as const }
    expect((await page.call('saveAction', { lineId, action: done, version: 1, pin })).ok).toBe(true)
    await page.until((b) => b.huddle.raisedOpen === 0, 'its end')
  })
})

describe('signing hours', () => {
  test('needs a lead, and a later correction stands beside what was signed', async () => {
    const { page } = await start()
    await beginTouched(page)
    expect(await page.call('signHours', { lineId, startsMs: [at(0)] })).toMatchObject({
      error: { code: 'signed-out' },
    })
    const signed = await page.call('signHours', { lineId, startsMs: [at(0), at(60)], pin })
    expect(signed).toMatchObject({ value: { by: 'Demo', hours: 2 } })
    const correction = { lineId, atMs: at(30), good: -50, scrap: 0, reason: 'Counted twice', pin }
    expect((await page.call('correctCount', correction)).ok).toBe(true)
    const board = await page.until(
      (b) => b.huddle.current?.report?.hours[0]?.made === 850,
      'the correction',
      15_000,
    )
    expect(board.huddle.current?.report?.hours[0]?.signed).toMatchObject({ by: 'Demo', made: 900 })
    expect(board.huddle.current?.report?.hours[2]?.signed).toBeNull()
  })

  test('of an hour that still runs is refused', async () => {
    const { page } = await start()
    const answer = await page.call('signHours', { lineId, startsMs: [at(420)], pin })
    expect(answer).toMatchObject({ error: { code: 'bad-input' } })
  })
})

describe('the end-of-shift report', () => {
  test('is there for the last shift and for those before it, without a tap when a shift ends', async () => {
    const { rig, page } = await start()
    rig.replay([
      ['count', { good: 700, scrap: 7, ts: at(-24 * 60 + 30) }],
      ['count', { good: 300, scrap: 3, ts: at(-16 * 60 + 30) }],
    ])
    rig.clock.nowMs = at(520)
    rig.arrive([['count', { good: 11 }]])
    const shifts = async () => {
      const answer = await page.call('reportShifts', { lineId })
      return answer.ok ? answer.value : []
    }
    // Finished shifts are added up beside the live feed.
    await until('all shifts', async () => (await shifts()).length === 3)
    expect(await shifts()).toMatchObject([
      { name: 'Early', startMs: at(0), endMs: at(480) },
      { name: 'Late', startMs: at(-16 * 60) },
      { name: 'Early', startMs: at(-24 * 60) },
    ])
    const made = async (shiftMs?: number) => {
      const answer = await page.call('paper', { lineId, huddle: null, shiftMs })
      return answer.ok ? [answer.value.report?.shift.startMs, answer.value.report?.made] : answer.error
    }
    expect(await made()).toEqual([at(0), 2_400])
    expect(await made(at(-16 * 60))).toEqual([at(-16 * 60), 300])
    expect(await made(at(-24 * 60))).toEqual([at(-24 * 60), 700])
  })
})

function kpiOf(rig: EngineRig, startMs: number, endMs: number) {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    const window = { startMs, endMs }
    const given = { read: store.read, line: rig.plant.lines[0]!, timeZone: 'UTC' }
    return kpiReport({ ...given, window, nowMs: rig.clock.nowMs })
  } finally {
    store.close()
  }
}

function checkTrail(rig: EngineRig) {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return checkAudit(store.read, null)
  } finally {
    store.close()
  }
}
