import { afterEach, describe, expect, test } from 'vitest'
import { readShifts } from '../../db/queries/history.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { createHistory, openShiftMs } from '../../electron/engine/history.ts'
import { joinChangeovers } from '../../electron/engine/shift-result.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import { windowSums } from '../../shared/domain/kpis/window-sums.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import type { LineRules } from '../../shared/domain/rules.ts'
import { lineSchema } from '../../shared/settings/line.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { seededRandom } from '../helpers/random.ts'
import { message, startRecording } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'

const minute = 60_000
const hour = 60 * minute
const six = Date.parse('2026-03-02T06:00:00Z')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean()
})

/** Shifts of two hours, one after the other, from six on. */
const plant = plantSchema.parse({
  site: { name: 'Test', timeZone: 'UTC' },
  broker: { url: 'mqtt://127.0.0.1:1' },
  lines: [
    {
      id: 'a',
      name: 'Line a',
      products: ['cola', 'water', 'sample'].map((id) => ({ id, name: id, idealCycleS: 1 })),
      shifts: ['06', '08', '10', '12', '14'].map((start, n) => ({
        name: `Shift ${n + 1}`,
        start: `${start}:00`,
        end: `${String(Number(start) + 2).padStart(2, '0')}:00`,
        breaks: [],
      })),
    },
  ],
})
const rules = lineRules(plant.lines[0]!, 'UTC')
/** The same line, judged by its cells. */
const cells: LineRules = {
  ...rules,
  cells: { rule: { kind: 'minimumRunning', cells: 2 }, names: ['x', 'y', 'z'] },
}

function begin(judgedBy = rules) {
  const r = startRecording(six, plant)
  cleanups.push(r.close)
  const history = createHistory({
    database: r.database,
    lines: [{ id: 'a', rules: judgedBy }],
    onChange: () => {},
    log: (_level, text) => {
      throw new Error(text)
    },
  })
  cleanups.push(history.stop)
  const at = (minutes: number): number => six + minutes * minute
  const send = (minutes: number, kind: string, body: object) => {
    r.clock.nowMs = Math.max(r.clock.nowMs, at(minutes))
    r.recorder.record([message(`a/${kind}`, { ts: at(minutes), ...body }, r.clock.nowMs)])
  }
  const state = (minutes: number, name: string) => send(minutes, 'state', { state: name })
  const look = async (minutes: number) => {
    r.clock.nowMs = at(minutes)
    history.refresh('a', r.clock.nowMs)
    await history.settled()
    return history.shifts('a')
  }
  return { r, history, at, send, state, look, stored: () => readShifts(r.database.read, 'a', 0) }
}

/** Every stored result is what the facts of now say. */
function checkStored(r: TestRecording, judgedBy = rules): number {
  const all = readLineFacts(r.database.read, 'a', { startMs: 0, endMs: Infinity })
  const stored = readShifts(r.database.read, 'a', 0)
  for (const shift of stored) {
    expect({ ...shift, label: 'stored' }).toEqual({
      ...shift,
      sums: windowSums(all, judgedBy, shift, r.clock.nowMs),
      changeovers: changeoversIn(all, judgedBy, shift, r.clock.nowMs),
      label: 'stored',
    })
  }
  return stored.length
}

describe('what runs over the end of a shift', () => {
  test('a stop that is long in the end is no micro-stop, however often it is reported', async () => {
    const { state, look, stored } = begin()
    state(0, 'running')
    state(119, 'stopped')
    expect((await look(120))[0]!.sums).toMatchObject({ stopCount: 1, microStopCount: 1, stopMs: minute })
    expect(stored()).toEqual([])
    for (let minutes = 120; minutes < 125; minutes++) state(minutes, 'stopped')
    expect((await look(125))[0]!.sums).toMatchObject({ stopCount: 1, microStopCount: 0, stopMs: minute })
    expect(stored()).toEqual([])
    state(126, 'running')
    expect((await look(127))[0]!.sums).toMatchObject({ stopCount: 1, microStopCount: 0, stopMs: minute })
    expect(stored()).toHaveLength(1)
  })

  test('a changeover knows its true end, and is one with its rest', async () => {
    const { at, send, state, look, stored } = begin()
    const event = (minutes: number, name: string) => send(minutes, 'changeover', { event: name })
    state(0, 'running')
    event(110, 'start')
    await look(121)
    event(122, 'start')
    event(130, 'end')
    const [first] = await look(132)
    expect(first!.changeovers).toMatchObject([{ startMs: at(110), endMs: at(120), closedMs: at(130) }])
    expect(stored()).toHaveLength(1)
    const shifts = await look(241)
    expect(joinChangeovers(shifts)).toMatchObject([
      { startMs: at(110), closedMs: at(130), durationMs: 20 * minute },
    ])
    event(125, 'end')
    expect((await look(242))[0]!.changeovers).toMatchObject([{ closedMs: at(125) }])
  })

  test('a changeover is one though the board was off meanwhile, announced or by state', async () => {
    const { r, at, send, state, look } = begin()
    const offUntil = (fromMinutes: number, minutes: number) => {
      r.clock.nowMs = at(minutes)
      r.recorder.noteSilence('a', at(fromMinutes))
    }
    state(0, 'running')
    send(10, 'changeover', { event: 'start' })
    offUntil(12, 18)
    send(20, 'changeover', { event: 'end' })
    state(60, 'changeover')
    offUntil(62, 80)
    send(80, 'count', { good: 0, scrap: 1 })
    state(90, 'running')
    send(130, 'count', { good: 1 })
    expect((await look(131))[0]!.changeovers).toMatchObject([
      { startMs: at(10), closedMs: at(20), durationMs: 10 * minute },
      { startMs: at(60), closedMs: at(90), durationMs: 30 * minute },
    ])
  })

  test('what still goes on is looked at again, without a change unless there is one', async () => {
    const { r, at, history, state, look } = begin()
    state(0, 'stopped')
    const before = await look(125)
    r.clock.nowMs = at(125) + openShiftMs
    history.refresh('a', r.clock.nowMs)
    await history.settled()
    expect(history.counters().computed).toBe(2)
    expect(history.shifts('a')).toBe(before)
  })
})

