import { useBoard } from '../../board-view.tsx'
import { TouchButton } from '../TouchButton.tsx'

/** Cancel, and the button that says what it does; what is missing stands on it. */
export function FormButtons(props: {
  text: string
  missing?: string | null
  busy: boolean
  onCancel: () => void
  onSave: () => void
}) {
  const { t } = useBoard()
  const { missing = null, busy } = props
  return (
    <div className="two-buttons">
      <TouchButton onTap={props.onCancel} className="side">
        {t('touch.cancel')}
      </TouchButton>
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
