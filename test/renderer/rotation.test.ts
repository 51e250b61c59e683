import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { availableScreens, redScreens } from '../../renderer/rotation/available.ts'
import { keyAction, pressedActions } from '../../renderer/rotation/clicker.ts'
import type { Interrupt, InterruptInput } from '../../renderer/rotation/interrupts.ts'
import { interruptOf } from '../../renderer/rotation/interrupts.ts'
import type { RotationInput, RotationState } from '../../renderer/rotation/rotation.ts'
import {
  failedScreens,
  goHome,
  holdTailMs,
  nextScreenOf,
  pause,
  resume,
  retryMs,
  rotate,
  screenOf,
  skip,
  startRotation,
  step,
  touchPauseMs,
  turnOf,
} from '../../renderer/rotation/rotation.ts'
import type { Occasion, Rule } from '../../renderer/rotation/schedule.ts'
import { isBetween, phasesAt, phaseMs, rulesOf, slotsOf } from '../../renderer/rotation/schedule.ts'
import { justEnded, summaryMs } from '../../renderer/screens/changeover/summary.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { displaySchema, screenNames } from '../../shared/settings/display.ts'
import { statusCases } from '../fixtures/status-cases.ts'
import { someCalls } from '../fixtures/board-team.ts'
import { fixtureNowMs, makeBoard, minuteMs } from '../fixtures/board.ts'

/** Time to answer a call, as the plants of these tests want it. Milliseconds. */
const unansweredMs = 120_000
const all: readonly ScreenName[] = ['status', 'hours', 'oee', 'scrap', 'changeover', 'keys']
const dwellMs = 25_000
const plain: Occasion = {
  localTime: '10:42',
  phases: new Set(['shift']),
  withData: new Set(all),
  red: new Set(),
}
const slots = (screens: readonly (ScreenName | Partial<Rule>)[], occasion: Partial<Occasion> = {}) =>
  slotsOf(rulesOf(screens as Parameters<typeof rulesOf>[0]), { ...plain, ...occasion }, dwellMs)
const names = (...given: Parameters<typeof slots>) => slots(...given).map(({ screen }) => screen)
const down: Interrupt = { name: 'down', screen: 'status' }
const changeover: Interrupt = { name: 'changeover', screen: 'changeover' }

/** Runs the rotation second by second and says which screen shows in each. */
function run(
  seconds: number,
  input: (second: number) => Partial<RotationInput>,
  from: RotationState = startRotation(0),
): { screens: ScreenName[]; state: RotationState } {
  let state = from
  const screens: ScreenName[] = []
  for (let second = 0; second < seconds; second++) {
    state = rotate(state, { nowMs: second * 1000, slots: slots(all), interrupt: null, ...input(second) })
    screens.push(screenOf(state))
  }
  return { screens, state }
}