describe('a changed plant file', () => {
  /** Two finished shifts in the store, then another start with other settings: how many shifts that summed up anew. */
  const recomputed = async (change: object): Promise<[number, number]> => {
    const { r, state, look, stored } = begin()
    state(0, 'running')
    state(230, 'stopped')
    await look(250)
    state(251, 'running')
    await look(252)
    expect(stored()).toHaveLength(2)
    const line = { ...plant.lines[0]!, ...change }
    const again = createHistory({
      database: r.database,
      lines: [{ id: 'a', rules: lineRules(lineSchema.parse(line), 'UTC') }],
      onChange: () => {},
      log: (_level, text) => {
        throw new Error(text)
      },
    })
    again.refresh('a', r.clock.nowMs)
    await again.settled()
    again.stop()
    return [again.counters().loaded, again.counters().computed]
  }
  const shifts = plant.lines[0]!.shifts
  const product = plant.lines[0]!.products[0]!

  test.each([
    ['nothing changed', {}],
    ['other shifts from a later date on', { shiftChanges: [{ from: '2026-03-03', shifts: [] }] }],
    [
      'overtime, closed dates and slots to come',
      {
        closedDates: ['2026-03-04'],
        plannedSlots: [{ name: 'Clean', date: '2026-03-05', start: '06:00', end: '07:00' }],
      },
    ],
    [
      'another ideal cycle time from tomorrow',
      {
        products: [{ ...product, changes: [{ from: '2026-03-03', idealCycleS: 1.5 }] }].concat(
          plant.lines[0]!.products.slice(1) as never,
        ),
      },
    ],
    ['a shift of this afternoon moved', { shifts: [...shifts.slice(0, 4), { ...shifts[4]!, end: '15:30' }] }],
  ])('%s: what was judged stays', async (_name, change) => {
    expect(await recomputed(change)).toEqual([2, 0])
  })

  test('what did change is judged anew, and nothing else', async () => {
    const [first, ...others] = shifts
    const withBreak = { ...first!, breaks: [{ name: 'Tea', start: '06:30', end: '06:45' }] }
    expect(await recomputed({ shifts: [withBreak, ...others] })).toEqual([1, 1])
    expect(await recomputed({ microStopS: 30 })).toEqual([0, 2])
    expect(await recomputed({ closedDates: ['2026-03-02'] })).toEqual([0, 0])
  })
})

test('no stored result outlives what it was computed from', async () => {
  let checked = 0
  for (let seed = 1; seed <= 12; seed++) {
    const random = seededRandom(seed)
    const below = (n: number): number => Math.floor(random() * n)
    const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
    const judgedBy = seed % 2 === 0 ? cells : rules
    const { r, history } = begin(judgedBy)
    const entries: string[] = []
    for (let step = 0; step < 60; step++) {
      r.clock.nowMs += pick([1_000, 20_000, 3 * minute, 30 * minute])
      const nowMs = r.clock.nowMs
      const late = pick([0, 0, 0, 30_000, 20 * minute, 3 * hour])
      const ts = Math.max(six, nowMs - below(late + 1))
      const [kind, body] = pick<() => [string, object]>([
        () => ['state', { state: pick(['running', 'running', 'stopped', 'idle', 'changeover']) }],
        () => ['state', { state: pick(['running', 'stopped']) }],
        () => ['state', { state: pick(['running', 'stopped', 'starved']), cell: pick(['x', 'y', 'z']) }],
        () => ['state', { state: pick(['running', 'running', 'stopped']), cell: pick(['x', 'y', 'z']) }],
        () => ['count', { good: below(3), scrap: below(2) }],
        () => ['count', { good: 1 }],
        () => ['product', { product: pick(['cola', 'water', 'sample']) }],
        () => ['changeover', { event: pick(['start', 'end']) }],
      ])()
      const more = below(20)
      if (more === 0) r.recorder.noteSilence('a', nowMs - below(10) * minute)
      else if (more === 1) {
        const entry = { kind: 'stopReason', startMs: ts, endMs: pick([null, nowMs]), reason: 'jam' } as const
        entries.push(r.recorder.enter('a', entry, 'test').entryId)
      } else if (more === 2) {
        entries.push(
          r.recorder.enter('a', { kind: 'changeover', event: pick(['start', 'end']), to: null }, 'test')
            .entryId,
        )
      } else if (more === 3) {
        const endMs = ts + below(40) * minute
        const edit = pick([
          { kind: 'stopSplit', startMs: ts - 1, atMs: ts } as const,
          { kind: 'stopMerge', startMs: ts, endMs: endMs + 1, reason: pick([null, 'belt']) } as const,
        ])
        entries.push(r.recorder.enter('a', edit, 'test').entryId)
      } else if (more < 6 && entries.length > 0) {
        const entryId = entries.pop()!
        try {
          r.recorder.enter('a', { kind: 'undo', entryId }, 'test')
        } catch {
          // Too late to undo.
        }
      } else r.recorder.record([message(`a/${kind}`, { ts, ...body }, nowMs)])
      checkStored(r, judgedBy)
      if (below(3) === 0) {
        history.refresh('a', nowMs)
        await history.settled()
        checked += checkStored(r, judgedBy)
      }
    }
  }
  expect(checked).toBeGreaterThan(100)
}, 60_000)
