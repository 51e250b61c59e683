import type { ScreenName } from '../shared/settings/display.ts'
import { useBoard } from './board-view.tsx'
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
export function Stage({ rotation, soundRefused }: { rotation: Rotation; soundRefused: boolean }) {
  const view = useBoard()
  const { t } = view
  const { board, density, trust, linkLost } = view
  const { screen, next, state } = rotation
  if (density === 'hero') return <HeroOnly />
  const far = density === 'far'
  const swapped = board.site.display.swapRail && isRailSwapped(board.line.shift?.date ?? null, view.nowMs)
  const wide = wideScreens.includes(screen)
  // The theme's own colours again, inside a board that is grey because its line is silent.
  const ownSource = trust !== 'live' && !linkLost && otherSources.includes(screen)
  const withStrip = far && !wide && !isBottomTaken(screen, view)
  const withRail = !far && !wide && board.keyResults.items.length > 0
  return (
    <div
      className={['stage', withRail ? '' : 'wide', swapped ? 'swapped' : ''].filter(Boolean).join(' ')}
      data-screen={screen}
    >
      <Header title={titleOf(screen, view)} />
      <main className="main" data-theme={ownSource ? view.theme : undefined}>
        <ScreenGuard
          key={`${screen} ${state.turn}`}
          onFailed={rotation.failed}
          fallback={<p className="screen label">{t('screenFailed')}</p>}
        >
          <ScreenOf
            name={screen}
            turn={rotation.pinned ? state.turn - 1 : turnOf(state)}
            endsHuddle={rotation.endsHuddle}
          />
        </ScreenGuard>
        {withStrip && <Strip screen={screen} turn={state.turn} />}
      </main>
      {withRail && <Rail screen={screen} turn={state.turn} />}
      <Footer
        slots={rotation.pinned ? 0 : state.slots.length}
        slot={state.slot}
        note={soundRefused ? view.t('soundBlocked') : note(view, rotation, next)}
        withWeek={!wide && !far}
      />
    </div>
  )
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

function note({ nowMs, t }: BoardView, { state, pinned }: Rotation, next: ScreenName | null): string {
  if (pinned) return ''
  if (state.hold) return t(`hold.${state.hold.name}`)
  const [broken] = failedScreens(state)
  if (broken) return t('skipped', { screen: t(`screen.${broken}`) })
  if (nowMs < state.pausedUntilMs) return t('paused')
  return next ? t('next', { screen: t(`screen.${next}`) }) : ''
}
