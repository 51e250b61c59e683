import { describe, expect, test } from 'vitest'
import { agendaMs, stepClock, usualAgenda } from '../../../../shared/domain/huddle/agenda.ts'
import { type Huddle, huddleSchema, withSpent, withStep } from '../../../../shared/domain/huddle/huddle.ts'
import { dueGraceMs, dueNow, huddleShifts, nextDue } from '../../../../shared/domain/huddle/timing.ts'
import { lineRules } from '../../../../shared/settings/line-rules.ts'
import { minute, six, testLine } from '../../../helpers/view-input.ts'

const twoShifts = testLine({
  shifts: [
    { name: 'Early', start: '06:00', end: '14:00' },
    { name: 'Late', start: '14:00', end: '22:00' },
  ],
})
const { calendar } = lineRules(twoShifts, 'UTC')
const at = (minutes: number) => six + minutes * minute

describe('a step', () => {
  const step = { seconds: 60, spentMs: 5_000 }

  test('counts on from what it took before, and beyond its time', () => {
    expect(stepClock(step, at(0), at(0) + 54_999)).toEqual({
      spentMs: 59_999,
      plannedMs: 60_000,
      over: false,
    })
    expect(stepClock(step, at(0), at(0) + 55_000)).toMatchObject({ spentMs: 60_000, over: true })
    expect(stepClock(step, at(0), at(9))).toMatchObject({ spentMs: 545_000, over: true })
  })

  test('that begins in the future of a page whose clock is behind has taken nothing yet', () => {
    expect(stepClock(step, at(0), at(-1)).spentMs).toBe(5_000)
  })
})

test('the usual agenda takes six and a half minutes', () => {
  expect(agendaMs(usualAgenda)).toBe(390_000)
})

describe('going through the steps', () => {
  const huddle: Huddle = {
    id: 'h',
    startedMs: at(0),
    scheduled: false,
    lastShiftMs: null,
    shiftMs: null,
    shiftName: null,
    agenda: usualAgenda.map((step) => ({ ...step, name: null, ask: null, spentMs: 0 })),
    step: 0,
    stepMs: at(0),
    present: null,
    endedMs: null,
    outcome: null,
    minutes: null,
  }

  test('adds up what each took, also when one is opened twice', () => {
    const second = withStep(huddle, 1, at(1))
    const back = withStep(second, 0, at(3))
    const end = withSpent(back, at(3) + 10_000)
    expect(end.agenda.map(({ spentMs }) => spentMs)).toEqual([70_000, 120_000, 0, 0, 0, 0, 0])
    expect(huddleSchema.parse(JSON.parse(JSON.stringify(end)))).toEqual(end)
  })

  test('to the step that is open changes nothing, and beyond the agenda is its end', () => {
    expect(withStep(huddle, 0, at(1))).toBe(huddle)
    expect(withStep(huddle, 20, at(1)).step).toBe(6)
  })
})

describe('a huddle five minutes before each shift', () => {
  const before = 5 * minute

  test('is due at that minute, for that shift', () => {
    expect(nextDue(calendar, before, at(0))).toMatchObject({ dueMs: at(475), shift: { name: 'Late' } })
    expect(nextDue(calendar, before, at(475))).toMatchObject({ dueMs: at(1435), shift: { name: 'Early' } })
  })

  test('begins then, or within the grace of a board that comes up late', () => {
    expect(dueNow(calendar, before, at(475) - 1)).toBeNull()
    expect(dueNow(calendar, before, at(475))?.dueMs).toBe(at(475))
    expect(dueNow(calendar, before, at(475) + dueGraceMs - 1)?.dueMs).toBe(at(475))
    expect(dueNow(calendar, before, at(475) + dueGraceMs)).toBeNull()
  })

  test('looks back at the shift that is about to end, and forward to the next', () => {
    const shifts = huddleShifts(calendar, before, at(475))
    expect(shifts).toMatchObject({ last: { name: 'Early' }, next: { name: 'Late' } })
    expect(shifts.last?.startMs).toBe(at(0))
  })

  test('in the middle of a shift it looks back at the one before', () => {
    const shifts = huddleShifts(calendar, before, at(200))
    expect(shifts).toMatchObject({ last: { name: 'Late' }, next: { name: 'Early' } })
    expect(shifts.next?.startMs).toBe(at(0))
  })
})

test('two days of daylight saving: due by the wall clock of the plant, not by 24 hours', () => {
  const berlin = lineRules(twoShifts, 'Europe/Berlin').calendar
  const saturday = Date.UTC(2026, 9, 24, 3, 55)
  expect(dueNow(berlin, 5 * minute, saturday)?.shift.date).toBe('2026-10-24')
  expect(nextDue(berlin, 5 * minute, Date.UTC(2026, 9, 24, 21))?.dueMs).toBe(Date.UTC(2026, 9, 25, 4, 55))
})
