import { describe, expect, it } from 'vitest'
import type { LineFacts } from '../../../shared/domain/facts.ts'
import { buildTimeline } from '../../../shared/domain/timeline.ts'
import { at, between, factsOf, rulesOf, run, shown, states } from './line-facts.ts'

const day = between('06:00', '14:00')

function timeline(facts: Partial<LineFacts>, asOf = '14:00', window = day) {
  return shown(buildTimeline(factsOf(facts), rulesOf(), window, at(asOf)))
}

describe('timeline from states', () => {
  it('holds each state until the next one and is unknown before the first', () => {
    const facts = { states: states('06:30 running', '08:00 stopped Jam', '08:10 running', '10:00 starved') }
    expect(timeline(facts, '11:00')).toEqual([
      '06:00-06:30 unknown',
      '06:30-08:00 running',
      '08:00-08:10 stopped Jam',
      '08:10-10:00 running',
      '10:00-11:00 starved',
    ])
  })

  it('carries the last state before the window into it', () => {
    expect(timeline({ states: states('02:00 running', '05:00 stopped') }, '07:00')).toEqual([
      '06:00-07:00 stopped',
    ])
  })

  it('is empty before the window begins', () => {
    expect(timeline({ states: states('05:00 running') }, '06:00')).toEqual([])
  })

  it('lets the later of two states of one instant win and joins repeated ones', () => {
    const facts = { states: states('06:00 stopped', '06:00 running', '07:00 running') }
    expect(timeline(facts, '08:00')).toEqual(['06:00-08:00 running'])
  })

  it('does not ask cells when the line speaks for itself, and asks them when it does not', () => {
    const line = states('06:00 running')
    const cell = { seq: 9, atMs: at('07:00'), state: 'stopped' as const, cell: 'capper' }
    expect(timeline({ states: [...line, cell] }, '08:00')).toEqual(['06:00-08:00 running'])
    const segments = buildTimeline(factsOf({ states: [cell] }), rulesOf(), day, at('08:00'))
    expect(shown(segments)).toEqual(['06:00-07:00 unknown', '07:00-08:00 stopped'])
    expect(segments[1]!.cell).toBe('capper')
  })

  it('names a break state that has no reason of its own', () => {
    const facts = { states: states('06:00 break', '06:15 break Fire drill', '06:30 running') }
    expect(timeline(facts, '07:00')).toEqual([
      '06:00-06:15 break break',
      '06:15-06:30 break Fire drill',
      '06:30-07:00 running',
    ])
  })

  it('says what is made', () => {
    const facts = { states: states('06:00 running'), products: [run('07:00', 'a', null, null)] }
    const segments = buildTimeline(factsOf(facts), rulesOf(), day, at('08:00'))
    expect(segments.map((one) => [one.product, one.source])).toEqual([
      [null, 'signal'],
      ['a', 'signal'],
    ])
  })
})

describe('timeline from pieces', () => {
  const activity = [between('06:30', '08:00'), between('08:10', '09:00')]

  it('runs while pieces came, stands since the last piece, knows nothing before the first', () => {
    const segments = buildTimeline(factsOf({ activity }), rulesOf(), day, at('10:00'))
    expect(shown(segments)).toEqual([
      '06:00-06:30 unknown',
      '06:30-08:00 running',
      '08:00-08:10 stopped',
      '08:10-09:00 running',
      '09:00-10:00 stopped',
    ])
    expect(new Set(segments.map((one) => one.source))).toEqual(new Set(['derived']))
  })

  it('still runs until the gap is over, then stood since the last piece', () => {
    expect(timeline({ activity }, '09:01').pop()).toBe('08:10-09:01 running')
    expect(timeline({ activity }, '09:01:01').pop()).toBe('09:00-09:01:01 stopped')
  })

  it('starts in a stop when the last piece came before the window', () => {
    const before = [between('04:00', '05:00'), between('07:00', '08:00')]
    expect(timeline({ activity: before }, '07:30')).toEqual(['06:00-07:00 stopped', '07:00-07:30 running'])
  })

  it('gives way to states as soon as there is one', () => {
    expect(timeline({ activity, states: states('08:00 idle') }, '09:00')).toEqual([
      '06:00-08:00 unknown',
      '08:00-09:00 idle',
    ])
  })
})

