import { randomUUID } from 'node:crypto'
import { connectAsync } from 'mqtt'
import { afterEach, describe, expect, test } from 'vitest'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import type { PageClient } from '../helpers/page-client.ts'
import { until } from '../helpers/until.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

const calls = [
  {
    id: 'material',
    answerWithinS: 120,
    what: ['Caps'],
    escalate: [
      { afterS: 120, to: 'Team lead' },
      { afterS: 300, to: 'Shift lead' },
    ],
  },
  { id: 'safety', hold: true },
]

async function start(): Promise<{ rig: EngineRig; page: PageClient }> {
  const rig = await startEngineRig({ nowMs: six + 60 * minute, lines: [{ ...testLine(), calls }] })
  cleanups.push(rig.stop)
  rig.arrive([['state', { state: 'running' }]])
  const page = rig.page()
  await page.hello()
  return { rig, page }
}

const caps = { lineId: 'l1', category: 'material', cell: null, text: null }

describe('a call for help', () => {
  test('is raised once, however often somebody taps, and joins with the push button for the same', async () => {
    const { rig, page } = await start()
    const first = await page.call('raiseCall', caps)
    expect(first).toMatchObject({ ok: true, value: { call: 'material' } })
    rig.clock.nowMs += 10_000
    await page.call('raiseCall', { ...caps, text: 'Caps' })
    rig.arrive([['call', { event: 'raise', category: 'material' }]])
    const board = await page.until((b) => b.line.openCalls[0]?.times === 3, 'three times the same call')
    expect(board.line.openCalls).toMatchObject([
      { call: 'material', raisedMs: six + 60 * minute, text: 'Caps', ackMs: null, escalation: null },
    ])
  })

  test('goes up by time while nobody answers, and begins anew when it is called again', async () => {
    const { rig, page } = await start()
    await page.call('raiseCall', caps)
    rig.clock.nowMs += 121_000
    await page.until((b) => b.line.openCalls[0]?.escalation?.to === 'Team lead', 'the first level')
    rig.clock.nowMs += 180_000
    await page.until((b) => b.line.openCalls[0]?.escalation?.level === 2, 'the second level')
    await page.call('answerCall', { lineId: 'l1', call: 'material', event: 'coming', who: 'Sam', text: null })
    const answered = await page.until((b) => b.line.openCalls[0]?.coming === true, 'the answer')
    expect(answered.line.openCalls[0]).toMatchObject({ who: 'Sam', escalation: null })
    await page.call('answerCall', { lineId: 'l1', call: 'material', event: 'again', who: null, text: null })
    const again = await page.until((b) => b.line.openCalls[0]?.ackMs === null, 'the second call')
    expect(again.line.openCalls[0]).toMatchObject({ who: null, coming: false, escalation: null, times: 2 })
    await page.call('answerCall', {
      lineId: 'l1',
      call: 'material',
      event: 'resolve',
      who: null,
      text: 'Caps',
    })
    await page.until((b) => b.line.openCalls.length === 0, 'the end')
    const late = await page.call('answerCall', {
      lineId: 'l1',
      call: 'material',
      event: 'ack',
      who: null,
      text: null,
    })
    expect(late).toMatchObject({ error: { code: 'not-found' } })
  })

  test('of an unknown kind is refused; one that was a mistake is taken back', async () => {
    const { page } = await start()
    expect(await page.call('raiseCall', { ...caps, category: 'pizza' })).toMatchObject({
      error: { code: 'not-found' },
    })
    const raised = await page.call('raiseCall', caps)
    await page.until((b) => b.line.openCalls.length === 1, 'the call')
    if (!raised.ok) throw new Error('unreachable')
    await page.call('undo', { lineId: 'l1', entryId: raised.value.entryId })
    await page.until((b) => b.line.openCalls.length === 0, 'nothing')
  })

  test('counts towards the times to answer and to solve; a rejected one has no time to solve', async () => {
    const { rig, page } = await start()
    const say = (event: 'ack' | 'resolve' | 'reject', call: string) =>
      page.call('answerCall', { lineId: 'l1', call, event, who: null, text: null })
    await page.call('raiseCall', caps)
    await page.call('raiseCall', { ...caps, category: 'safety' })
    rig.clock.nowMs += 60_000
    await say('ack', 'material')
    rig.clock.nowMs += 60_000
    await say('resolve', 'material')
    await say('reject', 'safety')
    expect(await page.call('callTimes', { lineId: 'l1' })).toEqual({
      ok: true,
      value: [
        { category: 'material', raised: 1, resolved: 1, meanToAckMs: 60_000, meanToResolveMs: 120_000 },
        { category: 'safety', raised: 1, resolved: 0, meanToAckMs: null, meanToResolveMs: null },
      ],
    })
  })
})

test('an entry that is sent twice under its own id is entered once, after the undo of the first page too', async () => {
  const { rig, page } = await start()
  const scrap = { lineId: 'l1', reason: 'Dent', qty: 3, entryId: randomUUID() }
  const first = await page.call('logScrap', scrap)
  const other = rig.page()
  await other.hello()
  expect(await other.call('logScrap', scrap)).toEqual(first)
  const start1 = { lineId: 'l1', to: 'lid', entryId: randomUUID() }
  const begun = await page.call('startChangeover', start1)
  expect(await other.call('startChangeover', start1)).toEqual(begun)
  expect(await other.call('startChangeover', { ...start1, entryId: randomUUID() })).toMatchObject({
    error: { code: 'not-allowed' },
  })
  rig.clock.nowMs += 1_000
  await page.until((b) => b.scrap.scrap === 3, 'the scrap, once')
})

test('the plant hears of calls: what is open is retained for stack lights, each event goes to pagers', async () => {
  const { rig, page } = await start()
  const client = await connectAsync(rig.broker.url)
  cleanups.push(() => client.endAsync(true))
  const events: { event: string; to: string | null }[] = []
  let open: { light: string; calls: { level: number }[] } | null = null
  client.on('message', (topic, payload) => {
    const value = JSON.parse(payload.toString()) as never
    if (topic.endsWith('/event')) events.push(value)
    else open = value
  })
  await client.subscribeAsync(`${rig.plant.broker.prefix}/calls/l1/+`)
  await until('the empty list', () => open?.light === 'off')
  await page.call('raiseCall', caps)
  await until('the light', () => open?.light === 'flash')
  rig.clock.nowMs += 121_000
  await until('the next level', () => open?.calls[0]?.level === 1)
  await page.call('answerCall', { lineId: 'l1', call: 'material', event: 'ack', who: 'Sam', text: null })
  await until('the steady light', () => open?.light === 'on')
  await page.call('answerCall', { lineId: 'l1', call: 'material', event: 'resolve', who: null, text: null })
  await until('the end', () => open?.light === 'off')
  await until('all events', () => events.length >= 4)
  expect(events.map(({ event, to }) => [event, to])).toEqual([
    ['raise', null],
    ['escalate', 'Team lead'],
    ['ack', null],
    ['end', null],
  ])
  expect(rig.engine.recorder.counters().rejected).toBe(0)
})
