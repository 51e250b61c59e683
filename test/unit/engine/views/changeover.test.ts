import { expect, test } from 'vitest'
import type { ShiftResult } from '../../../../electron/engine/shift-result.ts'
import { at, board, part, yesterday } from '../../../helpers/board-of.ts'
import { minute, states, testLine } from '../../../helpers/view-input.ts'

test('a running changeover shows its step, and joins the part before the shift', () => {
  const settings = testLine({
    shifts: [
      { name: 'Night', start: '22:00', end: '06:00' },
      { name: 'Early', start: '06:00', end: '14:00' },
    ],
  })
  const night: ShiftResult = {
    ...yesterday,
    startMs: at(-480),
    endMs: at(0),
    changeovers: [{ ...part, startMs: at(-10), endMs: at(0), closedMs: null, durationMs: 10 * minute }],
  }
  const changeovers = [
    { seq: 1, atMs: at(-10), event: 'start' as const, from: 'cap', to: 'lid' },
    { seq: 2, atMs: at(-5), event: 'step' as const, step: 'Line clear' },
    { seq: 3, atMs: at(3), event: 'step' as const, step: 'Star wheels' },
  ]
  const open = board({ nowMs: at(5), facts: { changeovers, states: states([-60, 'running']) }, settings }, [
    night,
  ])
  expect(open.line.word).toBe('changeover')
  expect(open.line.sinceMs).toBe(at(-10))
  expect(open.changeover.current).toMatchObject({
    ...part,
    startMs: at(-10),
    durationMs: 15 * minute,
    step: 'Star wheels',
  })
  const done = [...changeovers, { seq: 4, atMs: at(8), event: 'end' as const }]
  const closed = board(
    { nowMs: at(9), facts: { changeovers: done, states: states([-60, 'running']) }, settings },
    [night],
  )
  expect(closed.changeover.current).toBeNull()
  expect(closed.changeover.recent).toMatchObject([
    { startMs: at(-10), closedMs: at(8), durationMs: 18 * minute },
  ])
})

test('a changeover with planned steps: what is done, what is being done, what could be prepared', () => {
  const settings = testLine({
    changeoverTargetS: 600,
    changeoverSteps: [
      { name: 'Caps staged', while: 'running' },
      { name: 'Film staged', while: 'running' },
      { name: 'Line clear', plannedS: 120 },
      { name: 'Swap parts', plannedS: 300 },
      { name: 'Check', plannedS: 60 },
    ],
  })
  const steps: [number, 'start' | 'step', string?][] = [
    [-20, 'step', 'Caps staged'],
    [0, 'start'],
    [1, 'step', 'Line clear'],
    [3, 'step', 'Swap parts'],
    [4, 'step', 'Film staged'],
    [5, 'step', 'Find the key'],
  ]
  const changeovers = steps.map(([minutes, event, step], seq) => ({ seq, atMs: at(minutes), event, step }))
  const { current } = board({
    nowMs: at(6),
    facts: { changeovers, states: states([-60, 'running']) },
    settings,
  }).changeover
  expect(current?.step).toBe('Find the key')
  expect(current?.steps).toEqual([
    { name: 'Line clear', plannedMs: 120_000, startMs: at(1), endMs: at(3) },
    { name: 'Swap parts', plannedMs: 300_000, startMs: at(3), endMs: at(5) },
    { name: 'Check', plannedMs: 60_000, startMs: null, endMs: null },
    { name: 'Find the key', plannedMs: null, startMs: at(5), endMs: null },
  ])
  expect(current?.prep).toEqual([
    { name: 'Caps staged', done: true },
    { name: 'Film staged', done: true },
  ])
})