describe('silence', () => {
  it('hides states, an open one up to asOf', () => {
    const facts = {
      states: states('06:00 running', '08:00 stopped'),
      silences: [between('07:00', '07:30'), { startMs: at('08:30'), endMs: null }],
    }
    expect(timeline(facts, '09:00')).toEqual([
      '06:00-07:00 running',
      '07:00-07:30 unknown',
      '07:30-08:00 running',
      '08:00-08:30 stopped',
      '08:30-09:00 unknown',
    ])
  })
})

describe('explicit changeover', () => {
  const changeover = (time: string, event: 'start' | 'step' | 'end') => ({ seq: 1, atMs: at(time), event })

  it('covers every state, and silence too once it was heard of again', () => {
    const facts = {
      states: states('06:00 running', '07:10 stopped Jam', '07:20 running'),
      changeovers: [changeover('07:00', 'start'), changeover('07:30', 'end')],
      silences: [between('06:55', '06:56'), between('07:05', '07:26'), between('07:29', '07:40')],
    }
    expect(timeline(facts, '08:00')).toEqual([
      '06:00-06:55 running',
      '06:55-06:56 unknown',
      '06:56-07:00 running',
      '07:00-07:30 changeover',
      '07:30-07:40 unknown',
      '07:40-08:00 running',
    ])
    const began = ['06:00-06:55 running', '06:55-06:56 unknown', '06:56-07:00 running']
    // Heard again, and no end announced: it went on. Before that nobody could know.
    expect(timeline(facts, '07:28')).toEqual([...began, '07:00-07:28 changeover'])
    expect(timeline(facts, '07:25')).toEqual([...began, '07:00-07:05 changeover', '07:05-07:25 unknown'])
    const open = {
      ...facts,
      silences: [...facts.silences.slice(0, 2), { startMs: at('07:29'), endMs: null }],
    }
    expect(timeline({ ...open, changeovers: facts.changeovers.slice(0, 1) }, '08:00')).toEqual([
      ...began,
      '07:00-07:29 changeover',
      '07:29-08:00 unknown',
    ])
    // An end that lies in a silence, and came later.
    expect(timeline(open, '08:00')).toEqual([...began, '07:00-07:30 changeover', '07:30-08:00 unknown'])
  })

  it('takes a second start as a step, and an end or a step without a start for nothing', () => {
    const facts = {
      states: states('06:00 running'),
      changeovers: [
        changeover('06:10', 'end'),
        changeover('06:20', 'step'),
        changeover('07:00', 'start'),
        changeover('07:10', 'start'),
        changeover('07:20', 'step'),
        changeover('07:30', 'end'),
        changeover('07:40', 'end'),
      ],
    }
    expect(timeline(facts, '08:00')).toEqual([
      '06:00-07:00 running',
      '07:00-07:30 changeover',
      '07:30-08:00 running',
    ])
  })

  it('is open until its end comes, and covers time before the first state', () => {
    expect(
      timeline({ states: states('07:30 running'), changeovers: [changeover('07:00', 'start')] }, '08:00'),
    ).toEqual(['06:00-07:00 unknown', '07:00-08:00 changeover'])
  })
})

