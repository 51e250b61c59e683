import { describe, expect, it } from 'vitest'
import { changeoversIn } from '../../../shared/domain/changeovers.ts'
import type { LineFacts } from '../../../shared/domain/facts.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { at, between, calendarOf, factsOf, minute, rulesOf, run, shiftPattern, states } from './line-facts.ts'

const breaks = [{ name: 'Meal', start: '10:00', end: '10:30' }]
const rules = rulesOf({ calendar: calendarOf([shiftPattern({ breaks })]) })
const shift = between('06:00', '14:00')
const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString().slice(11, 16))

describe('stops', () => {
  const list = (facts: Partial<LineFacts>, asOf = '14:00', window = shift) => {
    const stops = stopsIn(factsOf(facts), rules, window, at(asOf))
    const sums = kpiSums(factsOf(facts), rules, window, at(asOf))
    expect(stops.reduce((sum, stop) => sum + stop.durationMs, 0)).toBe(sums.stopMs)
    // The one that began before the window counts there.
    expect([sums.stopCount, sums.stopCount + 1]).toContain(stops.length)
    expect(sums.microStopCount).toBeLessThanOrEqual(stops.filter((stop) => stop.micro).length)
    return stops.map((stop) => [
      `${time(stop.startMs)}-${time(stop.endMs)}`,
      time(stop.closedMs),
      `${stop.state} ${stop.reason}`,
      stop.durationMs / minute,
      stop.micro,
    ])
  }

  it('lists stops with true durations, micro-stops marked', () => {
    const facts = {
      states: states('06:00 running', '07:00 stopped Jam', '07:20 running', '08:00 idle', '08:01 running'),
    }
    expect(list(facts)).toEqual([
      ['07:00-07:20', '07:20', 'stopped Jam', 20, false],
      ['08:00-08:01', '08:01', 'idle null', 1, true],
    ])
  })

  it('is not split by a planned break, whose time does not count', () => {
    const facts = { states: states('06:00 running', '09:50 stopped Jam', '10:45 running') }
    expect(list(facts)).toEqual([['09:50-10:45', '10:45', 'stopped Jam', 25, false]])
  })

  it('leaves out a stop wholly inside a break or outside the shift', () => {
    const facts = { states: states('04:00 stopped', '05:00 running', '10:05 stopped', '10:10 running') }
    expect(list(facts, '14:00', between('03:00', '14:00'))).toEqual([])
  })

  it('splits by reason and by state, and judges micro by the whole time the line stood', () => {
    const facts = {
      states: states('06:00 running', '07:00 stopped Jam', '07:01 maintenance', '07:03 running'),
      stopReasons: [{ seq: 1, startMs: at('07:02'), endMs: at('07:03'), reason: 'Belt' }],
    }
    expect(list(facts)).toEqual([
      ['07:00-07:01', '07:01', 'stopped Jam', 1, false],
      ['07:01-07:02', '07:02', 'maintenance null', 1, false],
      ['07:02-07:03', '07:03', 'maintenance Belt', 1, false],
    ])
  })

  it('is clipped to the window, but knows its true end and its true length', () => {
    const facts = { states: states('06:00 running', '07:00 stopped Jam', '07:20 running') }
    expect(list(facts, '14:00', between('07:01', '07:02'))).toEqual([
      ['07:01-07:02', '07:20', 'stopped Jam', 1, false],
    ])
    expect(list(facts, '07:10', between('07:01', '07:02'))).toEqual([
      ['07:01-07:02', null, 'stopped Jam', 1, false],
    ])
  })

  it('takes the change of reason as the end of an entry beyond the window too', () => {
    const facts = {
      states: states('06:00 running', '07:00 stopped Jam', '07:20 stopped Belt', '08:00 running'),
    }
    expect(list(facts, '14:00', between('07:01', '07:02'))[0]![1]).toBe('07:20')
  })

  it('is open while the line stands', () => {
    const facts = { states: states('06:00 running', '07:00 stopped Jam') }
    expect(list(facts, '07:01')).toEqual([['07:00-07:01', null, 'stopped Jam', 1, true]])
    expect(list(facts, '07:02')).toEqual([['07:00-07:02', null, 'stopped Jam', 2, false]])
  })

  it('does not run through unknown time or a changeover', () => {
    const facts = {
      states: states('06:00 running', '07:00 stopped', '07:20 changeover', '07:30 stopped', '08:00 running'),
      silences: [between('07:05', '07:10')],
    }
    expect(list(facts).map((stop) => stop[0])).toEqual(['07:00-07:05', '07:10-07:20', '07:30-08:00'])
  })

  it('judges micro by planned time only: a stop that began in the break', () => {
    const facts = { states: states('06:00 running', '10:10 stopped', '10:31 running') }
    expect(list(facts)).toEqual([['10:10-10:31', '10:31', 'stopped null', 1, true]])
  })

  it('follows a stop back over a night without shifts', () => {
    const facts = {
      states: [
        { seq: 1, atMs: at('13:50', '2026-11-17'), state: 'stopped' as const },
        ...states('06:01 running'),
      ],
    }
    expect(list(facts)).toEqual([['06:00-06:01', '06:01', 'stopped null', 1, false]])
  })
})

