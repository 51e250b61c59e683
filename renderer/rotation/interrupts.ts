import type { LineWord, OpenCall } from '../../shared/contract/board-line.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ScreenName } from '../../shared/settings/display.ts'

/** What takes the screen from the rotation, gravest first. */
export const interruptNames = ['safety', 'down', 'unanswered', 'changeover', 'huddle'] as const
export type InterruptName = (typeof interruptNames)[number]

/** Where each is shown: the first of these screens that the plant has. */
const places: Record<InterruptName, readonly string[]> = {
  safety: ['calls', 'status'],
  down: ['status'],
  unanswered: ['calls', 'status'],
  changeover: ['changeover'],
  huddle: ['huddle'],
}

export type Interrupt = { name: InterruptName; screen: ScreenName }

export type InterruptInput = {
  /** The word that the board shows. */
  word: LineWord
  calls: readonly OpenCall[]
  nowMs: EpochMs
  /** A huddle is on: its screen leads through it. */
  huddle: boolean
  /** Screens with data, scheduled now or not. */
  screens: readonly ScreenName[]
}

/** Nobody has answered in time. */
export function isUnanswered({ ackMs, answerByMs }: OpenCall, nowMs: EpochMs): boolean {
  return ackMs === null && nowMs >= answerByMs
}

/** The gravest interrupt that has a screen; null: the rotation goes on. */
export function interruptOf({ word, calls, nowMs, huddle, screens }: InterruptInput): Interrupt | null {
  const isOn: Record<InterruptName, boolean> = {
    safety: calls.some(({ category, ackMs }) => category === 'safety' && ackMs === null),
    down: word === 'down',
    unanswered: calls.some((call) => isUnanswered(call, nowMs)),
    changeover: word === 'changeover',
    huddle,
  }
  for (const name of interruptNames) {
    if (!isOn[name]) continue
    for (const place of places[name]) {
      const screen = screens.find((shown) => shown === place)
      if (screen) return { name, screen }
    }
  }
  return null
}
