import { describe, expect, it } from 'vitest'
import type { StopEditFact } from '../../../shared/domain/facts.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { stopEdits } from '../../../shared/domain/stop-edits.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { at, between, factsOf, minute, rulesOf, states } from './line-facts.ts'

const split = (seq: number, time: string): StopEditFact => ({
  seq,
  startMs: at(time),
  endMs: at(time),
  reason: null,
})
const merge = (seq: number, from: string, to: string, reason: string | null = null): StopEditFact => ({
  seq,
  ...between(from, to),
  reason,
})

const rules = rulesOf()
const facts = factsOf({
  states: states(
    '06:00 running',
    '07:00 stopped',
    '07:01 running',
    '07:02 stopped Caps',
    '07:03 idle',
    '07:05 running',
    '08:00 stopped',
    '08:30 running',
  ),
})

/** "07:00-07:05 reason minutes" with " micro" and the true start and end where they are others. */
function shown(edits: StopEditFact[], from = '06:00', to = '09:00', more = {}): string[] {
  const time = (ms: number) => new Date(ms).toISOString().slice(11, 16)
  const asOfMs = at('09:00')
  return stopsIn({ ...facts, stopEdits: edits, ...more }, rules, between(from, to), asOfMs).map((stop) =>
    [
      `${time(stop.startMs)}-${time(stop.endMs)}`,
      stop.reason ?? '-',
      stop.durationMs / minute,
      ...(stop.micro ? ['micro'] : []),
      ...(stop.startedMs === stop.startMs ? [] : [`from ${time(stop.startedMs)}`]),
      ...(stop.closedMs === stop.endMs ? [] : [`to ${stop.closedMs === null ? 'now' : time(stop.closedMs)}`]),
    ].join(' '),
  )
}

describe('a stop', () => {
  it('stands in the list by state and reason before anybody edits it', () => {
    expect(shown([])).toEqual([
      '07:00-07:01 - 1 micro',
      '07:02-07:03 Caps 1',
      '07:03-07:05 - 2',
      '08:00-08:30 - 30',
    ])
  })

  it('is split at a time, and each part takes a reason of its own', () => {
    const reason = { seq: 9, startMs: at('08:10'), endMs: at('08:30'), reason: 'Sensor' }
    expect(shown([split(1, '08:10')]).slice(3)).toEqual(['08:00-08:10 - 10', '08:10-08:30 - 20'])
    expect(shown([split(1, '08:10')], '06:00', '09:00', { stopReasons: [reason] }).slice(3)).toEqual([
      '08:00-08:10 - 10',
      '08:10-08:30 Sensor 20',
    ])
  })

  it('is merged with others, with what ran in between left as run', () => {
    expect(shown([merge(1, '07:00', '07:05', 'Cap chute')])).toEqual([
      '07:00-07:05 Cap chute 4',
      '08:00-08:30 - 30',
    ])
    const edited = { ...facts, stopEdits: [merge(1, '07:00', '07:05')] }
    const [before, after] = [facts, edited].map((some) =>
      kpiSums(some, rules, between('06:00', '09:00'), at('09:00')),
    )
    expect({ ...after!, stopCount: 0, microStopCount: 0 }).toEqual({
      ...before!,
      stopCount: 0,
      microStopCount: 0,
    })
    expect([before!.stopCount, before!.microStopCount, after!.stopCount, after!.microStopCount]).toEqual([
      4, 1, 2, 0,
    ])
  })

  it('without a reason of its own a merged stop has that of its longest part', () => {
    expect(shown([merge(1, '07:00', '07:05')])[0]).toBe('07:00-07:05 Caps 4')
  })

  it('the latest word holds: a merge undoes an earlier split, a later split cuts a merge', () => {
    expect(shown([split(1, '08:10'), merge(2, '08:00', '08:30')]).slice(3)).toEqual(['08:00-08:30 - 30'])
    expect(shown([merge(1, '07:00', '07:05', 'Jam'), split(2, '07:03')]).slice(0, 2)).toEqual([
      '07:00-07:03 Jam 2',
      '07:03-07:05 Jam 2',
    ])
    expect(
      stopEdits([split(1, '07:03'), merge(2, '07:00', '07:04'), merge(3, '07:03', '07:05')]),
    ).toMatchObject({
      splits: [],
      merges: [between('07:00', '07:05')],
    })
  })

  it('counts once over a border, in the window in which it began, and knows its true start and end', () => {
    const edits = [merge(1, '07:00', '07:05', 'Jam'), split(2, '08:10')]
    expect(shown(edits, '06:00', '07:01')).toEqual(['07:00-07:01 Jam 1 to 07:05'])
    expect(shown(edits, '07:01', '08:05')).toEqual([
      '07:02-07:05 Jam 3 from 07:00',
      '08:00-08:05 - 5 to 08:10',
    ])
    expect(shown(edits, '08:05', '09:00')).toEqual(['08:05-08:10 - 5 from 08:00', '08:10-08:30 - 20'])
    const counts = [
      ['06:00', '07:01'],
      ['07:01', '08:05'],
      ['08:05', '09:00'],
    ].map(
      ([from, to]) =>
        kpiSums({ ...facts, stopEdits: edits }, rules, between(from!, to!), at('09:00')).stopCount,
    )
    expect(counts).toEqual([1, 1, 1])
  })
})
