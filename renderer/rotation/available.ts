import type { Board } from '../../shared/contract/board.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { hourBands } from '../screens/hours/hour-look.ts'
import type { Trust } from '../trust.ts'

/** The screens that have something to show. Withdrawn values leave only the status and the key results. */
export function availableScreens(board: Board, trust: Trust): ScreenName[] {
  const { line, hours, oee, scrap, changeover, keyResults, sqdcp, actions, gaps, kpis, strategy, plant } =
    board
  const shown = trust !== 'withdrawn'
  const hasData: Record<ScreenName, boolean> = {
    status: true,
    hours: shown && hours.rows.length > 0,
    oee: shown && oee.sums !== null && oee.sums.plannedMs > 0,
    scrap: shown && (scrap.total > 0 || scrap.history.length > 0),
    changeover: shown && (changeover.current !== null || changeover.recent.length > 0),
    sqdcp: sqdcp !== null,
    calls: actions !== null || line.openCalls.length > 0 || board.huddle.raised.length > 0,
    gaps: shown && gaps !== null,
    kpis: shown && kpis !== null && kpis.items.length > 0,
    keys: keyResults.items.length > 0,
    result: keyResults.items.length > 0,
    strategy: strategy !== null,
    health: board.cadence.items.length > 0,
    plant: plant !== null,
    huddle: board.huddle.current !== null,
  }
  return screenNames.filter((screen) => hasData[screen])
}

/** The screens whose own number is off target now. Old numbers judge nothing. */
export function redScreens(board: Board, trust: Trust, nowMs: number): ScreenName[] {
  if (trust !== 'live') return []
  const { line, status, hours, oee, scrap, changeover, keyResults, sqdcp, gaps, kpis, plant } = board
  const { current, targetMs } = changeover
  const offPace = keyResults.items.some(({ progress }) => progress?.status === 'Off pace')
  const oeeNow = oee.ratios?.oee ?? null
  const red: Record<ScreenName, boolean> = {
    status: line.word === 'down' || status.pace?.status === 'behind',
    hours: hours.rows.some(
      ({ made, planSoFar }) =>
        made !== null && planSoFar !== null && planSoFar > 0 && made / planSoFar < hourBands.redBelow,
    ),
    oee: oeeNow !== null && oee.target !== null && oeeNow < oee.target,
    scrap:
      scrap.signal === 'worse' ||
      (scrap.ratio !== null && scrap.target !== null && scrap.ratio > scrap.target),
    changeover: current !== null && targetMs !== null && nowMs - current.startMs > targetMs,
    sqdcp: sqdcp !== null && sqdcp.letters.some(({ status: hit }) => hit === 'miss'),
    calls: line.openCalls.some(({ ackMs }) => ackMs === null),
    gaps: gaps !== null && gaps.items.some((gap) => gap.band === 'red'),
    kpis: kpis !== null && kpis.items.some((kpi) => kpi.band === 'red'),
    keys: offPace,
    result: offPace,
    strategy: false,
    health: keyResults.normals.some(({ fallenBack }) => fallenBack),
    plant: plant !== null && plant.lines.some(({ word }) => word === 'down'),
    huddle: false,
  }
  return screenNames.filter((screen) => red[screen])
}
