import { memo, useCallback, useMemo } from 'react'
import type { ScreenName } from '../shared/settings/display.ts'
import { useBoardOf } from './board-view.tsx'
import type { BoardView } from './board-view.tsx'
import { isRailSwapped } from './panel-care.ts'
import { Rail } from './key-results/Rail.tsx'
import { Strip } from './key-results/Strip.tsx'
import type { Rotation } from './rotation/use-rotation.ts'
import { failedScreens, turnOf } from './rotation/rotation.ts'
import { ScreenGuard } from './ScreenGuard.tsx'
import { Calls } from './screens/calls/Calls.tsx'
import { Changeover } from './screens/changeover/Changeover.tsx'
import { BoardHealth } from './screens/health/BoardHealth.tsx'
import { Gaps } from './screens/gaps/Gaps.tsx'
import { HeroOnly } from './screens/HeroOnly.tsx'
import { Huddle } from './screens/huddle/Huddle.tsx'
import { HourByHour } from './screens/hours/HourByHour.tsx'
import { KeyResults } from './screens/KeyResults.tsx'
import { KeyResultInFull } from './screens/result/KeyResultInFull.tsx'
import { Kpis } from './screens/kpis/Kpis.tsx'
import { OeeLosses } from './screens/OeeLosses.tsx'
import { PlantOverview } from './screens/plant/PlantOverview.tsx'
import { ScrapPareto } from './screens/ScrapPareto.tsx'
import { Sqdcp } from './screens/sqdcp/Sqdcp.tsx'
import { stateLook } from './screens/state-look.ts'
import { Status } from './screens/status/Status.tsx'
import { StrategyMap } from './screens/strategy/StrategyMap.tsx'
import { Footer } from './widgets/Footer.tsx'
import { Header } from './widgets/Header.tsx'

/** Screens that need the whole width: no key results beside them. */
const wideScreens: readonly ScreenName[] = ['keys', 'result', 'strategy', 'health', 'plant', 'huddle']

/** Screens that the line does not feed: they stay as they are when it falls silent. */
const otherSources: readonly ScreenName[] = ['sqdcp', 'calls', 'strategy', 'health', 'plant', 'huddle']

/** Header, the screen of the moment, the rail and the footer. Only the screen changes with the rotation. */
export const Stage = memo(function Stage(props: { rotation: Rotation; soundRefused: boolean }) {
  const { rotation, soundRefused } = props
  const { screen, next, state, pinned } = rotation
  const look = useBoardOf(useMemo(() => stageLook(screen), [screen]))
  const { note } = useBoardOf(
    useCallback(
      (view: BoardView) => ({ note: soundRefused ? view.t('soundBlocked') : noteOf(view, rotation, next) }),
      [soundRefused, rotation, next],
    ),
  )
  const { density, theme, withRail, withStrip, withWeek, swapped, title, failedWords } = look
  if (density === 'hero') return <HeroOnly />
  return (
    <div
      className={['stage', withRail ? '' : 'wide', swapped ? 'swapped' : ''].filter(Boolean).join(' ')}
      data-screen={screen}
    >
      <Header title={title} />
      <main className="main" data-theme={theme}>
        <ScreenGuard
          key={`${screen} ${state.turn}`}
          onFailed={rotation.failed}
          fallback={<p className="screen label">{failedWords}</p>}
        >
          <ScreenOf
            name={screen}
            turn={pinned ? state.turn - 1 : turnOf(state)}
            endsHuddle={rotation.endsHuddle}
          />
        </ScreenGuard>
        {withStrip && <Strip screen={screen} turn={state.turn} />}
      </main>
      {withRail && <Rail screen={screen} turn={state.turn} />}
      <Footer slots={pinned ? 0 : state.slots.length} slot={state.slot} note={note} withWeek={withWeek} />
    </div>
  )
})

function stageLook(screen: ScreenName) {
  const wide = wideScreens.includes(screen)
  return (view: BoardView) => {
    const { board, density, trust, linkLost, theme, nowMs, t } = view
    const far = density === 'far'
    const { site, line, keyResults } = board
    // The theme's own colours again, inside a board that is grey because its line is silent.
    const ownSource = trust !== 'live' && !linkLost && otherSources.includes(screen)
    return {
      density,
      theme: ownSource ? theme : undefined,
      withStrip: far && !wide && !isBottomTaken(screen, view),
      withRail: !far && !wide && keyResults.items.length > 0,
      withWeek: !wide && !far,
      swapped: site.display.swapRail && isRailSwapped(line.shift?.date ?? null, nowMs),
      title: titleOf(screen, view),
      failedWords: t('screenFailed'),
    }
  }
}

function ScreenOf(props: { name: ScreenName; turn: number; endsHuddle: boolean }) {
  const { name, turn } = props
  switch (name) {
    case 'status':
      return <Status />
    case 'hours':
      return <HourByHour />
    case 'oee':
      return <OeeLosses />
    case 'scrap':
      return <ScrapPareto />
    case 'changeover':
      return <Changeover />
    case 'sqdcp':
      return <Sqdcp />
    case 'calls':
      return <Calls />
    case 'gaps':
      return <Gaps turn={turn} />
    case 'kpis':
      return <Kpis turn={turn} />
    case 'keys':
      return <KeyResults turn={turn} />
    case 'result':
      return <KeyResultInFull turn={turn} />
    case 'strategy':
      return <StrategyMap turn={turn} />
    case 'health':
      return <BoardHealth turn={turn} />
    case 'plant':
      return <PlantOverview turn={turn} />
    case 'huddle':
      return <Huddle ends={props.endsHuddle} />
  }
}

function titleOf(screen: ScreenName, { board, format, nowMs, t }: BoardView): string {
  if (screen === 'status') return board.line.product?.name ?? ''
  return screen === 'sqdcp' ? format.month(nowMs) : t(`screen.${screen}`)
}

/** The screen itself ends in a strip of its own: why there is no data, or who was called. */
function isBottomTaken(screen: ScreenName, view: BoardView): boolean {
  if (screen !== 'status') return false
  const { word } = stateLook(view)
  return word === 'nodata' || (word === 'down' && view.board.line.openCalls.length > 0)
}

function noteOf({ nowMs, t }: BoardView, { state, pinned }: Rotation, next: ScreenName | null): string {
  if (pinned) return ''
  if (state.hold) return t(`hold.${state.hold.name}`)
  const [broken] = failedScreens(state)
  if (broken) return t('skipped', { screen: t(`screen.${broken}`) })
  if (nowMs < state.pausedUntilMs) return t('paused')
  return next ? t('next', { screen: t(`screen.${next}`) }) : ''
}
