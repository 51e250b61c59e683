import { useBoard } from '../../board-view.tsx'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { callName } from '../../widgets/call-name.ts'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { PendingCall } from './use-pending-call.ts'

/** Where and what, if anybody wants to say; without a touch the call goes out by itself. */
export function NewCall({ pending }: { pending: PendingCall }) {
  const { board, t } = useBoard()
  const { call, detail, now, cancel } = pending
  if (!call) return null
  const { callCategories, cells } = board.site
  const category = callCategories.find(({ id }) => id === call.category)
  const name = category?.name ?? callName(call.category, t)
  const what = category?.what ?? []
  const choices = (names: readonly string[]) => names.map((one) => ({ id: one, name: one }))
  return (
    <>
      <div className="stop-facts">
        <CallIcon category={call.category} />
        <b>{t('touch.calls.title', { category: name })}</b>
        <span className="push">{category?.hold ? t('touch.calls.notEmergency') : t('touch.calls.soon')}</span>
      </div>
      <div className="call-details">
        {cells.length > 0 && (
          <div>
            <p className="touch-label">{t('touch.calls.where')}</p>
            <ChoiceGrid choices={choices(cells)} chosen={call.cell} onChoose={(cell) => detail({ cell })} />
          </div>
        )}
        {what.length > 0 && (
          <div>
            <p className="touch-label">{t('touch.calls.what')}</p>
            <ChoiceGrid choices={choices(what)} chosen={call.text} onChoose={(text) => detail({ text })} />
          </div>
        )}
      </div>
      <div className="two-buttons last">
        <TouchButton onTap={cancel} className="side" testId="call-cancel">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton kind="main" className="confirm" onTap={now} testId="confirm">
          {t('touch.calls.title', { category: name })}
        </TouchButton>
      </div>
    </>
  )
}
