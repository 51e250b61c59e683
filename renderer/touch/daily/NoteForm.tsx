import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { DailyFormProps } from './DailyPage.tsx'

/** A sentence for everybody who reads the daily board. */
export function NoteForm({ entry, onSaved, onLeave }: DailyFormProps) {
  const { board, t } = useBoard()
  const [text, setText] = useState('')
  const save = async () => {
    const saved = await entry.sign('addNote', { lineId: board.site.lineId, text }, text)
    if (!saved) return
    onSaved(saved)
    onLeave()
  }
  return (
    <>
      <div className="action-fields">
        <label className="touch-label">
          <span>{t('hands.daily.note')}</span>
          <input
            className="sentence"
            value={text}
            maxLength={200}
            data-testid="note-text"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      <FormButtons
        text={t('hands.daily.enter')}
        missing={text.trim() === '' ? t('hands.daily.textFirst') : null}
        busy={entry.busy}
        onCancel={onLeave}
        onSave={() => void save()}
      />
    </>
  )
}