describe('order', () => {
  test('the home screen comes back before every two others', () => {
    expect(names(all)).toEqual(['status', 'hours', 'status', 'oee', 'scrap', 'status', 'changeover', 'keys'])
    expect(names(['status', 'hours', 'oee'])).toEqual(['status', 'hours', 'oee'])
    expect(names(['status'])).toEqual(['status'])
    expect(names(['oee', 'keys'])).toEqual(['oee', 'keys'])
  })

  test('every screen is shown, and home is never more than two slots away', () => {
    fc.assert(
      fc.property(fc.subarray([...all], { minLength: 1 }), (screens) => {
        const cycle = names(screens)
        expect(new Set(cycle)).toEqual(new Set(screens))
        if (!screens.includes('status')) return
        cycle.forEach((_, index) => {
          const near = [0, 1, 2].map((ahead) => cycle[(index + ahead) % cycle.length])
          expect(near).toContain('status')
        })
      }),
    )
  })

  test('a screen with weight 2 has two turns, not in a row', () => {
    const cycle = names(['hours', { screen: 'oee', weight: 2 }, 'keys'])
    expect(cycle).toEqual(['hours', 'oee', 'keys', 'oee'])
  })

  test('each screen keeps its dwell; a full cycle of all six takes 200 s', () => {
    const { screens } = run(201, () => ({}))
    expect(screens.slice(0, 25).every((screen) => screen === 'status')).toBe(true)
    expect(screens[25]).toBe('hours')
    expect(screens[50]).toBe('status')
    expect(screens[200]).toBe('status')
    expect(screens.filter((screen) => screen === 'keys')).toHaveLength(25)
  })

  test('without a dwell of its own a cycle of all screens takes four minutes at most, one of few 25 s each', () => {
    const everything = displaySchema.parse({}).screens
    const withData = new Set(screenNames)
    const seconds = (given: typeof everything) =>
      slotsOf(rulesOf(given), { ...plain, withData }).map((slot) => slot.dwellMs / 1000)
    expect(everything).toHaveLength(11)
    expect(seconds(everything)).toEqual(Array.from({ length: 15 }, () => 16))
    expect(seconds(['status', 'hours', 'oee'])).toEqual([25, 25, 25])
    // What the plant says holds; the others share the rest of the cycle, and are readable all the same.
    const own = [
      { screen: 'oee' as const, weight: 1, dwellS: 100 },
      ...everything.filter((one) => one !== 'oee'),
    ]
    expect(new Set(seconds(own))).toEqual(new Set([100, 15]))
  })

  test('a screen may stay longer than the others', () => {
    const own = slots([{ screen: 'hours', weight: 1, dwellS: 60 }, 'oee'])
    const { screens } = run(120, () => ({ slots: own }))
    expect(screens.filter((screen) => screen === 'hours').length).toBe(60 + 35)
    expect(screens[60]).toBe('oee')
    expect(screens[85]).toBe('hours')
  })
})

describe('schedule', () => {
  test('times of the day, over midnight too', () => {
    expect(isBetween('06:00', '06:00', '14:00')).toBe(true)
    expect(isBetween('14:00', '06:00', '14:00')).toBe(false)
    expect(isBetween('23:30', '22:00', '06:00')).toBe(true)
    expect(isBetween('12:00', '22:00', '06:00')).toBe(false)
    const night = { screen: 'oee' as const, weight: 1, from: '22:00', until: '06:00' }
    expect(names(['hours', night])).toEqual(['hours'])
    expect(names(['hours', night], { localTime: '02:00' })).toEqual(['hours', 'oee'])
  })

  test('phases of the shift', () => {
    const { line } = makeBoard()
    const shift = line.shift!
    expect(phasesAt(line, shift.startMs)).toEqual(new Set(['shift', 'start']))
    expect(phasesAt(line, shift.startMs + phaseMs)).toEqual(new Set(['shift']))
    expect(phasesAt(line, shift.endMs - phaseMs)).toEqual(new Set(['shift', 'last-hour']))
    expect(phasesAt({ ...line, breakEndsMs: fixtureNowMs + 1 }, fixtureNowMs)).toContain('break')
    expect(phasesAt({ ...line, shift: null }, fixtureNowMs)).toEqual(new Set(['off']))
    const atStart = { screen: 'keys' as const, weight: 1, phases: ['start' as const] }
    expect(names(['hours', atStart])).toEqual(['hours'])
    expect(names(['hours', atStart], { phases: new Set(['shift', 'start']) })).toEqual(['hours', 'keys'])
  })

  test('only when red, and only with data', () => {
    const onlyRed = { screen: 'scrap' as const, weight: 1, when: 'red' as const }
    expect(names(['oee', onlyRed])).toEqual(['oee'])
    expect(names(['oee', onlyRed], { red: new Set(['scrap']) })).toEqual(['oee', 'scrap'])
    expect(names(['oee', 'hours'], { withData: new Set(['oee']) })).toEqual(['oee'])
  })

  test('a screen that is no longer due gives way at once; one that stays due keeps its time', () => {
    const onHours = run(30, () => ({})).state
    const without = rotate(onHours, {
      nowMs: 31_000,
      slots: slots(all.filter((screen) => screen !== 'hours')),
      interrupt: null,
    })
    expect(screenOf(without)).not.toBe('hours')
    expect(nextScreenOf(without)).not.toBeNull()
    const more = rotate(onHours, { nowMs: 31_000, slots: slots(['hours', 'oee']), interrupt: null })
    expect([screenOf(more), more.sinceMs]).toEqual(['hours', 25_000])
  })

  test('plant.yaml says all of it, and mistakes are found', () => {
    const rule = {
      screen: 'oee',
      dwellS: 40,
      weight: 2,
      from: '06:00',
      until: '09:00',
      phases: ['start'],
      when: 'red',
    }
    expect(displaySchema.parse({ screens: ['status', rule] }).screens[1]).toEqual(rule)
    expect(displaySchema.safeParse({ screens: [{ screen: 'oee', from: '06:00' }] }).success).toBe(false)
    expect(displaySchema.safeParse({ screens: [{ screen: 'oee', dwellS: 5 }] }).success).toBe(false)
  })
})

