import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { capital } from '../../widgets/call-name.ts'
import { FormButtons } from '../FormButtons.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'
import { newId } from './new-id.ts'

const dayMs = 86_400_000
const dueIn = [0, 1, 7, 14] as const
const fields = [
  { id: 'what', max: 120 },
  { id: 'cause', max: 200 },
  { id: 'owner', max: 60 },
] as const

/** What a new action is about: a KPI, and the fact in words. */
export type ActionAbout = { kpi: string; owner: string | null; fact: string }

/** A new action: against a fact, or (`about` is null) as agreed on the spot, due by tomorrow unless said otherwise. */
export function ActionForm(props: {
  about: ActionAbout | null
  entry: Entry
  onCancel: () => void
  /** Saved; the text says by whom. */
  onSaved: (text: string) => void
}) {
  const { about, entry, onCancel, onSaved } = props
  const { board, format, nowMs, t } = useBoard()
  const [draft, setDraft] = useState({ what: '', cause: '', owner: about?.owner ?? '' })
  const [days, setDays] = useState<number>(about === null ? 1 : 7)
  const asked = fields.filter(({ id }) => id !== 'cause' || about !== null)
  const local = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone })
  const save = async () => {
    const action = {
      ...draft,
      id: newId(),
      kpi: about?.kpi ?? null,
      fact: about?.fact.slice(0, 200) ?? '',
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
      {about && (
        <p className="touch-label" data-testid="action-fact">
          {about.fact}
        </p>
      )}
      <div className="action-fields">
        {asked.map(({ id, max }) => (
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
