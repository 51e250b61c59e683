import { describe, expect, test } from 'vitest'
import type { BoardView } from '../../renderer/board-view.tsx'
import { explain } from '../../renderer/explain/explain.ts'
import { formulaOf } from '../../renderer/explain/formula-words.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { english } from '../../renderer/i18n/words.ts'
import { careAt, dimPlace, isQuiet, isRailSwapped } from '../../renderer/panel-care.ts'
import { chimes } from '../../renderer/sound/chimes.ts'
import type { Chimed } from '../../renderer/sound/due-chime.ts'
import { dueChime, repeatMs, volumeAt } from '../../renderer/sound/due-chime.ts'
import { themeAt } from '../../renderer/theme.ts'
import type { Board } from '../../shared/contract/board.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { fixtureNowMs, hourMs, makeBoard, minuteMs } from '../fixtures/board.ts'

/** Time to answer a call, as the plants of these tests want it. Milliseconds. */
const unansweredMs = 120_000
const format = createFormat('en', 'Europe/Berlin')
const viewOf = (board: Board, trust: BoardView['trust'] = 'live') =>
  ({ board, trust, format, t: english.t, language: 'en', nowMs: fixtureNowMs }) as BoardView

describe('theme', () => {
  const shift = (startMs: number) => ({ ...makeBoard().line.shift!, startMs, endMs: startMs + 8 * hourMs })
  const six = Date.UTC(2026, 10, 20, 5)

  test('auto is light in day shifts, dark at night and outside every shift; else the plant decides', () => {
    expect(themeAt('auto', shift(six), format)).toBe('light')
    expect(themeAt('auto', shift(six + 8 * hourMs), format)).toBe('light')
    expect(themeAt('auto', shift(six + 16 * hourMs), format)).toBe('dark')
    expect(themeAt('auto', null, format)).toBe('dark')
    expect(themeAt('light', null, format)).toBe('light')
  })
})

describe('panel care', () => {
  const limits = { dimAfterMin: 15, sleepAfterMin: 60 }

  test('dims after 15 min without anybody, sleeps after 60', () => {
    const after = (minutes: number) => careAt(0, minutes * minuteMs, limits)
    expect([0, 14.9, 15, 59.9, 60].map(after)).toEqual(['awake', 'awake', 'dim', 'dim', 'asleep'])
    expect(careAt(null, 99 * hourMs, limits)).toBe('awake')
  })

  test('a shift, a running line or a call is somebody', () => {
    const { board } = statusCases.find(({ name }) => name === 'notscheduled')!
    expect(isQuiet(board)).toBe(true)
    expect(isQuiet(makeBoard())).toBe(false)
    expect(isQuiet({ ...board, line: { ...board.line, word: 'running' } })).toBe(false)
    const call = {
      call: 'a',
      category: 'safety',
      raisedMs: 0,
      ackMs: null,
      answerByMs: unansweredMs,
      who: null,
      text: null,
      cell: null,
      coming: false,
      times: 1,
      escalation: null,
    }
    expect(isQuiet({ ...board, line: { ...board.line, openCalls: [call] } })).toBe(false)
  })

  test('the rail changes sides with the first shift of a Monday, not at midnight UTC', () => {
    const sunday = '2026-11-22'
    const monday = '2026-11-23'
    const atMs = Date.UTC(2026, 10, 23, 1)
    expect(isRailSwapped(monday, atMs)).not.toBe(isRailSwapped(sunday, atMs))
    expect(isRailSwapped('2026-11-29', atMs)).toBe(isRailSwapped(monday, atMs))
    expect(isRailSwapped(null, atMs)).toBe(isRailSwapped(monday, atMs))
  })

  test('the dim clock moves every minute and stays on the screen', () => {
    const places = Array.from({ length: 77 }, (_, minute) => dimPlace(minute * minuteMs))
    expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(77)
    for (const { x, y } of places) expect(Math.max(x, y) <= 1 && Math.min(x, y) >= 0).toBe(true)
  })
})