describe('interrupts', () => {
  const input = (patch: Partial<InterruptInput>): InterruptInput => ({
    word: 'running',
    calls: [],
    nowMs: fixtureNowMs,
    huddle: false,
    screens: all,
    ...patch,
  })
  const call = (category: string, agoMs: number, ackMs: number | null = null) => ({
    call: category,
    category,
    raisedMs: fixtureNowMs - agoMs,
    ackMs,
    answerByMs: fixtureNowMs - agoMs + unansweredMs,
    who: null,
    text: null,
    cell: null,
    coming: false,
    times: 1,
    escalation: null,
  })

  test('the gravest wins: safety, down, unanswered call, changeover, huddle', () => {
    const safety = call('safety', 0)
    const late = call('material', unansweredMs)
    expect(interruptOf(input({ word: 'down', calls: [safety] }))?.name).toBe('safety')
    expect(interruptOf(input({ word: 'down', calls: [late] }))?.name).toBe('down')
    expect(interruptOf(input({ word: 'changeover', calls: [late] }))?.name).toBe('unanswered')
    expect(interruptOf(input({ word: 'changeover' }))).toEqual(changeover)
    expect(interruptOf(input({ calls: [call('material', unansweredMs - 1)] }))).toBeNull()
    expect(interruptOf(input({ calls: [call('safety', 0, fixtureNowMs)] }))).toBeNull()
    const huddle = input({ huddle: true, screens: [...all, 'huddle' as ScreenName] })
    expect(interruptOf(huddle)?.name).toBe('huddle')
    expect(interruptOf({ ...huddle, word: 'changeover' })?.name).toBe('changeover')
  })

  test('one without a screen on this board holds nothing', () => {
    expect(interruptOf(input({ word: 'changeover', screens: ['status', 'oee'] }))).toBeNull()
    expect(interruptOf(input({ huddle: true }))).toBeNull()
  })

  test('a line that goes down takes its screen at once, holds it, and lets go 30 s after recovery', () => {
    const { screens } = run(120, (second) => ({ interrupt: second >= 30 && second < 60 ? down : null }))
    expect(screens[29]).toBe('hours')
    expect(screens.slice(30, 60).every((screen) => screen === 'status')).toBe(true)
    const tail = 60 + holdTailMs / 1000
    expect(screens.slice(60, tail).every((screen) => screen === 'status')).toBe(true)
    expect(screens[tail]).not.toBe('status')
  })

  test('what a changeover took stays for 60 s after its end', () => {
    const { screens } = run(120, (second) => ({ interrupt: second < 20 ? changeover : null }))
    const last = 20 + summaryMs / 1000
    expect(screens.slice(0, last).every((screen) => screen === 'changeover')).toBe(true)
    expect(screens[last]).not.toBe('changeover')
    const { changeover: part } = makeBoard()
    const endMs = part.recent[0]!.closedMs!
    expect(justEnded(part, endMs + summaryMs - 1)).toBe(part.recent[0])
    expect(justEnded(part, endMs + summaryMs)).toBeNull()
    expect(justEnded(part, endMs - 1)).toBeNull()
  })

  test('a graver one takes over from the one that holds', () => {
    const { screens } = run(60, (second) => ({
      interrupt: second < 10 ? null : second < 40 ? changeover : down,
    }))
    expect(screens.slice(10, 40).every((screen) => screen === 'changeover')).toBe(true)
    expect(screens.slice(40).every((screen) => screen === 'status')).toBe(true)
  })

  test('a touch pauses for 60 s, but not the takeover', () => {
    const touched = pause(startRotation(0), 0)
    expect(touched.pausedUntilMs).toBe(touchPauseMs)
    const { screens } = run(62, () => ({}), touched)
    expect(screens.slice(0, 60).every((screen) => screen === 'status')).toBe(true)
    expect(screens[60]).toBe('hours')
    const onHours = run(30, () => ({})).state
    const taken = rotate(pause(onHours, 30_000), { nowMs: 31_000, slots: slots(all), interrupt: down })
    expect(screenOf(taken)).toBe('status')
  })
})

