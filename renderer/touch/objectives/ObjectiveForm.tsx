import { useState } from 'react'
import type { ObjectiveDraft } from '../../../shared/contract/okr-calls.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { cycleAt } from '../../../shared/domain/okr/cycle.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { CycleChoice } from './CycleChoice.tsx'
import type { OkrFormProps } from './form-props.ts'
import { KeyResultForm } from './KeyResultForm.tsx'
import { ObjectiveFields } from './ObjectiveFields.tsx'
import { ParentChoice } from './ParentChoice.tsx'
import { Tabs } from './Tabs.tsx'

const tabs = ['what', 'cycle', 'serves'] as const

/** A new objective; its first key result follows, since there is none without. */
export function ObjectiveForm(props: OkrFormProps) {
  const { known, onCancel } = props
  const { board, nowMs, t } = useBoard()
  const [draft, setDraft] = useState<ObjectiveDraft>(() => ({
    title: '',
    owner: null,
    parent: null,
    cycle: cycleAt('quarter', localDateAt(board.site.timeZone, nowMs), board.site.fiscalYearStart),
  }))
  const [tab, setTab] = useState<(typeof tabs)[number]>('what')
  const [ready, setReady] = useState(false)
  if (ready) return <KeyResultForm {...props} objective={null} draftOf={draft} />
  return (
    <>
      <Tabs tabs={tabs} open={tab} words={(one) => t(`okr.section.${one}`)} onOpen={setTab} />
      {tab === 'what' && <ObjectiveFields draft={draft} onChange={setDraft} />}
      {tab === 'cycle' && (
        <CycleChoice chosen={draft.cycle} onChoose={(cycle) => setDraft({ ...draft, cycle })} />
      )}
      {tab === 'serves' && (
        <ParentChoice
          above={known.above}
          chosen={draft.parent}
          onChoose={(parent) => setDraft({ ...draft, parent })}
        />
      )}
      <FormButtons
        text={t('okr.firstKeyResult')}
        missing={draft.title.trim() === '' ? t('okr.titleFirst') : null}
        busy={false}
        onCancel={onCancel}
        onSave={() => setReady(true)}
      />
    </>
  )
}
