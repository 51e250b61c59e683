import { useState } from 'react'
import type { CallMessage } from '../../../shared/contract/protocol.ts'
import type { KeyResultSource } from '../../../shared/domain/key-results.ts'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { OkrFormProps } from './form-props.ts'
import { type FieldTexts, fieldTexts, fromTexts } from './key-result-fields.ts'
import { KeyResultFields } from './KeyResultFields.tsx'
import { OkrHistory } from './OkrHistory.tsx'
import { ParentChoice } from './ParentChoice.tsx'
import { Tabs } from './Tabs.tsx'
import { TargetSection } from './TargetSection.tsx'

const tabs = ['target', 'fields', 'serves', 'history'] as const

export type KeyResultPanelProps = OkrFormProps & { objective: StoredObjective; keyResult: StoredKeyResult }

function sourceToSend(source: KeyResultSource): CallMessage<'editKeyResult'>['keyResult']['source'] {
  return source.kind === 'milestones' ? { ...source, milestones: [...source.milestones] } : source
}

/** One key result: its target and what the line says to it, its other fields, and what became of them. */
export function KeyResultPanel(props: KeyResultPanelProps) {
  const { entry, known, objective, keyResult, onSaved, onCancel } = props
  const { t } = useBoard()
  const [tab, setTab] = useState<(typeof tabs)[number]>('target')
  const [texts, setTexts] = useState<FieldTexts>(() => fieldTexts(keyResult))
  const [parent, setParent] = useState(keyResult.parent)
  const fields = fromTexts(texts)
  const save = async () => {
    if (typeof fields === 'string') return
    const { unit, decimals } = keyResult
    const source = sourceToSend(keyResult.source)
    const saved = await entry.send('editKeyResult', {
      keyResultId: keyResult.id,
      version: objective.version,
      keyResult: { unit, decimals, source, parent, ...fields },
    })
    if (saved) onSaved(t('okr.saved', { by: saved.by }))
  }
  return (
    <>
      <Tabs tabs={tabs} open={tab} words={(one) => t(`okr.section.${one}`)} onOpen={setTab} />
      {tab === 'target' && <TargetSection {...props} />}
      {tab === 'fields' && <KeyResultFields texts={texts} onChange={setTexts} />}
      {tab === 'serves' && <ParentChoice above={known.above} chosen={parent} onChoose={setParent} />}
      {tab === 'history' && <OkrHistory entry={entry} objective={objective} keyResult={keyResult} />}
      {tab !== 'target' && (
        <FormButtons
          text={t('okr.save')}
          missing={typeof fields === 'string' ? t(`okr.mistake.${fields}`) : null}
          busy={entry.busy}
          onCancel={onCancel}
          onSave={() => void save()}
        />
      )}
    </>
  )
}
