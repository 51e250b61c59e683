import type { OpenCall } from '../../shared/contract/board-line.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { DisplaySettings } from '../../shared/settings/display.ts'
import { isUnanswered } from '../rotation/interrupts.ts'
import { isBetween } from '../rotation/schedule.ts'
import type { ChimeName } from './chimes.ts'

/** An unanswered call is chimed again this often. Milliseconds. */
export const repeatMs = 60_000
/** Calls whose last chime is remembered; the oldest are forgotten beyond it. */
export const maxRemembered = 200

/** When each open call was chimed last. */
export type Chimed = ReadonlyMap<string, EpochMs>

const gravity: Record<ChimeName, number> = { safety: 3, escalation: 2, call: 1 }

/**
 * The chime that is due now (the gravest one; null: none), and what is remembered afterwards. A call chimes when it comes,
 * again every `repeatMs` while nobody answers, and by the escalation's sound once it has waited too long.
 */
export function dueChime(
  calls: readonly OpenCall[],
  before: Chimed,
  nowMs: EpochMs,
): { chime: ChimeName | null; chimed: Chimed } {
  const chimed = new Map<string, EpochMs>()
  let chime: ChimeName | null = null
  for (const open of calls.slice(-maxRemembered)) {
    const { call, category } = open
    const last = before.get(call)
    if (open.ackMs !== null) continue
    if (last !== undefined && nowMs - last < repeatMs) {
      chimed.set(call, last)
      continue
    }
    chimed.set(call, nowMs)
    const own: ChimeName =
      category === 'safety' ? 'safety' : isUnanswered(open, nowMs) ? 'escalation' : 'call'
    if (chime === null || gravity[own] > gravity[chime]) chime = own
  }
  return { chime, chimed }
}

/** 0..1 at this local time ("14:05"); quiet hours silence everything, what the screen shows stays. */
export function volumeAt({ volume, quiet }: DisplaySettings['sound'], localTime: string): number {
  return quiet.some(({ from, until }) => isBetween(localTime, from, until)) ? 0 : volume
}
