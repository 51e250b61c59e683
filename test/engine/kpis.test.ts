import { afterEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { readAudit } from '../../db/queries/audit.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import type { PageClient } from '../helpers/page-client.ts'
import { redKpi } from '../helpers/team-moves.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'
import { yieldKpi } from '../helpers/yield-story.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const day = 1440
const at = (minutes: number) => six + minutes * minute
const pin = '864213'
const lineId = 'l1'

/** An early shift `days` after Monday: 1,000 pieces, so many of them good at the first pass. */
function shift(days: number, good: number): [string, Record<string, unknown>][] {
  const of = (minutes: number) => at(days * day + minutes)
  return [
    ['state', { state: 'running', ts: of(0) }],
    ['count', { good, scrap: 1_000 - good, ts: of(30) }],
    ['state', { state: 'off', ts: of(480) }],
  ]
}

/** Monday to Thursday: three shifts are over, the last two of them in red. */
async function start(): Promise<{ rig: EngineRig; page: PageClient }> {
  const rig = await startEngineRig({
    nowMs: at(3 * day + 60) + 1_000,
    lines: [testLine()],
    seed: { kpis: [{ ...yieldKpi, line: lineId }] },
    demoPin: pin,
  })
  rigs.push(rig)
  rig.replay([
    ['product', { product: 'cap', ts: at(0) }],
    ...shift(0, 940),
    ...shift(1, 860),
    ...shift(2, 850),
  ])
  rig.arrive([['state', { state: 'running' }]])
  const page = rig.page()
  await page.hello()
  await page.until((b) => b.kpis?.items[0]?.points.length === 3, 'three shifts')
  return { rig, page }
}

function stored<T>(rig: EngineRig, read: (store: ReturnType<typeof openReadonly>) => T): T {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return read(store)
  } finally {
    store.close()
  }
}

const trail = (rig: EngineRig) => stored(rig, ({ read }) => readAudit(read, 50))

describe('a gap', () => {
  test('is measured from the finished shifts of the store', async () => {
    const { page } = await start()
    const { gaps, kpis } = page.board()
    expect(gaps!.items[0]).toMatchObject({
      kpi: 'fpy',
      from: 'target',
      side: 'below',
      duration: 2,
      band: 'amber',
    })
    expect(gaps!.items[0]!.level).toBeCloseTo((100 * (940 + 860 + 850)) / 3_000, 10)
    expect(kpis!.items[0]).toMatchObject({ id: 'fpy', points: [94, 86, 85], limits: null, reviewed: false })
  })

  test('in red tells the next one when nobody answers in time, once, and says so in the audit trail', async () => {
    const { rig, page } = await start()
    const dueMs = at(day + 480) + 60 * minute
    expect(page.board().gaps!.items[0]!.red).toMatchObject({ stage: 'late', dueMs, unanswered: 2 })
    await rig.restart()
    const escalations = trail(rig).filter(({ action }) => action === 'escalate')
    expect(escalations).toHaveLength(1)
    expect(escalations[0]).toMatchObject({ by: 'Lineside', subject: `fpy@${at(day + 480)}` })
    expect(JSON.parse(escalations[0]!.detail)).toMatchObject({ after: { escalateTo: 'Quality manager' } })
  })

  test('is answered by a sentence, a cause or an action, signed with a PIN', async () => {
    const { rig, page } = await start()
    const text = 'Film roll changed'
    expect(await page.call('answerRed', { lineId, kpi: 'fpy', text, pin: '1111' })).toMatchObject({
      ok: false,
      error: { code: 'wrong-pin' },
    })
    expect(await page.call('answerRed', { lineId, kpi: 'fpy', text, pin })).toMatchObject({ ok: true })
    await page.until((b) => b.gaps?.items[0]?.red?.stage === 'answered', 'the answer')
    const answer = { kpi: 'fpy', answers: ['no' as const, 'yes' as const], note: '' }
    expect(await page.call('saveBarrier', { lineId, answer, pin })).toMatchObject({ ok: true })
    const board = await page.until((b) => b.gaps?.causes.all === 1, 'the cause')
    expect(board.gaps!.causes).toEqual({ environment: 1, all: 1 })
    expect(
      trail(rig)
        .slice(0, 2)
        .map(({ action, by }) => [action, by]),
    ).toEqual([
      ['saveBarrier', 'Demo'],
      ['answerRed', 'Demo'],
    ])
  })
})

