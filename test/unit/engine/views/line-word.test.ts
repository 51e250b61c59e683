import { describe, expect, test } from 'vitest'
import { lineWord } from '../../../../electron/engine/views/line-word.ts'
import { lineView } from '../../../../electron/engine/views/line.ts'
import { caps, minute, six, states, testLine, viewInput } from '../../../helpers/view-input.ts'

const at = (minutes: number) => six + minutes * minute

function wordAt(minutes: number, facts: Parameters<typeof viewInput>[0]['facts'], more = {}) {
  const { word, sinceMs } = lineWord(viewInput({ nowMs: at(minutes), facts, ...more }))
  return { word, since: sinceMs === null ? null : (sinceMs - six) / minute }
}

describe('the word for the line', () => {
  test('running since the start of the state, over shift borders and changes of product', () => {
    const facts = {
      states: states([-30, 'running']),
      products: [{ seq: 9, atMs: at(2), product: 'lid', firstGoodMs: at(2), lastGoodMs: null }],
    }
    expect(wordAt(4, facts)).toEqual({ word: 'running', since: -30 })
  })

  test('stopped at first, down after downAfterS', () => {
    const facts = { states: states([0, 'running'], [10, 'stopped']) }
    expect(wordAt(11.99, facts)).toEqual({ word: 'stopped', since: 10 })
    expect(wordAt(12, facts)).toEqual({ word: 'down', since: 10 })
  })

  test('idle, and off inside a shift, are stops of one piece', () => {
    const facts = { states: states([0, 'running'], [10, 'idle'], [11, 'off']) }
    expect(wordAt(11.5, facts)).toEqual({ word: 'stopped', since: 10 })
  })

  test('starved and blocked wait, and never turn into down', () => {
    const facts = { states: states([0, 'running'], [10, 'starved'], [20, 'blocked']) }
    expect(wordAt(60, facts)).toEqual({ word: 'waiting', since: 10 })
  })

  test.each(['changeover', 'maintenance', 'break'] as const)('%s is said as it is', (state) => {
    expect(wordAt(30, { states: states([0, 'running'], [10, state]) })).toEqual({ word: state, since: 10 })
  })

  test("the calendar's break wins over the state", () => {
    const facts = { states: states([0, 'running']) }
    expect(wordAt(185, facts)).toEqual({ word: 'break', since: 180 })
    expect(wordAt(210, facts).word).toBe('running')
  })

  test('outside shifts the line is not scheduled, however old its data is', () => {
    const facts = { states: states([0, 'running'], [480, 'off']) }
    expect(wordAt(481, facts)).toEqual({ word: 'notscheduled', since: 480 })
    expect(wordAt(900, facts, { lastMs: at(480) }).word).toBe('notscheduled')
  })

  test('without any calendar the state decides', () => {
    const settings = testLine({ shifts: [] })
    expect(wordAt(1_000, { states: states([0, 'running']) }, { settings }).word).toBe('running')
    expect(wordAt(1_000, { states: states([0, 'off']) }, { settings }).word).toBe('notscheduled')
  })

  test('nothing was ever received: no data', () => {
    expect(wordAt(10, {}, { lastMs: null })).toEqual({ word: 'nodata', since: null })
  })

  test('fresh at 49 s, no data at 50 s after the last reading (10 s interval)', () => {
    const facts = { states: states([0, 'running']) }
    const nowMs = at(10)
    const word = (ageMs: number) => lineWord(viewInput({ nowMs, facts, lastMs: nowMs - ageMs }))
    expect(word(49_999).word).toBe('running')
    expect(word(50_000)).toMatchObject({ word: 'nodata', sinceMs: nowMs - 50_000 })
  })

  test('messages that say nothing about the state: no data, not running', () => {
    const model = { lastSeen: { value: { atMs: at(10), arrivedMs: at(10) } } }
    expect(wordAt(10, {}, { model }).word).toBe('nodata')
  })
})

describe('slow', () => {
  const running = states([0, 'running'])

  test('below 85 % of the ideal speed over ten whole minutes', () => {
    expect(wordAt(60, { states: running, counts: caps(0, 60, 50) }).word).toBe('slow')
    expect(wordAt(60, { states: running, counts: caps(0, 60, 52) }).word).toBe('running')
  })

  test('the minute that has just begun does not count', () => {
    const counts = [...caps(0, 60, 60), ...caps(60, 61, 1)]
    expect(wordAt(60.5, { states: running, counts }).word).toBe('running')
  })

  test('running without a single piece is slow', () => {
    const products = [{ seq: 1, atMs: six, product: 'cap', firstGoodMs: null, lastGoodMs: null }]
    expect(wordAt(60, { states: running, products }).word).toBe('slow')
  })

  test('says nothing with little run time, few pieces due, or no known cycle', () => {
    const late = states([0, 'stopped'], [56, 'running'])
    expect(wordAt(60, { states: late, counts: caps(56, 60, 10) }).word).toBe('running')
    const rare = caps(0, 60, 1).map((bucket) => ({ ...bucket, idealTotalMs: 50_000, idealGoodMs: 50_000 }))
    expect(wordAt(60, { states: running, counts: rare }).word).toBe('running')
    const unknown = caps(0, 60, 1).map((bucket) => ({ ...bucket, idealTotalMs: null, idealGoodMs: null }))
    expect(wordAt(60, { states: running, counts: unknown }).word).toBe('running')
  })
})

