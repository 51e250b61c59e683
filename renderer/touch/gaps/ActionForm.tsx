import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { gapWords } from '../../screens/gaps/gap-words.ts'
import { capital } from '../../widgets/call-name.ts'
import { TouchButton } from '../TouchButton.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { GapFormProps } from './GapsPage.tsx'
import { newId } from './new-id.ts'

const dayMs = 86_400_000
const dueIn = [0, 1, 7, 14] as const
const fields = [
  { id: 'what', max: 120 },
  { id: 'cause', max: 200 },
  { id: 'owner', max: 60 },
] as const

/** An action against a gap: the fact is the gap's own sentence. */
export function ActionForm({ gap, entry, onCancel, onSaved }: GapFormProps) {
  const view = useBoard()
  const { board, format, nowMs, t } = view
  const [draft, setDraft] = useState({ what: '', cause: '', owner: gap.owner ?? '' })
  const [days, setDays] = useState<number>(7)
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone })
  const save = async () => {
    const action = {
      ...draft,
      id: newId(),
      kpi: gap.kpi,
      fact: `${gap.name}: ${gapWords(gap, view)}`.slice(0, 200),
      due: local.format(nowMs + days * dayMs),
      state: 'open' as const,
    }
    const saved = await entry.send('saveAction', { lineId: board.site.lineId, action, version: null })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  const dueWords = (ahead: number) => {
    if (ahead <= 1) return capital(format.relativeDay(ahead))
    return format.clockOrDay(nowMs + ahead * dayMs, nowMs)
  }
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
              data-testid={`action-${id}`}
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
