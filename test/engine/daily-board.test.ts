import { afterEach, expect, test } from 'vitest'
import { entryDays } from '../../electron/engine/daily-commands.ts'
import type { SqdcpPart } from '../../shared/contract/board-team.ts'
import { hourMs } from '../../shared/domain/local-time.ts'
import { startEngineRig, type EngineRig, type TestMessage } from '../helpers/engine-rig.ts'
import type { PageClient } from '../helpers/page-client.ts'

/** What the crew enters for the daily board, through a real engine and its store. */

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const pin = '2468'
const nowMs = Date.parse('2026-03-05T10:00:00Z')
const line = {
  id: 'l1',
  name: 'Filler 7',
  products: [{ id: 'p1', name: 'Still', idealCycleS: 1 }],
  defaultProduct: 'p1',
  shifts: [{ name: 'Day', start: '06:00', end: '14:00', target: 1_000 }],
  scrapTarget: 0.02,
  figures: [{ id: 'present', theme: 'people', name: 'People present', target: 6, near: 1 }],
}

/** Three worked days: as planned, nearly, and short of it with too much scrap. */
function worked(): TestMessage[] {
  const days = [
    ['2026-03-02', 1_010, 5],
    ['2026-03-03', 960, 20],
    ['2026-03-04', 700, 90],
  ] as const
  return days.flatMap(([day, good, scrap]): TestMessage[] => {
    const ts = Date.parse(`${day}T06:30:00Z`)
    return [
      ['state', { ts, state: 'running' }],
      ['count', { ts: ts + hourMs, good, scrap }],
      ['state', { ts: ts + 7 * hourMs, state: 'running' }],
    ]
  })
}

async function start(): Promise<{ rig: EngineRig; page: PageClient }> {
  const rig = await startEngineRig({ nowMs, lines: [line], demoPin: pin })
  rigs.push(rig)
  rig.replay(worked())
  const page = rig.page()
  await page.hello()
  return { rig, page }
}

const marksOf = (part: SqdcpPart | null, theme: string) =>
  part?.letters.find((letter) => letter.theme === theme)?.marks
const until = (page: PageClient, what: string, done: (part: SqdcpPart) => boolean) =>
  page.until(({ sqdcp }) => sqdcp !== null && done(sqdcp), what)

test('quality and delivery come from finished shifts, safety from what is entered', async () => {
  const { page } = await start()
  const { sqdcp } = await until(
    page,
    'three worked days',
    (part) => marksOf(part, 'delivery')?.[3] === 'miss',
  )
  expect(sqdcp).toMatchObject({ days: 31, today: 5 })
  expect(marksOf(sqdcp, 'delivery')).toEqual(['off', 'hit', 'near', 'miss', 'off'])
  expect(marksOf(sqdcp, 'quality')).toEqual(['off', 'hit', 'near', 'miss', 'off'])
  expect(marksOf(sqdcp, 'safety')).toEqual(['unknown', 'hit', 'hit', 'hit', 'hit'])
  expect(marksOf(sqdcp, 'people')).toEqual(Array(5).fill('unknown'))
  const letter = (theme: string) => sqdcp?.letters.find((one) => one.theme === theme)
  expect(letter('safety')).toMatchObject({ value: 3, counts: 'daysRecorded', status: 'hit' })
  expect(letter('delivery')?.value).toBeCloseTo((2_670 / 3_000) * 100, 9)
  expect(letter('quality')?.value).toBeCloseTo((115 / 2_785) * 100, 9)
})

test('incident, near miss, figure and note stand on the board, can be undone, and are entered once', async () => {
  const { page } = await start()
  const entryId = '8c4b1f5e-7d0a-4c1e-9a35-0a4f6d6a7b01'
  const incident = {
    lineId: 'l1',
    what: 'incident',
    day: '2026-03-03',
    text: 'Cut finger',
    pin,
    entryId,
  } as const
  expect(await page.call('enterSafety', { ...incident, pin: undefined })).toMatchObject({
    error: { code: 'signed-out' },
  })
  const first = await page.call('enterSafety', incident)
  expect(await page.call('enterSafety', incident)).toEqual(first)
  await page.call('enterSafety', { ...incident, what: 'nearMiss', day: '2026-03-04', entryId: undefined })
  await page.call('enterSafety', { ...incident, what: 'firstAid', day: '2026-03-02', entryId: undefined })
  await page.call('enterFigure', { lineId: 'l1', figure: 'present', day: '2026-03-05', value: 5, pin })
  await page.call('addNote', { lineId: 'l1', text: 'Guard of the capper is loose', pin })
  const { sqdcp } = await until(page, 'the note', ({ note }) => note !== null)
  expect(marksOf(sqdcp, 'safety')).toEqual(['unknown', 'hit', 'miss', 'near', 'hit'])
  expect(sqdcp?.letters.find(({ theme }) => theme === 'safety')).toMatchObject({
    value: 2,
    counts: 'daysSafe',
  })
  expect(marksOf(sqdcp, 'people')?.[4]).toBe('near')
  expect(sqdcp?.note?.words).toBe('Guard of the capper is loose')
  const undone = await page.call('undo', { lineId: 'l1', entryId })
  expect(undone).toMatchObject({ ok: true })
  await until(page, 'the incident is gone', (part) => marksOf(part, 'safety')?.[2] === 'hit')
})

test('another figure of the same day counts from then on; a restart shows the same letters', async () => {
  const { rig, page } = await start()
  const figure = { lineId: 'l1', figure: 'present', day: '2026-03-04', pin }
  await page.call('enterFigure', { ...figure, value: 2 })
  await page.call('enterFigure', { ...figure, value: 6 })
  const complete = (part: SqdcpPart) =>
    marksOf(part, 'people')?.[3] === 'hit' && marksOf(part, 'delivery')?.[3] === 'miss'
  const { sqdcp } = await until(page, 'the figure', complete)
  await rig.restart()
  const again = rig.page()
  await again.hello()
  expect((await until(again, 'the same', complete)).sqdcp).toEqual(sqdcp)
})

test('a day to come, a day too old and an unknown figure are refused in words', async () => {
  const { page } = await start()
  const entry = { lineId: 'l1', what: 'nearMiss', text: '', pin } as const
  expect(await page.call('enterSafety', { ...entry, day: '2026-03-06' })).toMatchObject({
    error: { code: 'bad-input', message: expect.stringMatching(/not come yet/) as string },
  })
  expect(await page.call('enterSafety', { ...entry, day: '2026-01-01' })).toMatchObject({
    error: { code: 'too-late', message: expect.stringContaining(`${entryDays} days`) as string },
  })
  expect(
    await page.call('enterFigure', { lineId: 'l1', figure: 'ideas', day: '2026-03-05', value: 1, pin }),
  ).toMatchObject({ error: { code: 'not-found' } })
})
