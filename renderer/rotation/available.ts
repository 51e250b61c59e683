import type { Board } from '../../shared/contract/board.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import type { Trust } from '../board-view.tsx'

/** The configured screens that have something to show. Withdrawn values leave only the status and the key results. */
export function availableScreens(board: Board, trust: Trust): ScreenName[] {
  const { line, hours, oee, scrap, changeover, keyResults, sqdcp, actions, strategy, plant, site } = board
  const shown = trust !== 'withdrawn'
  const hasData: Record<ScreenName, boolean> = {
    status: true,
    hours: shown && hours.rows.length > 0,
    oee: shown && oee.sums !== null && oee.sums.plannedMs > 0,
    scrap: shown && (scrap.total > 0 || scrap.history.length > 0),
    changeover: shown && (changeover.current !== null || changeover.recent.length > 0),
    sqdcp: sqdcp !== null,
    calls: actions !== null || line.openCalls.length > 0,
    keys: keyResults.items.length > 0,
    strategy: strategy !== null,
    plant: plant !== null,
  }
  return site.display.screens.filter((screen) => hasData[screen])
}
