import { useState } from 'react'
import type { ObjectiveDraft } from '../../../shared/contract/okr-calls.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { CycleChoice } from './CycleChoice.tsx'
import type { OkrFormProps } from './form-props.ts'
import { ObjectiveFields } from './ObjectiveFields.tsx'
import { OkrHistory } from './OkrHistory.tsx'
import { ParentChoice } from './ParentChoice.tsx'
import { Tabs } from './Tabs.tsx'

const tabs = ['what', 'cycle', 'serves', 'history'] as const

/** An objective's own fields, and what became of them. */
export function ObjectivePanel(props: OkrFormProps & { objective: StoredObjective }) {
  const { entry, known, objective, onSaved, onCancel } = props
  const { t } = useBoard()
  const { title, owner, parent, cycle } = objective
  const [draft, setDraft] = useState<ObjectiveDraft>({ title, owner, parent, cycle })
  const [tab, setTab] = useState<(typeof tabs)[number]>('what')
  const save = async () => {
    const { id: objectiveId, version } = objective
    const fields = { ...draft, title: draft.title.trim(), owner: draft.owner?.trim() || null }
    const saved = await entry.send('editObjective', { objectiveId, version, objective: fields })
    if (saved) onSaved(t('okr.saved', { by: saved.by }))
  }
  return (
    <>
      <Tabs tabs={tabs} open={tab} words={(one) => t(`okr.section.${one}`)} onOpen={setTab} />
      {tab === 'what' && <ObjectiveFields draft={draft} onChange={setDraft} />}
      {tab === 'cycle' && (
        <CycleChoice chosen={draft.cycle} onChoose={(next) => setDraft({ ...draft, cycle: next })} />
      )}
      {tab === 'serves' && (
        <ParentChoice
          above={known.above}
          chosen={draft.parent}
          onChoose={(next) => setDraft({ ...draft, parent: next })}
        />
      )}
      {tab === 'history' && <OkrHistory entry={entry} objective={objective} keyResult={null} />}
      <FormButtons
        text={t('okr.save')}
        missing={draft.title.trim() === '' ? t('okr.titleFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