describe('a screen that cannot be drawn', () => {
  test('is left out, said, and tried again', () => {
    const onHours = run(30, () => ({})).state
    const skipped = skip(onHours, 30_000)
    expect(failedScreens(skipped)).toEqual(['hours'])
    const look = (nowMs: number) => rotate(skipped, { nowMs, slots: slots(all), interrupt: null })
    expect(look(31_000).slots.map(({ screen }) => screen)).not.toContain('hours')
    const later = look(30_000 + retryMs)
    expect(later.slots.map(({ screen }) => screen)).toContain('hours')
    expect(failedScreens(later)).toEqual([])
  })

  test('does not hold the board when it belongs to an interrupt', () => {
    const held = rotate(startRotation(0), { nowMs: 0, slots: slots(all), interrupt: changeover })
    const skipped = skip(held, 1_000)
    const next = rotate(skipped, { nowMs: 2_000, slots: slots(all), interrupt: changeover })
    expect(screenOf(next)).not.toBe('changeover')
  })

  test('is tried again when nothing else is left', () => {
    const only = slots(['oee'])
    const started = rotate(startRotation(0), { nowMs: 0, slots: only, interrupt: null })
    const next = rotate(skip(started, 0), { nowMs: 1_000, slots: only, interrupt: null })
    expect(screenOf(next)).toBe('oee')
  })
})

test('an unchanged state is the same object, so that nothing is drawn again', () => {
  const input: RotationInput = { nowMs: 1_000, slots: slots(all), interrupt: null }
  const state = rotate(startRotation(0), input)
  expect(rotate(state, { ...input, slots: slots(all) })).toBe(state)
})

test('the same inputs give the same rotation, whatever they are', () => {
  const inputs = fc.array(
    fc.record({
      screens: fc.subarray([...all], { minLength: 1 }),
      interrupt: fc.constantFrom(null, down, changeover),
      press: fc.constantFrom('', 'next', 'previous', 'home', 'skip', 'pause'),
      waitS: fc.integer({ min: 0, max: 90 }),
    }),
    { maxLength: 40 },
  )
  fc.assert(
    fc.property(inputs, (steps) => {
      const play = () => {
        let state = startRotation(0)
        let nowMs = 0
        return steps.map(({ screens, interrupt, press, waitS }) => {
          nowMs += waitS * 1000
          if (press === 'next') state = step(state, 1, nowMs)
          if (press === 'previous') state = step(state, -1, nowMs)
          if (press === 'home') state = goHome(state, nowMs)
          if (press === 'skip') state = skip(state, nowMs)
          if (press === 'pause') state = pause(state, nowMs)
          state = rotate(state, { nowMs, slots: slots(screens), interrupt })
          const shown = screenOf(state)
          const allowed = [...screens, state.hold?.screen, state.tail?.screen]
          expect(allowed).toContain(shown)
          return shown
        })
      }
      expect(play()).toEqual(play())
    }),
  )
})

