import { useState } from 'react'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { OkrFormProps } from './form-props.ts'
import { type FieldTexts, fieldTexts, fromTexts } from './key-result-fields.ts'
import { KeyResultFields } from './KeyResultFields.tsx'
import { sourceToSend } from './key-result-draft.ts'
import { OkrHistory } from './OkrHistory.tsx'
import { ParentChoice } from './ParentChoice.tsx'
import { Tabs } from './Tabs.tsx'
import { TargetSection } from './TargetSection.tsx'
import { WindowChoice } from './WindowChoice.tsx'

const tabs = ['target', 'source', 'fields', 'serves', 'history'] as const

export type KeyResultPanelProps = OkrFormProps & { objective: StoredObjective; keyResult: StoredKeyResult }

/** One key result: its target and what the line says to it, its window, its other fields, and what became of them. */
export function KeyResultPanel(props: KeyResultPanelProps) {
  const { entry, known, objective, keyResult, onSaved, onCancel } = props
  const { t } = useBoard()
  const [tab, setTab] = useState<(typeof tabs)[number]>('target')
  const [texts, setTexts] = useState<FieldTexts>(() => fieldTexts(keyResult))
  const [parent, setParent] = useState(keyResult.parent)
  const [source, setSource] = useState(keyResult.source)
  const fields = fromTexts(texts)
  const save = async () => {
    if (typeof fields === 'string') return
    const { decimals } = keyResult
    const saved = await entry.send('editKeyResult', {
      keyResultId: keyResult.id,
      version: objective.version,
      keyResult: { ...fields, decimals, source: sourceToSend(source), parent },
    })
    if (saved) onSaved(t('okr.saved', { by: saved.by }))
  }
  return (
    <>
      <Tabs
        tabs={tabs.filter((one) => one !== 'source' || 'window' in source)}
        open={tab}
        words={(one) => t(`okr.section.${one}`)}
        onOpen={setTab}
      />
      {tab === 'target' && <TargetSection {...props} />}
      {tab === 'source' && 'window' in source && (
        <div className="okr-fields">
          <WindowChoice source={source} onChoose={(window) => setSource({ ...source, window })} />
        </div>
      )}
      {tab === 'fields' && (
        <KeyResultFields texts={texts} onChange={setTexts} withUnit={source.kind === 'manual'} />
      )}
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
