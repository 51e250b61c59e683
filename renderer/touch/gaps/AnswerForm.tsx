import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { GapFormProps } from './GapsPage.tsx'

const sentences = ['trial', 'parts', 'works', 'help'] as const
const longest = 200

/** The first response to a red KPI: one sentence. */
export function AnswerForm({ gap, entry, onCancel, onSaved }: GapFormProps) {
  const { board, t } = useBoard()
  const [text, setText] = useState('')
  const save = async () => {
    const saved = await entry.send('answerRed', { lineId: board.site.lineId, kpi: gap.kpi, text })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  return (
    <>
      <label className="touch-label" htmlFor="answer">
        {t('gapPage.answerHint', { name: gap.name })}
      </label>
      <input
        id="answer"
        className="sentence"
        value={text}
        maxLength={longest}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="choices few">
        {sentences.map((key) => (
          <TouchButton
            key={key}
            kind={text === t(`touch.sentences.${key}`) ? 'chosen' : 'plain'}
            onTap={() => setText(t(`touch.sentences.${key}`))}
          >
            <Fit text={t(`touch.sentences.${key}`)} floor={0.7} maxLines={2} />
          </TouchButton>
        ))}
      </div>
      <FormButtons
        text={t('gapPage.save')}
        missing={text.trim() === '' ? t('gapPage.sayFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
