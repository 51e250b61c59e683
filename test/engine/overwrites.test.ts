import { afterEach, expect, test } from 'vitest'
import { readRejects } from '../../db/queries/rejects.ts'
import { message, startRecording, type TestRecording } from '../helpers/recording.ts'

const minute = 60_000
/** Monday, 6:00 in Berlin. */
const six = Date.parse('2026-03-02T06:00:00+01:00')
const at = (minutes: number) => six + minutes * minute

const open: TestRecording[] = []
afterEach(() => {
  for (const recording of open.splice(0)) recording.close()
})

/** Line a at 10:00, with what it was told so far. */
function start(): { recording: TestRecording; say: (kind: string, body: object) => void } {
  const recording = startRecording(at(240))
  open.push(recording)
  const say = (kind: string, body: object) =>
    recording.recorder.record([message(`a/${kind}`, body, recording.clock.nowMs)])
  return { recording, say }
}

/** States of line a as the last word at each instant has them: minutes after six. */
function states({ recorder }: TestRecording): [number, string][] {
  const byTime = new Map(recorder.model('a').facts.states.map(({ atMs, state }) => [atMs, state]))
  return [...byTime].map(([atMs, state]): [number, string] => [(atMs - six) / minute, state])
}

const reasonsOf = ({ database }: TestRecording) => readRejects(database.read, 10).map(({ reason }) => reason)

test('a state with an end overwrites what was told of its time, and what held then goes on', () => {
  const { recording, say } = start()
  for (const [minutes, state] of [
    [0, 'running'],
    [60, 'stopped'],
    [70, 'idle'],
    [90, 'running'],
    [150, 'stopped'],
  ] as const) {
    say('state', { state, ts: at(minutes) })
  }
  say('state', { state: 'maintenance', reason: 'Oil', ts: at(30), until: new Date(at(120)).toISOString() })
  expect(states(recording)).toEqual([
    [0, 'running'],
    [30, 'maintenance'],
    [60, 'maintenance'],
    [70, 'maintenance'],
    [90, 'maintenance'],
    [120, 'running'],
    [150, 'stopped'],
  ])
  // Another one inside it, up to the instant at which something is told anyway.
  say('state', { state: 'stopped', ts: at(60), until: at(90) })
  expect(states(recording)).toEqual([
    [0, 'running'],
    [30, 'maintenance'],
    [60, 'stopped'],
    [70, 'stopped'],
    [90, 'maintenance'],
    [120, 'running'],
    [150, 'stopped'],
  ])
  expect(recording.differences()).toEqual([])
  recording.reopen()
  expect(states(recording)).toHaveLength(7)
})

test('cells are overwritten each by itself', () => {
  const { recording, say } = start()
  say('state', { state: 'running', cell: 'x', ts: at(0) })
  say('state', { state: 'stopped', cell: 'y', ts: at(10) })
  say('state', { state: 'idle', cell: 'x', ts: at(5), until: at(20) })
  const { states: facts } = recording.recorder.model('a').facts
  expect(facts.map(({ atMs, state, cell }) => [(atMs - six) / minute, state, cell])).toEqual([
    [0, 'running', 'x'],
    [5, 'idle', 'x'],
    [10, 'stopped', 'y'],
    [20, 'running', 'x'],
  ])
})

test('an end without a beginning, before it, too far away or to come is refused in words', () => {
  const { recording, say } = start()
  say('state', { state: 'stopped', until: at(120) })
  say('state', { state: 'stopped', ts: at(120), until: at(120) })
  say('state', { state: 'stopped', ts: at(-1_300), until: at(150) })
  say('state', { state: 'stopped', ts: at(200), until: at(300) })
  say('state', { state: 'stopped', ts: at(200), until: 'soon' })
  expect(reasonsOf(recording).sort()).toEqual([
    'until: at most 24 h are overwritten at once',
    'until: is in the future',
    'until: must be a time: ISO 8601 with zone, or epoch milliseconds',
    'until: must be after the beginning',
    'until: the state has an end, but no beginning: give it a time',
  ])
  expect(states(recording)).toEqual([])
})

test('pieces of an instant are replaced: more, fewer, and those that are scrap', () => {
  const { recording, say } = start()
  const sums = () => {
    const { counts } = recording.recorder.model('a').facts
    const sum = (field: 'good' | 'scrap') => counts.reduce((all, one) => all + one[field], 0)
    return [sum('good'), sum('scrap')]
  }
  say('count', { good: 9, scrap: 1, reason: 'dent', ts: at(10) })
  say('count', { good: 5, ts: at(11) })
  say('count', { replaces: true, all: 12, ts: at(10) })
  expect(sums()).toEqual([16, 1])
  say('count', { replaces: true, all: 8, scrap: 3, ts: at(10) })
  expect(sums()).toEqual([10, 3])
  say('count', { replaces: true, scrap: 0, ts: at(10) })
  expect(sums()).toEqual([13, 0])
  expect(recording.differences()).toEqual([])
  say('count', { replaces: true, all: 5, ts: at(12) })
  say('count', { replaces: true, all: 5 })
  say('count', { replaces: true, all: 2, scrap: 3, ts: at(11) })
  expect(sums()).toEqual([13, 0])
  expect(reasonsOf(recording).sort()).toEqual([
    'count has more scrap than all: all is good and scrap together',
    'count: replaces the pieces of an instant, but does not say of which: give it a time',
    'count: replaces the pieces of its time, but none were counted then',
  ])
})
