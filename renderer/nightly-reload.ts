import { useEffect, useEffectEvent } from 'react'
import type { Board } from '../shared/contract/board.ts'
import { minuteOf } from '../shared/domain/local-time.ts'
import type { BoardView } from './board-view.tsx'
import { isQuiet } from './panel-care.ts'

/** A page that is younger has had its reload this night. Milliseconds. */
export const reloadAfterMs = 12 * 3_600_000

/** True when the plant wants it, nobody needs the board, and the page is as old as a day of work. `ageMs`: of the page. */
export function isReloadDue(board: Board, ageMs: number): boolean {
  return board.site.display.nightlyReload && ageMs >= reloadAfterMs && isQuiet(board)
}

/** The calm reload outside the shifts: whatever a browser gathers in months is let go once a night. */
export function useNightlyReload({ board, nowMs }: BoardView): void {
  const look = useEffectEvent(() => {
    // It counts from the page's start, whatever becomes of the clock.
    if (isReloadDue(board, performance.now())) window.location.reload()
  })
  const minuteMs = minuteOf(nowMs)
  useEffect(() => look(), [minuteMs])
}