describe('chimes', () => {
  const call = (id: string, raisedMs: number, patch = {}) => ({
    call: id,
    category: 'material',
    raisedMs,
    ackMs: null,
    answerByMs: raisedMs + unansweredMs,
    who: null,
    text: null,
    cell: null,
    coming: false,
    times: 1,
    escalation: null,
    ...patch,
  })
  const none: Chimed = new Map()

  test('a call chimes when it comes, not twice, again after a minute, and as an escalation when it waits too long', () => {
    const first = dueChime([call('a', 0)], none, 1_000)
    expect(first.chime).toBe('call')
    const second = dueChime([call('a', 0)], first.chimed, 2_000)
    expect(second.chime).toBeNull()
    const third = dueChime([call('a', 0)], second.chimed, 1_000 + repeatMs)
    expect(third.chime).toBe('call')
    expect(dueChime([call('a', 0)], third.chimed, unansweredMs + repeatMs).chime).toBe('escalation')
  })

  test('an answered call is silent, safety is graver than all others', () => {
    expect(dueChime([call('a', 0, { ackMs: 5 })], none, 10).chime).toBeNull()
    const both = [call('a', -unansweredMs), call('b', 0, { category: 'safety' })]
    expect(dueChime(both, none, 0).chime).toBe('safety')
  })

  test('quiet hours and volume 0 are silent', () => {
    const sound = { volume: 0.4, quiet: [{ from: '22:00', until: '06:00' }] }
    expect(volumeAt(sound, '21:59')).toBe(0.4)
    expect(volumeAt(sound, '23:00')).toBe(0)
    expect(volumeAt(sound, '06:00')).toBe(0.4)
  })

  test('every chime is short, and no two sound alike', () => {
    const ends = Object.values(chimes).map((notes) => Math.max(...notes.map((n) => n.atS + n.lengthS)))
    expect(Math.max(...ends)).toBeLessThan(3)
    const rhythms = Object.values(chimes).map((notes) => notes.map((n) => `${n.hz} ${n.atS}`).join())
    expect(new Set(rhythms).size).toBe(rhythms.length)
  })
})

describe('what stands behind a number', () => {
  const of = (id: string, view = viewOf(makeBoard())) => explain(id, view)

  test('the gap is made minus plan, with both of them', () => {
    expect(of('gap')).toMatchObject({
      value: '\u221286',
      formula: 'Made \u2212 plan by now',
      inputs: [
        { name: 'Made', value: '1\u2009711' },
        { name: 'Plan by now', value: '1\u2009797' },
        { name: 'Needed until the end', value: '418 per hour' },
        { name: 'Best hour of this shift', value: '442 per hour' },
        { name: 'Making the plan', value: 'Recoverable until 11:20' },
      ],
      source: 'From the line, over MQTT',
    })
  })

  test('OEE is the product of its factors and the quotient of the times that it lists, and so is each factor', () => {
    const { oee } = makeBoard()
    const { availability, performance, quality } = oee.ratios!
    expect(oee.ratios!.oee).toBeCloseTo(availability! * performance! * quality!, 9)
    expect(of('oee')).toMatchObject({
      formula: 'Ideal cycle time \u00d7 good pieces / planned time',
      inputs: [
        { name: 'Ideal time of good pieces', value: format.span(oee.sums!.idealGoodMs!) },
        { name: 'Planned time so far', value: format.span(oee.sums!.plannedMs) },
        { name: 'Maturity', value: 'Stable, 90 days of data' },
      ],
    })
    expect(oee.ratios!.oee).toBeCloseTo(oee.sums!.idealGoodMs! / oee.sums!.plannedMs, 12)
    expect(of('availability')?.inputs).toEqual([
      { name: 'Run time', value: format.span(oee.sums!.runMs) },
      { name: 'Planned time so far', value: format.span(oee.sums!.plannedMs) },
    ])
  })

  test('formulas are those of the KPI catalogue, in the words of the page', () => {
    for (const [id, spec] of [
      ['availability', 'availability'],
      ['performance', 'performance'],
      ['scrap-ratio', 'scrap_ratio'],
      ['scrap-cost', 'cost_of_scrap'],
    ] as const) {
      const words = of(id)?.formula
      expect(words, id).toBe(formulaOf(spec, english.t))
      // No element is left without a word.
      expect(words).not.toMatch(/[A-Z]{2}| x /)
    }
    expect(of('scrap-cost')?.value).toBe('\u20ac160')
  })

  test('age follows the trust: old values are said to be old', () => {
    expect(of('made')?.age).toMatch(/^Fresh, /)
    expect(of('made', viewOf(makeBoard(), 'stale'))?.age).toMatch(/^Stale, /)
  })

  test('a key result names its source; what is unknown explains nothing', () => {
    const item = makeBoard().keyResults.items[0]!
    expect(of(`kr-${item.id}`)).toMatchObject({ title: item.name, formula: english.t('formula.keyResult') })
    expect(of('clock')).toBeNull()
    const noPlan = statusCases.find(({ name }) => name === 'noplan')!
    expect(of('gap', viewOf(noPlan.board))).toBeNull()
  })
})
