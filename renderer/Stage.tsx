import type { ScreenName } from '../shared/settings/display.ts'
import { useBoard } from './board-view.tsx'
import type { BoardView } from './board-view.tsx'
import { Rail } from './key-results/Rail.tsx'
import { Strip } from './key-results/Strip.tsx'
import type { Rotation } from './rotation/use-rotation.ts'
import { ScreenGuard } from './ScreenGuard.tsx'
import { Changeover } from './screens/changeover/Changeover.tsx'
import { HeroOnly } from './screens/HeroOnly.tsx'
import { HourByHour } from './screens/hours/HourByHour.tsx'
import { KeyResults } from './screens/KeyResults.tsx'
import { OeeLosses } from './screens/OeeLosses.tsx'
import { ScrapPareto } from './screens/ScrapPareto.tsx'
import { stateLook } from './screens/state-look.ts'
import { Status } from './screens/status/Status.tsx'
import { Footer } from './widgets/Footer.tsx'
import { Header } from './widgets/Header.tsx'

/** Header, the screen of the moment, the rail and the footer. Only the screen changes with the rotation. */
export function Stage({ rotation }: { rotation: Rotation }) {
  const view = useBoard()
  const { t } = view
  const { board, density } = view
  const { screen, next, state } = rotation
  if (density === 'hero') return <HeroOnly />
  const far = density === 'far'
  const withStrip = far && screen !== 'keys' && !isBottomTaken(view)
  const withRail = !far && screen !== 'keys' && board.keyResults.items.length > 0
  const title = screen === 'status' ? (board.line.product?.name ?? '') : t(`screen.${screen}`)
  return (
    <div className={withRail ? 'stage' : 'stage wide'} data-screen={screen}>
      <Header title={title} />
      <main className="main">
        <ScreenGuard
          key={`${screen} ${state.turn}`}
          onFailed={rotation.failed}
          fallback={<p className="screen label">{t('screenFailed')}</p>}
        >
          <ScreenOf name={screen} turn={state.turn} />
        </ScreenGuard>
        {withStrip && <Strip screen={screen} turn={state.turn} />}
      </main>
      {withRail && <Rail screen={screen} turn={state.turn} />}
      <Footer
        slots={rotation.pinned ? 0 : state.slots.length}
        slot={state.slot}
        note={note(view, rotation, next)}
        withWeek={screen !== 'keys' && !far}
      />
    </div>
  )
}

function ScreenOf({ name, turn }: { name: ScreenName; turn: number }) {
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
    case 'keys':
      return <KeyResults turn={turn} />
  }
}

/** The screen itself ends in a strip of its own: why there is no data, or who was called. */
function isBottomTaken(view: BoardView): boolean {
  const { word } = stateLook(view)
  return word === 'nodata' || (word === 'down' && view.board.line.openCalls.length > 0)
}

function note({ nowMs, t }: BoardView, { state, pinned }: Rotation, next: ScreenName | null): string {
  if (pinned) return ''
  if (state.hold === 'down') return t('holdDown')
  if (state.hold === 'changeover') return t('holdChangeover')
  if (nowMs < state.pausedUntilMs) return t('paused')
  return next ? t('next', { screen: t(`screen.${next}`) }) : ''
}