describe('derived changeover', () => {
  const running = states('06:00 running')
  const change = [run('06:00', 'a', '06:00', '08:00'), run('08:05', 'b', '08:20', '09:00')]

  it('lasts from the last good piece of the old product to the first of the new one', () => {
    const segments = buildTimeline(
      factsOf({ states: running, products: change }),
      rulesOf(),
      day,
      at('09:00'),
    )
    const cut = segments.filter((one) => one.state === 'changeover')
    expect(shown(cut)).toEqual(['08:00-08:05 changeover', '08:05-08:20 changeover'])
    expect(cut.map((one) => [one.product, one.source])).toEqual([
      ['a', 'derived'],
      ['b', 'derived'],
    ])
  })

  it('is open while no good piece came, scrap or not', () => {
    const products = [run('06:00', 'a', '06:00', '08:00'), run('08:05', 'b', null, null)]
    expect(timeline({ states: running, products }, '09:00')).toContain('08:05-09:00 changeover')
  })

  it('passes over a product that never made a good piece', () => {
    const products = [
      run('06:00', 'a', '06:00', '08:00'),
      run('08:05', 'b', null, null),
      run('08:10', 'c', '08:30', '09:00'),
    ]
    const cut = timeline({ states: running, products }, '09:00').filter((one) => one.endsWith('changeover'))
    expect(cut).toEqual(['08:00-08:05 changeover', '08:05-08:10 changeover', '08:10-08:30 changeover'])
  })

  it('is none for a new order of the same product, and none before the first good piece ever', () => {
    const same = [run('06:00', 'a', '06:00', '08:00'), run('08:05', 'a', '08:20', null)]
    const never = [run('06:00', 'a', null, null), run('08:05', 'b', '08:20', '09:00')]
    for (const products of [same, never]) {
      expect(timeline({ states: running, products }, '09:00').some((one) => one.endsWith('changeover'))).toBe(
        false,
      )
    }
  })

  it('gives way to an announced changeover that overlaps or touches it', () => {
    const explicit = (start: string, end: string) => [
      { seq: 1, atMs: at(start), event: 'start' as const },
      { seq: 2, atMs: at(end), event: 'end' as const },
    ]
    const minutes = (facts: Partial<LineFacts>) =>
      buildTimeline(factsOf({ products: change, ...facts }), rulesOf(), day, at('09:00'))
        .filter((one) => one.state === 'changeover')
        .reduce((sum, one) => sum + (one.endMs - one.startMs) / 60_000, 0)
    expect(minutes({ states: running, changeovers: explicit('08:02', '08:12') })).toBe(10)
    expect(minutes({ states: running, changeovers: explicit('07:50', '08:00') })).toBe(10)
    expect(minutes({ states: running, changeovers: explicit('08:20', '08:25') })).toBe(5)
    expect(minutes({ states: running, changeovers: explicit('08:21', '08:25') })).toBe(24)
    expect(minutes({ states: states('06:00 running', '08:02 changeover', '08:04 running') })).toBe(2)
    expect(minutes({ states: states('06:00 running', '07:55 changeover', '08:00 running') })).toBe(5)
    expect(minutes({ states: states('06:00 running', '08:20 changeover', '08:25 running') })).toBe(5)
    expect(minutes({ states: states('06:00 running', '07:50 changeover', '07:59 running') })).toBe(29)
  })
})

describe('stop reasons', () => {
  const stopped = states(
    '06:00 running',
    '07:00 stopped Jam',
    '07:20 running',
    '08:00 stopped',
    '08:10 idle',
    '08:20 running',
  )
  const reason = (seq: number, start: string, end: string | null, text: string) => ({
    seq,
    startMs: at(start),
    endMs: end === null ? null : at(end),
    reason: text,
  })

  it('replace the reason of the stop time they cover, and touch nothing else', () => {
    const facts = { states: stopped, stopReasons: [reason(1, '07:10', '08:05', 'No caps')] }
    expect(timeline(facts, '09:00')).toEqual([
      '06:00-07:00 running',
      '07:00-07:10 stopped Jam',
      '07:10-07:20 stopped No caps',
      '07:20-08:00 running',
      '08:00-08:05 stopped No caps',
      '08:05-08:10 stopped',
      '08:10-08:20 idle',
      '08:20-09:00 running',
    ])
  })

  it('count by the highest seq, whatever their order in time', () => {
    const stopReasons = [reason(2, '07:00', '07:20', 'New'), reason(1, '07:05', '07:15', 'Old')]
    expect(timeline({ states: stopped, stopReasons }, '07:30')).toContain('07:00-07:20 stopped New')
    const turned = [reason(1, '07:00', '07:20', 'Old'), reason(2, '07:05', '07:15', 'New')]
    expect(timeline({ states: stopped, stopReasons: turned }, '07:30').slice(1, 4)).toEqual([
      '07:00-07:05 stopped Old',
      '07:05-07:15 stopped New',
      '07:15-07:20 stopped Old',
    ])
  })

  it('without an end hold to the end of that stop, through its change of state, and no further', () => {
    const facts = { states: stopped, stopReasons: [reason(1, '08:00', null, 'No caps')] }
    expect(timeline(facts, '09:00').slice(3)).toEqual([
      '08:00-08:10 stopped No caps',
      '08:10-08:20 idle No caps',
      '08:20-09:00 running',
    ])
    expect(timeline(facts, '08:07').pop()).toBe('08:00-08:07 stopped No caps')
    expect(timeline(facts, '09:00', between('08:12', '08:30'))).toEqual([
      '08:12-08:20 idle No caps',
      '08:20-08:30 running',
    ])
  })

  it('are not lost when a stop lasts for hours before the window', () => {
    const facts = {
      states: states('00:10 running', '00:20 stopped'),
      stopReasons: [reason(1, '00:20', null, 'Fire')],
    }
    expect(timeline(facts, '07:00')).toEqual(['06:00-07:00 stopped Fire'])
  })
})
