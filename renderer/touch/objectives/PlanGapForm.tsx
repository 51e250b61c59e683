import { useEffect, useState } from 'react'
import type { GapItem } from '../../../shared/contract/board-team.ts'
import type { Candidate } from '../../../shared/domain/gaps/candidate.ts'
import type { Cycle } from '../../../shared/domain/key-results.ts'
import { maxObjectives } from '../../../shared/domain/okr/lint.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { NumberPad } from '../NumberPad.tsx'
import type { OkrFormProps } from './form-props.ts'
import { TextField } from './TextField.tsx'

/** One chosen gap as a key result of the cycle: the proposed target or another one, in which objective, and whose it is. */
export function PlanGapForm(
  props: OkrFormProps & {
    gap: GapItem
    cycle: Cycle
    step: { index: number; count: number }
    /** The cycle takes no further objective. */
    full: boolean
    onSkip: () => void
  },
) {
  const { entry, known, gap, cycle, step, full, onSaved, onCancel, onSkip } = props
  const { board, format, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [candidate, setCandidate] = useState<Candidate | null | 'asking'>('asking')
  const [title, setTitle] = useState('')
  const [owner, setOwner] = useState(gap.owner ?? '')
  const [typed, setTyped] = useState('')
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('candidate', { lineId, kpi: gap.kpi }))
      .then((found) => {
        setCandidate(found)
        if (found) setTitle((found.objective ?? found.name).slice(0, 60))
      })
  }, [send, lineId, gap.kpi])
  const found = candidate === 'asking' ? null : candidate
  const number = (value: number) => format.amount(value, gap.decimals, gap.unit)
  const isNew = !known.open.some(
    (one) => one.title === title.trim() && one.cycle.startDate === cycle.startDate,
  )
  const missing =
    found === null
      ? t(candidate === 'asking' ? 'touch.loading' : 'gapPage.waitFirst')
      : title.trim() === ''
        ? t('okr.titleFirst')
        : full && isNew
          ? t('okr.full', { most: maxObjectives })
          : null
  const save = async () => {
    const saved = await send('makeKeyResult', {
      lineId,
      kpi: gap.kpi,
      cycle,
      title: title.trim(),
      ...(typed === '' ? {} : { target: Number(typed) }),
      ...(owner.trim() === '' ? {} : { owner: owner.trim() }),
    })
    if (saved) onSaved(t('okr.saved', { by: saved.by }))
  }
  return (
    <>
      <div className="stop-facts">
        <span data-testid="make-step" data-value={step.index}>
          {t('okr.roundOf', step)}
        </span>
        <b>{gap.name}</b>
        <span className="push">{cycle.name}</span>
      </div>
      <div className="check-in">
        <div className="check-in-value">
          <NumberPad value={typed} onChange={setTyped} label={t('okr.goal')} unit={gap.unit} />
        </div>
        <div className="check-in-words">
          {found === null ? (
            <p className="touch-label">{candidate === 'asking' ? '' : t('gapPage.moving')}</p>
          ) : (
            <dl className="candidate">
              <dt className="touch-label">{t('okr.start')}</dt>
              <dd data-testid="plan-baseline" data-value={found.baseline}>
                {number(found.baseline)}
              </dd>
              <dt className="touch-label">{t('okr.goal')}</dt>
              <dd data-testid="plan-target" data-value={typed === '' ? found.target : Number(typed)}>
                {typed === '' ? number(found.target) : number(Number(typed))}
                <small>
                  {typed === '' ? t(found.targetFrom === 'agreed' ? 'gapPage.agreed' : 'gapPage.beyond') : ''}
                </small>
              </dd>
            </dl>
          )}
          <TextField
            id="okr-title"
            label={t('gapPage.objective')}
            value={title}
            max={60}
            onChange={setTitle}
          />
          <TextField id="okr-owner" label={t('gapPage.owner')} value={owner} max={40} onChange={setOwner} />
        </div>
      </div>
      <FormButtons
        text={t('gapPage.keyResult')}
        missing={missing}
        busy={entry.busy}
        onCancel={onCancel}
        onSkip={onSkip}
        onSave={() => void save()}
      />
    </>
  )
}
