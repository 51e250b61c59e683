import type { KeyResultSource, KeyResultWindow } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { offeredWindows } from './key-result-draft.ts'

type Moving = Extract<KeyResultSource, { window: KeyResultWindow }>

const isSame = (a: KeyResultWindow, b: KeyResultWindow) => JSON.stringify(a) === JSON.stringify(b)

/** Over which shifts, or reports, the value is taken. One that a file brought is offered as well. */
export function WindowChoice(props: { source: Moving; onChoose: (window: KeyResultWindow) => void }) {
  const { t } = useBoard()
  const { source, onChoose } = props
  const { window: chosen } = source
  const others = offeredWindows.filter((one) => !isSame(one, chosen))
  const windows = others.length < offeredWindows.length ? offeredWindows : [chosen, ...others.slice(1)]
  const words = (window: KeyResultWindow) =>
    window.kind === 'shifts'
      ? t(source.kind === 'kpi' ? 'okr.window.shifts' : 'okr.window.values', { count: window.count })
      : t(`okr.window.${window.kind}`)
  return (
    <>
      <p className="touch-label">{t('okr.over')}</p>
      <div className="four">
        {windows.map((one) => (
          <TouchButton
            key={words(one)}
            kind={isSame(one, chosen) ? 'chosen' : 'plain'}
            onTap={() => onChoose(one)}
            testId={`window-${one.kind === 'shifts' ? one.count : one.kind}`}
          >
            <Fit text={words(one)} floor={0.6} maxLines={2} />
          </TouchButton>
        ))}
      </div>
    </>
  )
}
