import { useEffect, useState } from 'react'
import type { Candidate } from '../../../shared/domain/gaps/candidate.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { GapFormProps } from './GapsPage.tsx'

/** What "make this a key result" would make, and the one tap that does. */
export function CandidateForm({ gap, entry, onCancel, onSaved }: GapFormProps) {
  const { board, format, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [candidate, setCandidate] = useState<Candidate | null | 'asking'>('asking')
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('candidate', { lineId, kpi: gap.kpi }))
      .then(setCandidate)
  }, [send, lineId, gap.kpi])
  const save = async () => {
    const saved = await send('makeKeyResult', { lineId, kpi: gap.kpi })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  const known = candidate === 'asking' ? null : candidate
  const number = (value: number) => format.amount(value, gap.decimals, gap.unit)
  return (
    <>
      {known === null ? (
        <p className="touch-empty">{candidate === 'asking' ? '' : t('gapPage.moving')}</p>
      ) : (
        <dl className="candidate">
          <dt className="touch-label">{t('gapPage.objective')}</dt>
          <dd>{known.objective ?? known.name}</dd>
          <dt className="touch-label">{t('explain.start')}</dt>
          <dd data-testid="candidate-baseline" data-value={known.baseline}>
            {number(known.baseline)}
            <small>
              {t('gapPage.segment', {
                points: known.segment.points,
                lower: format.decimal(known.segment.limits.lower, gap.decimals),
                upper: format.decimal(known.segment.limits.upper, gap.decimals),
              })}
            </small>
          </dd>
          <dt className="touch-label">{t('target')}</dt>
          <dd data-testid="candidate-target" data-value={known.target}>
            {number(known.target)}
            <small>{t(known.targetFrom === 'agreed' ? 'gapPage.agreed' : 'gapPage.beyond')}</small>
          </dd>
        </dl>
      )}
      <FormButtons
        text={t('gapPage.keyResult')}
        missing={known === null ? t('gapPage.waitFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
