import { useState } from 'react'
import { cycleAt } from '../../../shared/domain/okr/cycle.ts'
import { lint } from '../../../shared/domain/okr/lint.ts'
import { lintKeyResult } from '../../../shared/domain/okr/lint-objective.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import type { LiveKpi } from '../../../shared/domain/key-results.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { useBoard } from '../../board-view.tsx'
import type { ObjectiveDraft } from '../../../shared/contract/okr-calls.ts'
import { Fit } from '../../fit/Fit.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { NumberPad } from '../NumberPad.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { Findings } from './Findings.tsx'
import type { OkrFormProps } from './form-props.ts'
import { TextField } from './TextField.tsx'

/** KPIs of the line that most key results follow, with the unit that goes with each. */
const moves = [
  { kpi: 'throughput', unit: null },
  { kpi: 'oee', unit: '%' },
  { kpi: 'scrap_ratio', unit: '%' },
  { kpi: 'changeover_min', unit: 'min' },
  { kpi: 'first_pass_yield', unit: '%' },
] as const satisfies readonly { kpi: LiveKpi; unit: string | null }[]
const kpiNames = {
  throughput: 'made',
  scrap_ratio: 'scrapCount',
  changeover_min: 'state.changeover',
  first_pass_yield: 'quality',
} as const
const shiftsOfWindow = 15

/** A new key result, judged by the rules while it is written: of an objective, or the first one of a new objective. */
export function KeyResultForm(
  props: OkrFormProps & { objective: StoredObjective | null; draftOf?: ObjectiveDraft },
) {
  const { entry, objective, draftOf, onSaved, onCancel } = props
  const { board, nowMs, t } = useBoard()
  const [kpi, setKpi] = useState<(typeof moves)[number]['kpi'] | null>(null)
  const [name, setName] = useState('')
  const [owner, setOwner] = useState('')
  const [numbers, setNumbers] = useState({ baseline: '', target: '' })
  const [editing, setEditing] = useState<'baseline' | 'target'>('baseline')
  const { lineId, timeZone, fiscalYearStart, unit: pieces } = board.site
  const unit = kpi === null ? '' : (moves.find((one) => one.kpi === kpi)?.unit ?? pieces)
  const today = localDateAt(timeZone, nowMs)
  const cycle = objective?.cycle ?? draftOf?.cycle ?? cycleAt('quarter', today, fiscalYearStart)
  const number = (text: string) => (text === '' ? null : Number(text))
  const baseline = number(numbers.baseline)
  const target = number(numbers.target)
  const draft = {
    name,
    sentence: null,
    unit: unit.slice(0, 12),
    decimals: unit === '%' ? 1 : 0,
    source:
      kpi === null
        ? { kind: 'manual' as const }
        : { kind: 'kpi' as const, kpi, window: { kind: 'shifts' as const, count: shiftsOfWindow } },
    owner: owner.trim() || null,
    due: null,
    commitment: 'committed' as const,
    weight: 1,
    parent: null,
    holdShifts: 10,
  }
  const written = { ...draft, id: 'new', baseline: baseline ?? 0, target: target ?? 0 }
  const judged = { ...lintKeyResult(written, cycle.endDate), baseline, target }
  const objectives = [
    {
      id: 'o',
      title: (objective ?? draftOf)?.title ?? '',
      parent: objective?.parent ?? null,
      keyResults: [judged],
    },
  ]
  const findings = name.trim() === '' ? [] : lint({ kpis: null, objectives })
  const ready = name.trim() !== '' && baseline !== null && target !== null && baseline !== target
  const save = async () => {
    if (!ready) return
    const keyResult = { ...draft, name: name.trim(), baseline, target }
    const answer = objective
      ? await entry.send('createKeyResult', {
          objectiveId: objective.id,
          version: objective.version,
          keyResult,
        })
      : await entry.send('createObjective', {
          lineId,
          objective: draftOf ?? { title: name.trim(), cycle },
          keyResults: [keyResult],
        })
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  return (
    <>
      <div className="check-in">
        <div className="check-in-value okr-numbers">
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
          <NumberPad
            value={numbers[editing]}
            onChange={(value) => setNumbers({ ...numbers, [editing]: value })}
            label={editing === 'baseline' ? t('okr.start') : t('okr.goal')}
            unit={unit}
          />
        </div>
        <div className="check-in-words">
          <div className="okr-texts">
            <div>
              <TextField id="okr-name" label={t('okr.name')} value={name} max={24} onChange={setName} />
            </div>
            <div>
              <TextField
                id="okr-owner"
                label={t('missingPart.owner')}
                value={owner}
                max={40}
                onChange={setOwner}
              />
            </div>
          </div>
          <p className="touch-label">{t('okr.moves')}</p>
          <div className="chips three-wide">
            {moves.map((one) => (
              <TouchButton
                key={one.kpi}
                kind={kpi === one.kpi ? 'chosen' : 'plain'}
                onTap={() => setKpi(one.kpi)}
                testId={`okr-kpi-${one.kpi}`}
              >
                <Fit text={kpiWords(one.kpi, t)} floor={0.7} />
              </TouchButton>
            ))}
            <TouchButton kind={kpi === null ? 'chosen' : 'plain'} onTap={() => setKpi(null)}>
              {t('okr.byHand')}
            </TouchButton>
          </div>
          <Findings findings={findings} />
        </div>
      </div>
      <FormButtons
        text={t('okr.save')}
        missing={ready ? null : t('gapPage.sayFirst')}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}

function kpiWords(kpi: (typeof moves)[number]['kpi'], t: ReturnType<typeof useBoard>['t']): string {
  if (kpi === 'oee') return 'OEE'
  return t(kpiNames[kpi])
}
