import { useCallback, useState } from 'react'
import type { ScreenName } from '../../shared/settings/display.ts'
import type { BoardView } from '../board-view.tsx'
import { stateLook } from '../screens/state-look.ts'
import { availableScreens } from './available.ts'
import type { RotationState } from './rotation.ts'
import { nextScreenOf, pause, rotate, screenOf, skip, startRotation } from './rotation.ts'

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
}

/** Drives the rotation from the board and the engine's clock. `only` pins one screen. */
export function useRotation(view: BoardView, only: ScreenName | null): Rotation {
  const { board, trust, nowMs } = view
  const [state, setState] = useState(() => startRotation(nowMs))
  const { word } = stateLook(view)
  const dwellMs = board.site.display.dwellS * 1000
  const next = rotate(state, { nowMs, dwellMs, screens: availableScreens(board, trust), word })
  if (next !== state) setState(next)
  const touched = useCallback(() => setState((before) => pause(before, nowMs)), [nowMs])
  const failed = useCallback(() => setState((before) => skip(before, nowMs)), [nowMs])
  const pinned = only !== null
  const screen = only ?? screenOf(next)
  return { screen, next: pinned ? null : nextScreenOf(next), state: next, pinned, touched, failed }
}
