import type { ObjectiveDraft } from '../../../shared/contract/okr-calls.ts'
import { lint } from '../../../shared/domain/okr/lint.ts'
import { useBoard } from '../../board-view.tsx'
import { Findings } from './Findings.tsx'
import { TextField } from './TextField.tsx'

/** Title and owner of an objective, judged while they are written. */
export function ObjectiveFields(props: { draft: ObjectiveDraft; onChange: (draft: ObjectiveDraft) => void }) {
  const { draft, onChange } = props
  const { t } = useBoard()
  const { title, owner, parent } = draft
  const findings =
    title.trim() === '' ? [] : lint({ kpis: null, objectives: [{ id: 'o', title, parent, keyResults: [] }] })
  return (
    <div className="okr-fields">
      <TextField
        id="okr-title"
        label={t('gapPage.objective')}
        value={title}
        max={60}
        onChange={(next) => onChange({ ...draft, title: next })}
      />
      <TextField
        id="okr-owner"
        label={t('gapPage.owner')}
        value={owner ?? ''}
        max={40}
        onChange={(next) => onChange({ ...draft, owner: next === '' ? null : next })}
      />
      <Findings findings={findings} />
    </div>
  )
}
