import { useState } from 'react'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { BoardView } from '../board-view.tsx'
import { useLink } from '../link/live.tsx'
import type { ClickerAction } from './clicker.ts'

/** The last step asks before it ends the huddle, and forgets that it asked after this long. Milliseconds. */
export const askedMs = 10_000

/** What a clicker says to the huddle on the screen. Null: nothing. */
export type HuddleStroke = { to: 'step'; step: number } | { to: 'ask' } | { to: 'finish' } | null

export function huddleStroke(
  at: { step: number; steps: number; asked: boolean },
  action: ClickerAction,
): HuddleStroke {
  if (action === 'previous') return at.step === 0 ? null : { to: 'step', step: at.step - 1 }
  if (action !== 'next') return null
  if (at.step < at.steps - 1) return { to: 'step', step: at.step + 1 }
  return at.asked ? { to: 'finish' } : { to: 'ask' }
}

/** Goes through the huddle by clicker. `press` is false when none is on: the key is the rotation's. */
export function useHuddleClicker({ board, nowMs }: BoardView): {
  asked: boolean
  press: (action: ClickerAction) => boolean
} {
  const { call } = useLink()
  const { current } = board.huddle
  const { lineId } = board.site
  const [ask, setAsk] = useState<{ huddle: string; atMs: EpochMs } | null>(null)
  const last = current !== null && current.step === current.steps.length - 1
  const asked = last && ask?.huddle === current.id && nowMs - ask.atMs < askedMs
  return {
    asked,
    press(action) {
      if (current === null) return false
      const stroke = huddleStroke({ step: current.step, steps: current.steps.length, asked }, action)
      const huddle = current.id
      setAsk(stroke?.to === 'ask' ? { huddle, atMs: nowMs } : null)
      if (stroke?.to === 'step') send(call('stepHuddle', { lineId, huddle, step: stroke.step }))
      if (stroke?.to === 'finish') send(call('finishHuddle', { lineId, huddle }))
      return true
    },
  }
}

/** Without a connection nothing happens, and the board says that it has none. */
function send(sent: Promise<unknown>): void {
  void sent.catch(() => undefined)
}
