import { availableScreens } from '../rotation/available.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { screenNames } from '../../shared/settings/display.ts'

/** Screens that have nothing to show, each with what brings it up. */
export function ScreensPage() {
  const { board, trust, t } = useBoard()
  const shown = availableScreens(board, trust)
  const missing = screenNames
    .filter((screen) => !shown.includes(screen))
    .filter((screen) => screen !== 'huddle')
  if (missing.length === 0) return <p className="touch-hint">{t('touch.allScreens')}</p>
  return (
    <ul className="screen-list">
      {missing.map((screen) => (
        <li key={screen} data-screen={screen}>
          <Shape status="none" size="4rem" />
          <Fit className="screen-list-name" text={t(`screen.${screen}`)} floor={0.8} />
          <Fit className="screen-list-hint" text={t(`setUp.${screen}`)} floor={0.8} maxLines={2} />
        </li>
      ))}
    </ul>
  )
}
