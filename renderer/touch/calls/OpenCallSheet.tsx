import { useState } from 'react'
import type { OpenCall } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { callName } from '../../widgets/call-name.ts'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'

type Answer = 'ack' | 'coming' | 'again' | 'resolve' | 'reject' | 'cancel'

/** What can be said to an open call. Solving it asks for the cause, where causes are set up. */
export function OpenCallSheet({
  call,
  entry,
  onSaved,
  onLeave,
}: PageProps & { call: OpenCall; onLeave: () => void }) {
  const { board, format, nowMs, t } = useBoard()
  const [solving, setSolving] = useState(false)
  const { lineId, callCategories } = board.site
  const category = callCategories.find(({ id }) => id === call.category)
  const name = category?.name ?? callName(call.category, t)
  const causes = category?.what ?? []
  const age = format.timer(nowMs - call.raisedMs)
  const say = async (event: Answer, text: string | null = null) => {
    const answer = { lineId, call: call.call, event, who: null, text }
    const saved = await entry.enter('answerCall', answer, `${name}: ${t(`touch.calls.${event}`)}`)
    if (!saved) return
    onSaved(saved)
    setSolving(false)
    onLeave()
  }
  const button = (event: Answer, kind?: 'main') => (
    <TouchButton
      kind={kind}
      onTap={() => (event === 'resolve' && causes.length > 0 ? setSolving(true) : void say(event))}
      disabled={entry.busy}
      testId={`say-${event}`}
    >
      {t(`touch.calls.${event}`)}
    </TouchButton>
  )
  return (
    <>
      <div className="stop-facts">
        <CallIcon category={call.category} />
        <b>{name}</b>
        {call.cell !== null && <span>{call.cell}</span>}
        {call.text !== null && <span>{call.text}</span>}
        <span className="push">
          {call.escalation === null ? '' : t('touch.calls.told', { to: call.escalation.to })} {age.text}
        </span>
      </div>
      {solving ? (
        <>
          <p className="touch-label">{t('touch.calls.cause')}</p>
          <ChoiceGrid
            choices={causes.map((one) => ({ id: one, name: one }))}
            chosen={null}
            onChoose={(cause) => void say('resolve', cause)}
          />
          <div className="two-buttons last">
            <TouchButton onTap={() => setSolving(false)} className="side">
              {t('touch.cancel')}
            </TouchButton>
            <TouchButton onTap={() => void say('resolve')} className="confirm" testId="no-cause">
              {t('touch.calls.noCause')}
            </TouchButton>
          </div>
        </>
      ) : (
        <>
          <div className="call-answers">
            {button('ack')}
            {button('coming')}
            {button('resolve', 'main')}
          </div>
          <div className="call-answers quiet">
            {button('again')}
            {button('reject')}
            {button('cancel')}
          </div>
          <div className="two-buttons last">
            <TouchButton onTap={onLeave} className="side" testId="call-leave">
              {t('touch.calls.leave')}
            </TouchButton>
          </div>
        </>
      )}
    </>
  )
}
