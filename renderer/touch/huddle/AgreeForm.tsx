import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { capital } from '../../widgets/call-name.ts'
import { FormButtons } from '../FormButtons.tsx'
import { newId } from '../gaps/new-id.ts'
import { TouchButton } from '../TouchButton.tsx'
import type { HuddleFormProps } from './HuddlePage.tsx'

const dayMs = 86_400_000
const dueIn = [0, 1, 7, 14] as const
const fields = [
  { id: 'what', max: 120 },
  { id: 'owner', max: 60 },
] as const

/** An action on the spot: what, who, until when. */
export function AgreeForm({ entry, onCancel, onSaved }: HuddleFormProps) {
  const { board, format, nowMs, t } = useBoard()
  const [draft, setDraft] = useState({ what: '', owner: '' })
  const [days, setDays] = useState<number>(1)
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone })
  const save = async () => {
    const action = {
      ...draft,
      id: newId(),
      kpi: null,
      fact: '',
      cause: '',
      due: local.format(nowMs + days * dayMs),
      state: 'open' as const,
    }
    const saved = await entry.send('saveAction', { lineId: board.site.lineId, action, version: null })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  const dueWords = (ahead: number) =>
    ahead <= 1 ? capital(format.relativeDay(ahead)) : format.clockOrDay(nowMs + ahead * dayMs, nowMs)
  return (
    <>
      <div className="action-fields">
        {fields.map(({ id, max }) => (
          <label key={id} className="touch-label">
            <span>{t(`gapPage.${id}`)}</span>
            <input
              className="sentence"
              value={draft[id]}
              maxLength={max}
              data-testid={`agree-${id}`}
              onChange={(event) => setDraft({ ...draft, [id]: event.target.value })}
            />
          </label>
        ))}
        <p className="touch-label">{t('gapPage.due')}</p>
        <div className="four">
          {dueIn.map((ahead) => (
            <TouchButton key={ahead} kind={ahead === days ? 'chosen' : 'plain'} onTap={() => setDays(ahead)}>
              {dueWords(ahead)}
            </TouchButton>
          ))}
        </div>
      </div>
      <FormButtons
        text={t('gapPage.save')}
        missing={draft.what.trim() === '' ? t('gapPage.sayFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
