import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { summaryMs } from '../screens/changeover/summary.ts'
import type { Interrupt } from './interrupts.ts'
import type { Slot } from './schedule.ts'

/** Touching the board pauses the rotation for this long. Milliseconds. */
export const touchPauseMs = 60_000
/** After an interrupt has ended its screen stays for this long; a changeover's sum for `summaryMs`. Milliseconds. */
export const holdTailMs = 30_000
/** A screen that could not be drawn is tried again after this long. Milliseconds. */
export const retryMs = 120_000

export type RotationState = {
  /** Index into `slots`. */
  slot: number
  slots: readonly Slot[]
  /** When the present slot began. */
  sinceMs: EpochMs
  pausedUntilMs: EpochMs
  /** What holds its screen now. */
  hold: Interrupt | null
  /** The hold has ended but its screen stays until then; 0: no tail. */
  tail: { screen: ScreenName; untilMs: EpochMs } | null
  /** Screens that could not be drawn, with the time of the next try. */
  failed: Readonly<Partial<Record<ScreenName, EpochMs>>>
  /** Screens shown so far: what takes turns beside them goes by it. */
  turn: number
  /** How often each was shown: what takes turns inside a screen goes by it, so that none is left out by chance. */
  shown: Readonly<Partial<Record<ScreenName, number>>>
}

export type RotationInput = {
  nowMs: EpochMs
  /** Turns that are due now; at least one. */
  slots: readonly Slot[]
  interrupt: Interrupt | null
}

export function startRotation(nowMs: EpochMs): RotationState {
  const nothing = { slots: [], hold: null, tail: null, failed: {}, shown: {} }
  return { slot: 0, sinceMs: nowMs, pausedUntilMs: 0, turn: 0, ...nothing }
}

/** The rotation one look later. Pure: the same state and input give the same answer; unchanged states are returned as they are. */
export function rotate(state: RotationState, input: RotationInput): RotationState {
  const { nowMs } = input
  const held = applyHold(withSlots(state, input), input)
  if (held.hold) return held
  if (held.tail) return nowMs < held.tail.untilMs ? held : goOn(held, held.tail.screen, nowMs)
  if (nowMs < held.pausedUntilMs) return held
  const slot = held.slots[held.slot]
  if (slot === undefined || nowMs - held.sinceMs < slot.dwellMs) return held
  return go(held, 1, nowMs)
}

/** Somebody touched the board. */
export function pause(state: RotationState, nowMs: EpochMs): RotationState {
  return { ...state, pausedUntilMs: nowMs + touchPauseMs }
}

/** Somebody wants to see it turn again. */
export function resume(state: RotationState): RotationState {
  return { ...state, pausedUntilMs: 0 }
}

/** On by `steps` turns (back with -1), and there for a while: a clicker was pressed. */
export function step(state: RotationState, steps: number, nowMs: EpochMs): RotationState {
  return pause(go({ ...state, tail: null }, steps, nowMs), nowMs)
}

/** To the first turn, which is home. */
export function goHome(state: RotationState, nowMs: EpochMs): RotationState {
  return step(state, -state.slot, nowMs)
}

/** The present screen cannot be drawn: on to the next one at once. It is left out until its next try. */
export function skip(state: RotationState, nowMs: EpochMs): RotationState {
  const broken = screenOf(state)
  const failed = { ...state.failed, [broken]: nowMs + retryMs }
  return go({ ...state, failed, hold: null, tail: null }, 1, nowMs)
}

/** The screen to show now. */
export function screenOf({ hold, tail, slots, slot }: RotationState): ScreenName {
  return hold?.screen ?? tail?.screen ?? slots[slot]?.screen ?? 'status'
}

/** How often the present screen was shown before. */
export function turnOf(state: RotationState): number {
  return Math.max(0, (state.shown[screenOf(state)] ?? 0) - 1)
}

/** The screen after this one; null: no other. */
export function nextScreenOf(state: RotationState): ScreenName | null {
  const next = state.slots[(state.slot + 1) % state.slots.length]
  return next === undefined || state.slots.length < 2 ? null : next.screen
}

/** Screens that are left out because they could not be drawn. */
export function failedScreens({ failed }: RotationState): ScreenName[] {
  return Object.keys(failed) as ScreenName[]
}

/** After an interrupt: to the next turn that shows something else. */
function goOn(state: RotationState, held: ScreenName, nowMs: EpochMs): RotationState {
  const count = state.slots.length
  const ahead = state.slots.map((_, index) => state.slots[(state.slot + index + 1) % count]!.screen)
  const steps = ahead.findIndex((screen) => screen !== held) + 1
  return go({ ...state, tail: null }, Math.max(1, steps), nowMs)
}

function go(state: RotationState, steps: number, nowMs: EpochMs): RotationState {
  const count = Math.max(1, state.slots.length)
  const slot = (((state.slot + steps) % count) + count) % count
  return shown({ ...state, slot, sinceMs: nowMs })
}

/** Counts the screen that comes up. */
function shown(state: RotationState): RotationState {
  const screen = screenOf(state)
  return {
    ...state,
    turn: state.turn + 1,
    shown: { ...state.shown, [screen]: (state.shown[screen] ?? 0) + 1 },
  }
}

/** Follows the schedule: the screen on show stays when it is still due. */
function withSlots(before: RotationState, { slots: due, nowMs }: RotationInput): RotationState {
  const state = forgive(before, nowMs)
  const left = due.filter(({ screen }) => state.failed[screen] === undefined)
  // When nothing at all can be drawn, trying again is better than an empty wall.
  const slots = left.length > 0 ? left : due
  if (sameSlots(slots, state.slots)) return state
  const present = state.slots[state.slot]?.screen
  const slot = slots.findIndex(({ screen }) => screen === present)
  if (slot >= 0) return { ...state, slots, slot }
  const first = Math.min(state.slot, slots.length - 1)
  return shown({ ...state, slots, slot: Math.max(0, first), sinceMs: nowMs })
}

function forgive(state: RotationState, nowMs: EpochMs): RotationState {
  const still = Object.entries(state.failed).filter(([, untilMs]) => nowMs < untilMs)
  if (still.length === Object.keys(state.failed).length) return state
  return { ...state, failed: Object.fromEntries(still) }
}

function sameSlots(a: readonly Slot[], b: readonly Slot[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ screen, dwellMs }, index) => screen === b[index]?.screen && dwellMs === b[index]?.dwellMs)
  )
}

function applyHold(state: RotationState, { interrupt, nowMs }: RotationInput): RotationState {
  const usable = interrupt && state.failed[interrupt.screen] === undefined ? interrupt : null
  const { hold } = state
  if (usable) {
    if (hold?.name === usable.name && hold.screen === usable.screen) return state
    return shown({ ...state, hold: usable, tail: null, sinceMs: nowMs })
  }
  if (hold === null) return state
  const tailMs = hold.name === 'changeover' ? summaryMs : holdTailMs
  return { ...state, hold: null, tail: { screen: hold.screen, untilMs: nowMs + tailMs } }
}