describe('changeovers', () => {
  const list = (facts: Partial<LineFacts>, asOf = '14:00', window = shift) => {
    const found = changeoversIn(factsOf(facts), rules, window, at(asOf))
    const sums = kpiSums(factsOf(facts), rules, window, at(asOf))
    expect(found.reduce((sum, one) => sum + one.durationMs, 0)).toBe(sums.changeoverMs)
    return found.map((one) => [
      `${time(one.startMs)}-${time(one.endMs)}`,
      time(one.closedMs),
      `${one.from} ${one.to}`,
      one.durationMs / minute,
    ])
  }
  const running = states('06:00 running')
  const event = (clock: string, kind: 'start' | 'step' | 'end', more = {}) => ({
    seq: 1,
    atMs: at(clock),
    event: kind,
    ...more,
  })

  it('has the announced products first', () => {
    const changeovers = [event('09:50', 'start', { from: 'x' }), event('10:40', 'end', { to: 'y' })]
    const products = [run('06:00', 'a', '06:00', '09:45'), run('09:55', 'b', '10:50', null)]
    expect(list({ states: running, changeovers, products })).toEqual([['09:50-10:40', '10:40', 'x y', 20]])
  })

  it('finds the products of an announced changeover by the pieces', () => {
    const changeovers = [event('08:00', 'start'), event('08:30', 'end')]
    const goods = [run('06:00', 'a', '06:00', '07:58'), run('07:59', 'b', '08:31', null)]
    expect(list({ states: running, changeovers, products: goods })).toEqual([
      ['08:00-08:30', '08:30', 'a b', 30],
    ])
    const atStart = [run('06:00', 'a', null, null), run('08:00', 'b', null, null)]
    expect(list({ states: running, changeovers, products: atStart })[0]![2]).toBe('a b')
    const atEnd = [run('06:00', 'a', null, null), run('08:30', 'b', null, null)]
    expect(list({ states: running, changeovers, products: atEnd })[0]![2]).toBe('a b')
    expect(list({ states: running, changeovers })[0]![2]).toBe('null null')
  })

  it('is one announced changeover though the board was off meanwhile, while it goes on and after its end', () => {
    const changeovers = [event('08:00', 'start', { from: 'a', to: 'b' }), event('08:30', 'end')]
    const silences = [between('08:02', '08:10'), between('08:12', '08:29')]
    expect(list({ states: running, changeovers, silences })).toEqual([['08:00-08:30', '08:30', 'a b', 30]])
    const begun = changeovers.slice(0, 1)
    expect(list({ states: running, changeovers: begun, silences }, '08:11')).toEqual([
      ['08:00-08:11', null, 'a b', 11],
    ])
  })

  it('is one by state though the board was off meanwhile, as long as the state still holds then', () => {
    const byState = states('06:00 running', '08:00 changeover', '08:30 running')
    const off = [between('08:05', '08:20')]
    expect(list({ states: byState, silences: off })).toEqual([['08:00-08:30', '08:30', 'null null', 30]])
    expect(list({ states: byState.slice(0, 2), silences: off }, '08:25')).toEqual([
      ['08:00-08:25', null, 'null null', 25],
    ])
    // Nobody knows since when it ran.
    expect(list({ states: byState, silences: [between('08:05', '08:30')] })).toEqual([
      ['08:00-08:05', '08:05', 'null null', 5],
    ])
  })

  it('is open with a target unknown until the product is announced', () => {
    const changeovers = [event('08:00', 'start')]
    const products = [run('06:00', 'a', '06:00', '07:58')]
    expect(list({ states: running, changeovers, products }, '08:10')).toEqual([
      ['08:00-08:10', null, 'a null', 10],
    ])
    const next = [...products, run('08:05', 'b', null, null)]
    expect(list({ states: running, changeovers, products: next }, '08:10')[0]![2]).toBe('a b')
  })

  it('works by state and by pieces too', () => {
    const byState = { states: states('06:00 running', '08:00 changeover', '08:20 running') }
    expect(list(byState)).toEqual([['08:00-08:20', '08:20', 'null null', 20]])
    const products = [run('06:00', 'a', '06:00', '08:00'), run('08:05', 'b', '08:20', '09:00')]
    expect(list({ states: running, products })).toEqual([['08:00-08:20', '08:20', 'a b', 20]])
    expect(list({ states: running, products }, '14:00', between('08:10', '08:15'))).toEqual([
      ['08:10-08:15', '08:20', 'a b', 5],
    ])
  })
})