describe('clicker', () => {
  const key = (name: string, patch = {}) =>
    keyAction({
      key: name,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      repeat: false,
      typing: false,
      ...patch,
    })

  test('remotes, keyboards and presenters turn the board; typing and shortcuts do not', () => {
    expect(['PageDown', 'ArrowLeft', 'Home', '.', 'MediaPlayPause', 'x'].map((name) => key(name))).toEqual([
      'next',
      'previous',
      'home',
      'pause',
      'pause',
      null,
    ])
    expect(key('ArrowRight', { typing: true })).toBeNull()
    expect(key('ArrowRight', { ctrlKey: true })).toBeNull()
    expect(key('ArrowRight', { repeat: true })).toBeNull()
  })

  test('a gamepad acts when a button goes down, once', () => {
    const up = Array<boolean>(17).fill(false)
    const right = up.map((_, index) => index === 5)
    expect(pressedActions(up, right)).toEqual(['next'])
    expect(pressedActions(right, right)).toEqual([])
    expect(pressedActions(right, up)).toEqual([])
  })

  test('a press turns, stays for a minute, and can be undone', () => {
    const first = run(2, () => ({})).state
    const next = step(first, 1, 2_000)
    expect([screenOf(next), next.pausedUntilMs]).toEqual(['hours', 2_000 + touchPauseMs])
    expect(screenOf(step(next, -1, 3_000))).toBe('status')
    expect(screenOf(step(first, -1, 3_000))).toBe('keys')
    expect(goHome(next, 3_000).slot).toBe(0)
    expect(resume(next).pausedUntilMs).toBe(0)
  })
})

describe('what takes turns inside a screen', () => {
  test('comes round however long the cycle is: each time a screen comes up it is one further', () => {
    // Eight turns in a cycle and four key results: by turns of the cycle only one of them would ever be seen.
    const turns = new Map<ScreenName, number[]>()
    let state = startRotation(0)
    for (let second = 0; second < 10 * 8 * 25; second++) {
      const before = state
      state = rotate(state, { nowMs: second * 1000, slots: slots(all), interrupt: null })
      if (state.turn === before.turn && second > 0) continue
      const screen = screenOf(state)
      turns.set(screen, [...(turns.get(screen) ?? []), turnOf(state)])
    }
    expect(turns.get('keys')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(new Set(turns.get('keys')!.map((turn) => turn % 4)).size).toBe(4)
  })
})

describe('available screens', () => {
  test('all of them on a plain board', () => {
    expect(availableScreens(makeBoard(), 'live')).toEqual(screenNames.filter((name) => name !== 'huddle'))
  })

  test('withdrawn values of the line leave the status screen and what the line does not feed', () => {
    expect(availableScreens(makeBoard(), 'withdrawn')).toEqual([
      'status',
      'sqdcp',
      'calls',
      'keys',
      'result',
      'strategy',
      'health',
      'plant',
    ])
  })

  test('what is not set up does not come up; an open call does', () => {
    const cadence = { items: [] }
    const board = {
      ...makeBoard(),
      sqdcp: null,
      actions: null,
      gaps: null,
      kpis: null,
      strategy: null,
      cadence,
      plant: null,
    }
    expect(availableScreens(board, 'live')).toEqual([...all, 'result'])
    const called = { ...board, line: { ...board.line, openCalls: someCalls } }
    expect(availableScreens(called, 'live')).toContain('calls')
  })

  test('outside a shift there is no hour table and no OEE', () => {
    const { board } = statusCases.find(({ name }) => name === 'notscheduled')!
    const shown = availableScreens(
      {
        ...board,
        sqdcp: null,
        actions: null,
        gaps: null,
        kpis: null,
        strategy: null,
        cadence: { items: [] },
        plant: null,
      },
      'live',
    )
    expect(shown).toEqual(['status', 'scrap', 'changeover', 'keys', 'result'])
  })

  test('red is what is off target now, and nothing while the values are old', () => {
    const board = makeBoard()
    expect(redScreens(board, 'live', fixtureNowMs)).toContain('status')
    expect(redScreens(board, 'stale', fixtureNowMs)).toEqual([])
    const oee = { ...board.oee, target: 0.1 }
    expect(redScreens({ ...board, oee }, 'live', fixtureNowMs)).not.toContain('oee')
    const current = {
      ...board.changeover.recent[0]!,
      startMs: fixtureNowMs - 90 * minuteMs,
      step: null,
      steps: [],
      prep: [],
    }
    const late = { ...board.changeover, current, targetMs: 45 * minuteMs }
    expect(redScreens({ ...board, changeover: late }, 'live', fixtureNowMs)).toContain('changeover')
  })
})
