import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { Shape } from '../widgets/Shape.tsx'

/** A screen that was pinned although nothing feeds it. In the rotation it does not appear. */
export function NotSetUp() {
  const { t } = useBoard()
  return (
    <div className="screen said">
      <div className="said-row">
        <Shape status="none" size="1em" />
        <Fit text={t('notSetUp')} tier="number" floor={0.6} testId="not-set-up" />
      </div>
      <Fit className="label" text={t('notSetUpHint')} tier="line" />
    </div>
  )
}
