import { useBoard } from '../board-view.tsx'
import { TouchButton } from './TouchButton.tsx'

/** Cancel, skip where there is something to skip, and the button that says what it does; what is missing stands on it. */
export function FormButtons(props: {
  text: string
  missing?: string | null
  busy: boolean
  onCancel: () => void
  onSkip?: (() => void) | undefined
  onSave: () => void
}) {
  const { t } = useBoard()
  const { missing = null, busy, onSkip } = props
  return (
    <div className={onSkip ? 'two-buttons with-skip' : 'two-buttons'} data-form>
      <TouchButton onTap={props.onCancel} className="side" testId="cancel">
        {t('touch.cancel')}
      </TouchButton>
      {onSkip && (
        <TouchButton onTap={onSkip} className="side" testId="skip">
          {t('touch.skip')}
        </TouchButton>
      )}
      <TouchButton
        kind="main"
        className="confirm"
        disabled={missing !== null || busy}
        onTap={props.onSave}
        testId="confirm"
      >
        {busy ? t('touch.saving') : (missing ?? props.text)}
      </TouchButton>
    </div>
  )
}
