import { useState } from 'react'
import { barriers, isEnvironment } from '../../../shared/domain/gaps/barrier.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { TextField } from '../objectives/TextField.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { GapFormProps } from './GapsPage.tsx'

type Answers = readonly ('no' | 'yes')[]

/** What stood in the way, one question at a time: the environment first, the person only after it. */
export function BarrierForm({
  gap,
  entry,
  onCancel,
  onSaved,
}: Omit<GapFormProps, 'gap'> & { gap: Pick<GapFormProps['gap'], 'kpi'> }) {
  const { board, t } = useBoard()
  const [answers, setAnswers] = useState<Answers>([])
  const [note, setNote] = useState('')
  const asked = barriers[answers.length]
  const found = answers[answers.length - 1] === 'yes'
  const { causes } = board.gaps ?? { causes: { environment: 0, all: 0 } }
  const save = async () => {
    const answer = { kpi: gap.kpi, answers: [...answers], note }
    const saved = await entry.send('saveBarrier', { lineId: board.site.lineId, answer })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  if (found || asked === undefined) {
    const cause = found ? barriers[answers.length - 1] : undefined
    return (
      <>
        <p className="touch-empty">{cause === undefined ? t('gapPage.noneOfThem') : t(`barrier.${cause}`)}</p>
        <TextField id="barrier-note" label={t('gapPage.note')} value={note} max={200} onChange={setNote} />
        <FormButtons
          text={t('gapPage.save')}
          busy={entry.busy}
          onCancel={onCancel}
          onSave={() => void save()}
        />
      </>
    )
  }
  return (
    <>
      <p className="touch-label" data-testid="barrier" data-value={asked}>
        {t(isEnvironment(asked) ? 'gapPage.environment' : 'gapPage.person', {
          index: answers.length + 1,
          count: barriers.length,
        })}
      </p>
      <Fit className="touch-title barrier-question" text={t(`barrier.${asked}`)} floor={0.6} maxLines={3} />
      <div className="choices few">
        {(['yes', 'no'] as const).map((answer) => (
          <TouchButton
            key={answer}
            onTap={() => setAnswers([...answers, answer])}
            testId={`barrier-${answer}`}
          >
            {t(`touch.${answer}`)}
          </TouchButton>
        ))}
      </div>
      {causes.all > 0 && <p className="touch-label">{t('gap.causes', causes)}</p>}
      <TouchButton onTap={onCancel} className="confirm">
        {t('touch.cancel')}
      </TouchButton>
    </>
  )
}