describe('the line part', () => {
  test('names reason, cell, product, shift, next shift and age', () => {
    const facts = {
      states: [{ seq: 5, atMs: at(10), state: 'stopped' as const, reason: 'Jam', cell: 'capper' }],
      products: [{ seq: 9, atMs: at(0), product: 'lid', firstGoodMs: null, lastGoodMs: null }],
    }
    const input = viewInput({ nowMs: at(20), facts, lastMs: at(20) - 5_000 })
    expect(lineView(input, lineWord(input))).toEqual({
      word: 'down',
      sinceMs: at(10),
      reason: 'Jam',
      cell: 'capper',
      product: { id: 'lid', name: 'Lid' },
      shift: {
        name: 'Early',
        date: '2026-11-23',
        startMs: at(0),
        endMs: at(480),
        crew: null,
        overtime: false,
      },
      nextShift: { name: 'Early', startMs: at(24 * 60) },
      breakEndsMs: null,
      slotName: null,
      freshness: 'fresh',
      lastReadingMs: at(20) - 5_000,
      asOfMs: at(20),
      openCalls: [],
    })
  })

  test('when stale, values are as of the last reading; when withdrawn, the shift is that of the clock', () => {
    const stale = viewInput({ nowMs: at(2), lastMs: at(1) })
    expect(lineView(stale, lineWord(stale))).toMatchObject({ freshness: 'stale', asOfMs: at(1) })
    const settings = testLine({
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00' },
        { name: 'Late', start: '14:00', end: '22:00' },
      ],
    })
    const late = viewInput({ nowMs: at(481), lastMs: at(479), settings })
    expect(lineView(late, lineWord(late))).toMatchObject({ freshness: 'stale', shift: { name: 'Early' } })
    const gone = viewInput({ nowMs: at(500), lastMs: at(479), settings })
    expect(lineView(gone, lineWord(gone))).toMatchObject({ freshness: 'withdrawn', shift: { name: 'Late' } })
  })

  test('a break says when it ends', () => {
    const input = viewInput({ nowMs: at(190), facts: { states: states([0, 'running']) } })
    expect(lineView(input, lineWord(input)).breakEndsMs).toBe(at(210))
  })

  test('a planned slot is neither a stop nor a break, whatever the line does in it, and says its name', () => {
    const slot = { name: 'Cleaning', kind: 'cleaning', start: '08:00', end: '08:30' }
    const settings = testLine({
      plannedSlots: [slot, { ...slot, kind: 'maintenance', start: '10:00', end: '10:30' }],
    })
    const lineAt = (minutes: number) => {
      const input = viewInput({
        nowMs: at(minutes),
        settings,
        facts: { states: states([0, 'stopped', 'Jam']) },
      })
      const { word, sinceMs, breakEndsMs, slotName } = lineView(input, lineWord(input))
      return [word, sinceMs, breakEndsMs, slotName]
    }
    expect(lineAt(130)).toEqual(['planned', at(120), at(150), 'Cleaning'])
    expect(lineAt(250)).toEqual(['maintenance', at(240), at(270), 'Cleaning'])
    expect(lineAt(150)).toEqual(['down', at(0), null, null])
  })

  test('a shift says its crew, and that it is overtime', () => {
    const settings = testLine({
      shifts: [
        {
          name: 'Early',
          start: '06:00',
          end: '14:00',
          rota: { from: '2026-11-23', every: 'week', crews: ['A', 'B'] },
        },
      ],
      longerShifts: [{ date: '2026-11-23', shift: 'Early', end: '15:00' }],
    })
    const shiftAt = (minutes: number) => {
      const input = viewInput({ nowMs: at(minutes), settings, facts: { states: states([0, 'running']) } })
      return lineView(input, lineWord(input)).shift
    }
    expect(shiftAt(479)).toMatchObject({ crew: 'A', overtime: false, endMs: at(540) })
    expect(shiftAt(480)).toMatchObject({ crew: 'A', overtime: true })
    expect(shiftAt(7 * 24 * 60 + 1)).toMatchObject({ crew: 'B', overtime: false })
  })

  test('open calls are those neither solved, rejected nor cancelled', () => {
    const call = (seq: number, id: string, event: 'raise' | 'ack' | 'resolve', more = {}) => ({
      seq,
      atMs: at(seq),
      call: id,
      event,
      ...more,
    })
    const calls = [
      call(1, 'c1', 'raise', { category: 'material', text: 'No caps' }),
      call(2, 'c2', 'raise', { category: 'quality' }),
      call(3, 'c1', 'ack', { who: 'Sam' }),
      call(4, 'c2', 'resolve'),
      call(5, 'c3', 'ack'),
    ]
    const input = viewInput({ nowMs: at(10), model: { calls } })
    expect(lineView(input, lineWord(input)).openCalls).toEqual([
      {
        call: 'c1',
        category: 'material',
        raisedMs: at(1),
        ackMs: at(3),
        who: 'Sam',
        text: 'No caps',
        answerByMs: at(6),
        cell: null,
        coming: false,
        times: 1,
        escalation: null,
      },
    ])
  })
})
