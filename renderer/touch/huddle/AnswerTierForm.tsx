import { useState } from 'react'
import type { RaisedItem } from '../../../shared/contract/board-huddle.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { raisedRow } from '../../screens/huddle/step-facts.ts'
import { FormButtons } from '../FormButtons.tsx'
import { TextField } from '../objectives/TextField.tsx'
import type { HuddleFormProps } from './HuddlePage.tsx'

const longest = 200

/** The next tier answers: one sentence, with a PIN. */
export function AnswerTierForm({ item, entry, onCancel, onSaved }: HuddleFormProps & { item: RaisedItem }) {
  const view = useBoard()
  const { board, t } = view
  const [answer, setAnswer] = useState('')
  const row = raisedRow(view)(item)
  const save = async () => {
    const { id, version } = item
    const saved = await entry.send('answerTier', { lineId: board.site.lineId, id, version, answer })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  return (
    <>
      <Fit className="touch-title" text={item.what} floor={0.6} maxLines={2} />
      <p className="touch-label">{listed([item.who, row.more, row.value], t)}</p>
      <TextField
        id="tier-answer"
        label={t('huddle.toAnswer')}
        value={answer}
        max={longest}
        onChange={setAnswer}
      />
      <div className="huddle-list" />
      <FormButtons
        text={t('huddle.answer')}
        missing={answer.trim() === '' ? t('gapPage.sayFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