describe('actions', () => {
  const action = {
    id: 'a1',
    kpi: 'fpy',
    fact: 'Labels tear at every splice',
    cause: 'Splice tape too stiff',
    what: 'Try the softer tape',
    owner: 'Jo',
    due: '2026-11-25',
    state: 'open' as const,
  }

  test('keep every version, refuse an older one, and survive a restart', async () => {
    const { rig, page } = await start()
    expect(await page.call('saveAction', { lineId, action, version: null, pin })).toMatchObject({
      ok: true,
      value: { version: 1, by: 'Demo' },
    })
    const late = await page.until((b) => b.actions?.open === 1, 'the action')
    expect(late.actions).toMatchObject({ late: 1, items: [{ what: 'Try the softer tape', who: 'Jo' }] })
    const done = { ...action, state: 'done' as const }
    expect(await page.call('saveAction', { lineId, action: done, version: null, pin })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    })
    await page.call('saveAction', { lineId, action: done, version: 1, pin })
    await rig.restart()
    const again = rig.page()
    await again.hello()
    const history = await again.call('actionHistory', { lineId, action: 'a1' })
    expect(history).toMatchObject({
      ok: true,
      value: [
        { version: 1, by: 'Demo', action: { state: 'open' } },
        { version: 2, by: 'Demo', action: { state: 'done' } },
      ],
    })
    const [last] = trail(rig).filter(({ action: name }) => name === 'saveAction')
    expect(JSON.parse(last!.detail)).toEqual({
      line: lineId,
      kind: 'action',
      version: 2,
      before: { state: 'open' },
      after: { state: 'done' },
    })
    expect(await again.call('actions', { lineId })).toMatchObject({
      ok: true,
      value: [{ id: 'a1', closedMs: rig.clock.nowMs, effect: { verdict: 'collecting' } }],
    })
  })

  test('only for KPIs that the line has', async () => {
    const { page } = await start()
    const other = { ...action, kpi: 'nothing' }
    expect(await page.call('saveAction', { lineId, action: other, version: null, pin })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    })
  })
})

describe('the KPI editor', () => {
  test('saves a version with its history; the target is as old as its number', async () => {
    const { rig, page } = await start()
    rig.clock.nowMs += minute
    const kpi = { ...yieldKpi, owner: 'Ben' }
    expect(await page.call('saveKpi', { lineId, kpi, version: 1, pin })).toMatchObject({
      ok: true,
      value: { version: 2 },
    })
    const read = await page.call('kpis', { lineId })
    if (!read.ok) throw new Error('unreachable')
    expect(read.value.kpis[0]).toMatchObject({ version: 2, by: 'Demo', kpi: { owner: 'Ben' } })
    expect(read.value.kpis[0]!.targetSinceMs).toBe(read.value.kpis[0]!.createdMs)
    await page.call('saveKpi', { lineId, kpi: { ...kpi, target: 95 }, version: 2, pin })
    const after = await page.call('kpis', { lineId })
    if (!after.ok) throw new Error('unreachable')
    expect(after.value.kpis[0]!.targetSinceMs).toBe(rig.clock.nowMs)
    const history = await page.call('kpiHistory', { lineId, kpi: 'fpy' })
    if (!history.ok) throw new Error('unreachable')
    expect(history.value.map(({ by, kpi: of }) => [by, of.owner, of.target])).toEqual([
      ['plant.yaml', 'Ana', 94],
      ['Demo', 'Ben', 94],
      ['Demo', 'Ben', 95],
    ])
  })

  test('takes a gap away when the number becomes data', async () => {
    const { page } = await start()
    await page.call('saveKpi', { lineId, kpi: { ...yieldKpi, use: 'data' }, version: 1, pin })
    const board = await page.until((b) => b.gaps?.items.length === 0, 'no gap')
    expect(board.kpis!.items).toEqual([])
  })

  test('a review keeps the target young', async () => {
    const { page } = await start()
    const review = { kpi: 'fpy', verdict: 'keep' as const, note: '' }
    expect(page.board().kpis!.leftToReview).toBe(1)
    await page.call('saveReview', { lineId, review, pin })
    const board = await page.until((b) => b.kpis?.leftToReview === 0, 'the review')
    expect(board.kpis!.items[0]!.reviewed).toBe(true)
  })

  test('is judged on the page of board health, and its review has a clock', async () => {
    const { page } = await start()
    const of = (rule: string) => page.board().boardHealth.findings.filter((finding) => finding.rule === rule)
    expect(of('kpis-too-few')).toMatchObject([{ count: 1 }])
    expect(of('only-lagging')).toHaveLength(1)
    expect(of('theme-empty').map(({ name }) => name)).toEqual(['safety', 'delivery', 'cost', 'people'])
    expect(of('kpi-no-owner')).toEqual([])
    const clock = () => page.board().cadence.items.find(({ kind }) => kind === 'monthly')
    expect(clock()).toMatchObject({ done: 0, total: 1, lastDate: null, state: 'due' })

    await page.call('saveKpi', { lineId, kpi: { ...yieldKpi, owner: null }, version: 1, pin })
    await page.call('saveReview', { lineId, review: { kpi: 'fpy', verdict: 'keep', note: '' }, pin })
    await page.until((b) => b.cadence.items.some(({ done, total }) => done === 1 && total === 1), 'the clock')
    expect(clock()).toMatchObject({ state: 'ok', lastDate: '2026-11-26' })
    expect(of('kpi-no-owner')).toMatchObject([{ subject: 'fpy', name: 'First-pass yield' }])
  })
})

