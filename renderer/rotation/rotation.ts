import type { LineWord } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ScreenName } from '../../shared/settings/display.ts'

/** Touching the board pauses the rotation for this long. Milliseconds. */
export const touchPauseMs = 60_000
/** After the line has recovered (or the changeover has ended) its screen stays for this long. Milliseconds. */
export const holdTailMs = 30_000

/** What holds the rotation, gravest first. */
export type Hold = 'down' | 'changeover'

export type RotationState = {
  /** Index into `slots`. */
  slot: number
  slots: readonly ScreenName[]
  /** When the present slot began. */
  sinceMs: EpochMs
  pausedUntilMs: EpochMs
  hold: Hold | null
  /** The hold has ended but its screen stays until then; 0: no tail. */
  tailUntilMs: EpochMs
  /** Screens shown so far: what takes turns inside a screen goes by it. */
  turn: number
}

export type RotationInput = {
  nowMs: EpochMs
  dwellMs: number
  /** Screens with data, in the plant's order. */
  screens: readonly ScreenName[]
  /** The word that the board shows. */
  word: LineWord
}

const holdScreen: Record<Hold, ScreenName> = { down: 'status', changeover: 'changeover' }

/**
 * Order of the slots: the status screen comes back before every two others; with an odd number of others it comes back
 * after the first one, so that the home screen is never further away than two slots.
 */
export function slotsOf(screens: readonly ScreenName[]): ScreenName[] {
  const others = screens.filter((screen) => screen !== 'status')
  if (!screens.includes('status')) return others
  if (others.length === 0) return ['status']
  const slots: ScreenName[] = []
  const odd = others.length % 2
  others.forEach((screen, index) => {
    if ((index + odd) % 2 === 0 || index === 0) slots.push('status')
    slots.push(screen)
  })
  return slots
}

export function startRotation(nowMs: EpochMs): RotationState {
  return { slot: 0, slots: ['status'], sinceMs: nowMs, pausedUntilMs: 0, hold: null, tailUntilMs: 0, turn: 0 }
}

/** The rotation one look later. Pure: the same state and input give the same answer; unchanged states are returned as they are. */
export function rotate(state: RotationState, input: RotationInput): RotationState {
  const held = applyHold(withSlots(state, input), input)
  const { nowMs, dwellMs } = input
  if (held.hold || nowMs < held.tailUntilMs || nowMs < held.pausedUntilMs) return held
  if (nowMs - held.sinceMs < dwellMs && held.tailUntilMs === 0) return held
  return {
    ...held,
    slot: (held.slot + 1) % held.slots.length,
    sinceMs: nowMs,
    tailUntilMs: 0,
    turn: held.turn + 1,
  }
}

/** Somebody touched the board. */
export function pause(state: RotationState, nowMs: EpochMs): RotationState {
  return { ...state, pausedUntilMs: nowMs + touchPauseMs }
}

/** The present screen cannot be drawn: on to the next slot at once. */
export function skip(state: RotationState, nowMs: EpochMs): RotationState {
  return {
    ...state,
    slot: (state.slot + 1) % state.slots.length,
    sinceMs: nowMs,
    tailUntilMs: 0,
    turn: state.turn + 1,
  }
}

/** The screen to show now. */
export function screenOf(state: RotationState): ScreenName {
  return state.slots[state.slot] ?? 'status'
}

/** The screen after this one; null: no other. */
export function nextScreenOf(state: RotationState): ScreenName | null {
  const next = state.slots[(state.slot + 1) % state.slots.length]
  return next === undefined || state.slots.length < 2 ? null : next
}

function withSlots(state: RotationState, { screens, nowMs }: RotationInput): RotationState {
  const slots = slotsOf(screens)
  if (slots.join() === state.slots.join()) return state
  const shown = screenOf(state)
  const slot = slots.indexOf(shown)
  return slot >= 0
    ? { ...state, slots, slot }
    : { ...state, slots, slot: 0, sinceMs: nowMs, turn: state.turn + 1 }
}

function applyHold(state: RotationState, { word, nowMs }: RotationInput): RotationState {
  const wanted: Hold | null = word === 'down' ? 'down' : word === 'changeover' ? 'changeover' : null
  const slot = wanted ? state.slots.indexOf(holdScreen[wanted]) : -1
  if (wanted && slot >= 0) {
    if (state.hold === wanted && screenOf(state) === holdScreen[wanted]) return state
    return { ...state, hold: wanted, slot, sinceMs: nowMs, tailUntilMs: 0 }
  }
  if (state.hold === null) return state
  return { ...state, hold: null, tailUntilMs: nowMs + holdTailMs }
}
