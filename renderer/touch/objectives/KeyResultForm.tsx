import { useState } from 'react'
import type { ObjectiveDraft } from '../../../shared/contract/okr-calls.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { cycleAt } from '../../../shared/domain/okr/cycle.ts'
import { lint } from '../../../shared/domain/okr/lint.ts'
import { lintKeyResult } from '../../../shared/domain/okr/lint-objective.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { NumberPad } from '../NumberPad.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { Findings } from './Findings.tsx'
import type { OkrFormProps } from './form-props.ts'
import { byHand, draftOf, numberOf, type Written } from './key-result-draft.ts'
import { emptyTexts } from './key-result-fields.ts'
import { KeyResultFields } from './KeyResultFields.tsx'
import { ParentChoice } from './ParentChoice.tsx'
import { SourceSection } from './SourceSection.tsx'
import { Tabs } from './Tabs.tsx'
import { TextField } from './TextField.tsx'

const tabs = ['what', 'source', 'fields', 'serves'] as const
const nothing: Written = {
  texts: emptyTexts,
  numbers: { baseline: '', target: '' },
  ...{ source: byHand.source, unit: byHand.unit, decimals: byHand.decimals },
  parent: null,
}

/** A new key result, judged by the rules while it is written: of an objective, or the first one of a new objective. */
export function KeyResultForm(
  props: OkrFormProps & { objective: StoredObjective | null; draftOf?: ObjectiveDraft },
) {
  const { entry, known, objective, draftOf: objectiveDraft, onSaved, onCancel } = props
  const { board, nowMs, t } = useBoard()
  const [tab, setTab] = useState<(typeof tabs)[number]>('what')
  const [written, setWritten] = useState(nothing)
  const [moves, setMoves] = useState<string>(byHand.id)
  const { lineId, timeZone, fiscalYearStart } = board.site
  const today = localDateAt(timeZone, nowMs)
  const cycle = objective?.cycle ?? objectiveDraft?.cycle ?? cycleAt('quarter', today, fiscalYearStart)
  const head = { title: (objective ?? objectiveDraft)?.title ?? '', parent: objective?.parent ?? null }
  const result = draftOf(written)
  const save = async () => {
    if (typeof result === 'string') return
    const answer = objective
      ? await entry.send('createKeyResult', {
          objectiveId: objective.id,
          version: objective.version,
          keyResult: result,
        })
      : await entry.send('createObjective', {
          lineId,
          objective: objectiveDraft ?? { title: result.name, cycle },
          keyResults: [result],
        })
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  return (
    <>
      <Tabs tabs={tabs} open={tab} words={(one) => t(`okr.section.${one}`)} onOpen={setTab} />
      {tab === 'what' && (
        <What written={written} onChange={setWritten} findings={findingsOf(written, head, cycle.endDate)} />
      )}
      {tab === 'source' && (
        <SourceSection
          written={written}
          chosen={moves}
          lastDate={cycle.endDate}
          onChoose={(id, next) => {
            setMoves(id)
            setWritten(next)
          }}
        />
      )}
      {tab === 'fields' && (
        <KeyResultFields
          texts={written.texts}
          onChange={(texts) => setWritten({ ...written, texts })}
          withUnit={written.source.kind === 'manual'}
        />
      )}
      {tab === 'serves' && (
        <ParentChoice
          above={known.above}
          chosen={written.parent}
          onChoose={(parent) => setWritten({ ...written, parent })}
        />
      )}
      <FormButtons
        text={t('okr.save')}
        missing={typeof result === 'string' ? t(`okr.mistake.${result}`) : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}

/** Start and target, name and owner, and what the rules say so far. */
function What(props: {
  written: Written
  onChange: (written: Written) => void
  findings: ReturnType<typeof lint>
}) {
  const { t } = useBoard()
  const { written, onChange, findings } = props
  const { texts, numbers } = written
  const [editing, setEditing] = useState<'baseline' | 'target'>('baseline')
  return (
    <div className="check-in">
      <div className="check-in-value okr-numbers">
        <NumberPad
          value={numbers[editing]}
          onChange={(value) => onChange({ ...written, numbers: { ...numbers, [editing]: value } })}
          label={editing === 'baseline' ? t('okr.start') : t('okr.goal')}
          unit={written.unit}
        />
      </div>
      <div className="check-in-words">
        <div className="okr-texts">
          {(['name', 'owner'] as const).map((field) => (
            <div key={field}>
              <TextField
                id={`okr-${field}`}
                label={t(field === 'name' ? 'okr.name' : 'gapPage.owner')}
                value={texts[field]}
                max={field === 'name' ? 24 : 40}
                onChange={(value) => onChange({ ...written, texts: { ...texts, [field]: value } })}
              />
            </div>
          ))}
        </div>
        <div className="chips">
          {(['baseline', 'target'] as const).map((field) => (
            <TouchButton
              key={field}
              kind={editing === field ? 'chosen' : 'plain'}
              onTap={() => setEditing(field)}
              testId={`okr-${field}`}
            >
              {field === 'baseline' ? t('okr.start') : t('okr.goal')} {numbers[field]}
            </TouchButton>
          ))}
        </div>
        <Findings findings={findings} />
      </div>
    </div>
  )
}

/** What the rules say about what is being written; nothing before it has a name. */
function findingsOf(
  { texts, numbers, source, parent }: Written,
  objective: { title: string; parent: string | null },
  endDate: string,
): ReturnType<typeof lint> {
  const { name, sentence, owner } = texts
  if (name.trim() === '') return []
  const [baseline, target] = [numberOf(numbers.baseline), numberOf(numbers.target)]
  const own = { id: 'new', name, sentence: sentence.trim() || null, owner: owner.trim() || null, due: null }
  const judged = lintKeyResult({ ...own, baseline: 0, target: 0, source, parent }, endDate)
  return lint({
    kpis: null,
    objectives: [{ id: 'o', ...objective, keyResults: [{ ...judged, baseline, target }] }],
  })
}