test('a key result of reported values moves with every report, is met and held, and its KPI takes over what was locked in', async () => {
  const rig = await startEngineRig({
    nowMs: at(13 * day),
    lines: [testLine()],
    seed: { kpis: [{ ...redKpi, line: lineId }] },
    demoPin: pin,
  })
  rigs.push(rig)
  const report = (days: number, value: number): [string, Record<string, unknown>] => [
    'value',
    { key: 'ideas', value, ts: at(days * day) },
  ]
  const values = [70, 71, 69, 70, 71, 70, 69, 70, 70, 71, 69, 70]
  rig.replay(values.map((value, index) => report(index, value)))
  const page = rig.page()
  await page.hello()
  const made = await page.call('makeKeyResult', { lineId, kpi: redKpi.id, pin })
  if (!made.ok) throw new Error(made.error.message)
  const own = await page.until((b) => b.keyResults.items[0]?.value === 70, 'the key result')
  expect(own.keyResults.items[0]).toMatchObject({
    id: made.value.keyResultId,
    baseline: 70,
    target: 95,
    source: { kind: 'values', key: 'ideas', combine: 'last', window: { kind: 'shifts', count: 5 } },
    // 70, 70, 71, 69 and 70.
    sampleSize: 5,
    valueAtMs: at(11 * day),
    freshness: 'fresh',
    progress: { progress: 0 },
  })
  // Its gap knows the key result that follows it.
  expect(own.gaps!.items[0]).toMatchObject({ kpi: 'ideas', keyResult: 'Ideas done' })
  const typed = { keyResultId: made.value.keyResultId, confidence: 'yes' as const, sentence: '', pin }
  expect(await page.call('checkIn', { ...typed, value: 99 })).toMatchObject({
    ok: false,
    error: { code: 'bad-input' },
  })

  rig.clock.nowMs = at(14 * day)
  rig.arrive([report(13, 96)])
  await page.until((b) => b.keyResults.items[0]?.value === (70 + 71 + 69 + 70 + 96) / 5, 'the new report')
  // One that comes late counts where it belongs.
  rig.arrive([report(12, 80)])
  await page.until((b) => b.keyResults.items[0]?.value === (71 + 69 + 70 + 80 + 96) / 5, 'the late report')

  for (let days = 14; days < 30; days++) {
    rig.clock.nowMs = at(days * day + 60)
    rig.arrive([report(days, 96 + (days % 3))])
  }
  const held = await page.until((b) => b.keyResults.items[0]?.held.proposal !== null, 'the proposal')
  const { baseline, target, lower, upper } = held.keyResults.items[0]!.held.proposal!
  const locked = { baseline, target: target + 1, lower, upper, lesson: null }
  const version = 1
  expect(
    await page.call('lockIn', { keyResultId: made.value.keyResultId, version, ...locked, pin }),
  ).toMatchObject({ ok: true })
  const after = await page.until((b) => b.keyResults.normals.length === 1, 'the new normal')
  expect(after.keyResults.normals[0]).toMatchObject({ baseline, target: 96, fallenBack: false })
  expect(after.kpis!.items[0]).toMatchObject({
    target: 96,
    limits: { mean: baseline, ucl: upper, lcl: lower },
  })

  for (let days = 30; days < 34; days++) {
    rig.clock.nowMs = at(days * day + 60)
    rig.arrive([report(days, 70)])
  }
  const back = await page.until((b) => b.keyResults.normals[0]?.fallenBack === true, 'falling back')
  expect(back.gaps!.items[0]).toMatchObject({ kpi: 'ideas', fallenBack: true })
})

describe('the table of decisions', () => {
  test('lets nobody change or delete a version', async () => {
    const { rig } = await start()
    const rows = stored(rig, ({ read }) => read.prepare('SELECT id FROM decision').all())
    expect(rows).toContainEqual({ id: 'fpy' })
    await rig.engine.stop()
    const store = openDatabase({ file: databaseFile(rig.dir) })
    try {
      expect(() => store.write.exec('DELETE FROM decision')).toThrow('append-only')
      expect(() => store.write.exec("UPDATE decision SET body = '{}'")).toThrow('append-only')
    } finally {
      store.close()
    }
  })
})
