import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { ScreenName } from '../../shared/settings/display.ts'
import type { BoardView } from '../board-view.tsx'
import { useLink } from '../link/live.tsx'
import { stateLook } from '../screens/state-look.ts'
import { availableScreens, redScreens } from './available.ts'
import type { ClickerAction } from './clicker.ts'
import { listenToClicker } from './clicker.ts'
import { interruptOf } from './interrupts.ts'
import { useHuddleClicker } from './use-huddle-clicker.ts'
import type { RotationState } from './rotation.ts'
import {
  goHome,
  nextScreenOf,
  pause,
  resume,
  rotate,
  screenOf,
  skip,
  startRotation,
  step,
} from './rotation.ts'
import { phasesAt, rulesOf, slotsOf } from './schedule.ts'

export type Rotation = {
  screen: ScreenName
  next: ScreenName | null
  state: RotationState
  /** One screen for good: nothing rotates, nothing comes next. */
  pinned: boolean
  /** Hold the present screen for a while: somebody touches the board. */
  touched: () => void
  /** Leave the present screen: it failed. */
  failed: () => void
  /** The clicker was pressed at the last step of the huddle: once more ends it. */
  endsHuddle: boolean
}

/** Drives the rotation from the board, the engine's clock and the clicker. `only` pins one screen. */
export function useRotation(view: BoardView, only: ScreenName | null): Rotation {
  const { board, trust, nowMs, format } = view
  const { display } = board.site
  const [state, setState] = useState(() => startRotation(nowMs))
  const { word } = stateLook(view)
  const withData = availableScreens(board, trust)
  const rules = useMemo(() => rulesOf(display.screens), [display.screens])
  const huddle = board.huddle.current !== null
  const screens = withData.filter(
    (screen) => screen === 'huddle' || rules.some((rule) => rule.screen === screen),
  )
  const slots = slotsOf(
    rules,
    {
      localTime: format.clock(nowMs),
      phases: phasesAt(board.line, nowMs),
      withData: new Set(withData),
      red: new Set(redScreens(board, trust, nowMs)),
    },
    display.dwellS && display.dwellS * 1000,
  )
  const interrupt = interruptOf({ word, calls: board.line.openCalls, nowMs, huddle, screens })
  const next = rotate(state, { nowMs, slots, interrupt })
  if (next !== state) setState(next)
  const { store } = useLink()
  const touched = useCallback(() => setState((before) => pause(before, store.nowMs())), [store])
  const failed = useCallback(() => setState((before) => skip(before, store.nowMs())), [store])
  const pinned = only !== null
  const screen = only ?? screenOf(next)
  const clicker = useHuddleClicker(view)
  const onClicker = useEffectEvent((action: ClickerAction) => {
    if (screen === 'huddle' && clicker.press(action)) return
    setState((before) => clicked(before, action, store.nowMs()))
  })
  useEffect(() => {
    if (pinned) return
    return listenToClicker(window, onClicker)
  }, [pinned])
  const after = pinned ? null : nextScreenOf(next)
  const endsHuddle = clicker.asked
  // The same one as long as nothing turns, so that the stage is not drawn with every push.
  return useMemo(
    () => ({ screen, next: after, state: next, pinned, touched, failed, endsHuddle }),
    [screen, after, next, pinned, touched, failed, endsHuddle],
  )
}

function clicked(state: RotationState, action: ClickerAction, nowMs: number): RotationState {
  switch (action) {
    case 'next':
      return step(state, 1, nowMs)
    case 'previous':
      return step(state, -1, nowMs)
    case 'home':
      return goHome(state, nowMs)
    case 'pause':
      return nowMs < state.pausedUntilMs ? resume(state) : pause(state, nowMs)
  }
}
