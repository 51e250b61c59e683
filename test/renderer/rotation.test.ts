import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availableScreens } from '../../renderer/rotation/available.ts'
import type { RotationInput, RotationState } from '../../renderer/rotation/rotation.ts'
import {
  holdTailMs,
  nextScreenOf,
  pause,
  rotate,
  screenOf,
  skip,
  slotsOf,
  startRotation,
  touchPauseMs,
} from '../../renderer/rotation/rotation.ts'
import type { LineWord } from '../../shared/contract/board.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { someCalls } from '../fixtures/board-team.ts'
import { statusCases } from '../fixtures/board-cases.ts'
import { makeBoard } from '../fixtures/board.ts'

const all: readonly ScreenName[] = ['status', 'hours', 'oee', 'scrap', 'changeover', 'keys']
const dwellMs = 25_000

/** Runs the rotation second by second and says which screen shows in each. */
function run(
  seconds: number,
  input: (second: number) => Partial<RotationInput> & { word?: LineWord },
  from: RotationState = startRotation(0),
): { screens: ScreenName[]; state: RotationState } {
  let state = from
  const screens: ScreenName[] = []
  for (let second = 0; second < seconds; second++) {
    state = rotate(state, { nowMs: second * 1000, dwellMs, screens: all, word: 'running', ...input(second) })
    screens.push(screenOf(state))
  }
  return { screens, state }
}

describe('order', () => {
  test('the home screen comes back before every two others', () => {
    expect(slotsOf(all)).toEqual([
      'status',
      'hours',
      'status',
      'oee',
      'scrap',
      'status',
      'changeover',
      'keys',
    ])
    expect(slotsOf(['status', 'hours', 'oee'])).toEqual(['status', 'hours', 'oee'])
    expect(slotsOf(['status'])).toEqual(['status'])
    expect(slotsOf(['oee', 'keys'])).toEqual(['oee', 'keys'])
  })

  test('every screen is shown, and home is never more than two slots away', () => {
    fc.assert(
      fc.property(fc.subarray([...all], { minLength: 1 }), (screens) => {
        const slots = slotsOf(screens)
        expect(new Set(slots)).toEqual(new Set(screens))
        if (!screens.includes('status')) return
        slots.forEach((_, index) => {
          const near = [0, 1, 2].map((step) => slots[(index + step) % slots.length])
          expect(near).toContain('status')
        })
      }),
    )
  })

  test('each screen keeps its dwell; a full cycle of all six takes 200 s', () => {
    const { screens } = run(201, () => ({}))
    expect(screens.slice(0, 25).every((screen) => screen === 'status')).toBe(true)
    expect(screens[25]).toBe('hours')
    expect(screens[50]).toBe('status')
    expect(screens[200]).toBe('status')
    expect(screens.filter((screen) => screen === 'keys')).toHaveLength(25)
  })
})

describe('interrupts', () => {
  test('a line that goes down takes the status screen at once, holds it, and lets go 30 s after recovery', () => {
    const { screens } = run(120, (second) => ({ word: second >= 30 && second < 60 ? 'down' : 'running' }))
    expect(screens[29]).toBe('hours')
    expect(screens.slice(30, 60).every((screen) => screen === 'status')).toBe(true)
    const tail = 60 + holdTailMs / 1000
    expect(screens.slice(60, tail).every((screen) => screen === 'status')).toBe(true)
    expect(screens[tail]).not.toBe('status')
  })

  test('a changeover holds its own screen; down is graver', () => {
    const { screens } = run(60, (second) => ({
      word: second < 10 ? 'running' : second < 40 ? 'changeover' : 'down',
    }))
    expect(screens.slice(10, 40).every((screen) => screen === 'changeover')).toBe(true)
    expect(screens.slice(40).every((screen) => screen === 'status')).toBe(true)
  })

  test('a changeover whose screen the plant does not show holds nothing', () => {
    const { screens } = run(60, () => ({ word: 'changeover', screens: ['status', 'oee'] }))
    expect(new Set(screens)).toEqual(new Set(['status', 'oee']))
  })

  test('a touch pauses for 60 s, but not the takeover', () => {
    const touched = pause(startRotation(0), 0)
    expect(touched.pausedUntilMs).toBe(touchPauseMs)
    const { screens } = run(62, () => ({}), touched)
    expect(screens.slice(0, 60).every((screen) => screen === 'status')).toBe(true)
    expect(screens[60]).toBe('hours')
    const onHours = run(30, () => ({})).state
    expect(screenOf(onHours)).toBe('hours')
    const taken = rotate(pause(onHours, 30_000), { nowMs: 31_000, dwellMs, screens: all, word: 'down' })
    expect(screenOf(taken)).toBe('status')
  })
})

test('a screen without data leaves; the one on show gives way at once', () => {
  const onHours = run(30, () => ({})).state
  const without = rotate(onHours, {
    nowMs: 31_000,
    dwellMs,
    screens: all.filter((screen) => screen !== 'hours'),
    word: 'running',
  })
  expect(screenOf(without)).not.toBe('hours')
  expect(nextScreenOf(without)).not.toBeNull()
})

test('a failing screen is skipped and tried again in the next cycle', () => {
  const onHours = run(30, () => ({})).state
  const skipped = skip(onHours, 30_000)
  expect(screenOf(skipped)).toBe('status')
  expect(skipped.slots).toContain('hours')
})

test('an unchanged state is the same object, so that nothing is drawn again', () => {
  const input: RotationInput = { nowMs: 1_000, dwellMs, screens: all, word: 'running' }
  const state = rotate(startRotation(0), input)
  expect(rotate(state, input)).toBe(state)
})

describe('available screens', () => {
  test('all of them on a plain board', () => {
    expect(availableScreens(makeBoard(), 'live')).toEqual([...screenNames])
  })

  test('withdrawn values of the line leave the status screen and what the line does not feed', () => {
    expect(availableScreens(makeBoard(), 'withdrawn')).toEqual([
      'status',
      'sqdcp',
      'calls',
      'keys',
      'strategy',
      'plant',
    ])
  })

  test('what is not set up does not come up; an open call does', () => {
    const board = { ...makeBoard(), sqdcp: null, actions: null, strategy: null, plant: null }
    expect(availableScreens(board, 'live')).toEqual(['status', 'hours', 'oee', 'scrap', 'changeover', 'keys'])
    const called = { ...board, line: { ...board.line, openCalls: someCalls } }
    expect(availableScreens(called, 'live')).toContain('calls')
  })

  test('outside a shift there is no hour table and no OEE', () => {
    const { board } = statusCases.find(({ name }) => name === 'notscheduled')!
    const shown = availableScreens(
      { ...board, sqdcp: null, actions: null, strategy: null, plant: null },
      'live',
    )
    expect(shown).toEqual(['status', 'scrap', 'changeover', 'keys'])
  })
})
