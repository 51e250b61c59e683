import { useState } from 'react'
import type { GapItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { gapNote, gapStatus, gapWords } from '../../screens/gaps/gap-words.ts'
import { Shape } from '../../widgets/Shape.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { ActionForm } from './ActionForm.tsx'
import { ActionList } from './ActionList.tsx'
import { AnswerForm } from './AnswerForm.tsx'
import { BarrierForm } from './BarrierForm.tsx'
import { CandidateForm } from './CandidateForm.tsx'

/** What can be done about a gap, in the order in which it is offered. */
const steps = ['answer', 'barrier', 'action', 'keyResult'] as const
type Step = (typeof steps)[number]

/** What one form about a gap needs. */
export type GapFormProps = {
  gap: GapItem
  entry: PageProps['entry']
  onCancel: () => void
  /** Saved; the text says by whom. */
  onSaved: (text: string) => void
}

/** Gaps, and what is done about them: a first response, a cause, an action, a key result. */
export function GapsPage({ entry, onDone, subject }: PageProps) {
  const view = useBoard()
  const { board, t } = view
  const [chosen, setChosen] = useState<string | null>(subject)
  const [step, setStep] = useState<Step | null>(null)
  const [list, setList] = useState(false)
  const gap = board.gaps?.items.find(({ kpi }) => kpi === chosen)
  if (board.gaps === null) return <p className="touch-empty">{t('notSetUp')}</p>
  if (list) return <ActionList entry={entry} onDone={onDone} onBack={() => setList(false)} />
  if (gap === undefined) return <GapList onChoose={setChosen} onActions={() => setList(true)} />
  const back = () => {
    entry.clear()
    setStep(null)
  }
  const form: GapFormProps = {
    gap,
    entry,
    onCancel: back,
    onSaved: (text) => {
      onDone(text)
      back()
    },
  }
  switch (step) {
    case 'answer':
      return <AnswerForm {...form} />
    case 'barrier':
      return <BarrierForm {...form} />
    case 'action':
      return (
        <ActionForm
          {...form}
          about={{ kpi: gap.kpi, owner: gap.owner, fact: `${gap.name}: ${gapWords(gap, view)}` }}
        />
      )
    case 'keyResult':
      return <CandidateForm {...form} />
    case null:
      return <OneGap gap={gap} onStep={setStep} onBack={() => setChosen(null)} />
  }
}

function GapList({ onChoose, onActions }: { onChoose: (kpi: string) => void; onActions: () => void }) {
  const view = useBoard()
  const { board, format, t, trust } = view
  const items = board.gaps?.items ?? []
  return (
    <>
      {items.length === 0 && (
        <p className="touch-empty">
          <Shape status="ok" size="5rem" />
          {t('gap.none')}
        </p>
      )}
      <div className="key-list gap-list">
        {items.map((item) => (
          <TouchButton
            key={item.kpi}
            onTap={() => onChoose(item.kpi)}
            className="key-choice gap-choice"
            testId={`gap-${item.kpi}`}
          >
            <Shape status={gapStatus(item, trust)} size="5rem" />
            <span className="gap-choice-words">
              <Fit text={item.name} floor={0.8} />
              <Fit className="touch-label" text={gapWords(item, view)} floor={0.7} maxLines={2} />
            </span>
            <Fit
              className="key-choice-value"
              text={format.amount(item.level, item.decimals, item.unit)}
              floor={0.6}
            />
          </TouchButton>
        ))}
      </div>
      <TouchButton onTap={onActions} className="confirm" testId="all-actions">
        {board.actions === null || board.actions.open === 0
          ? t('noActions')
          : t('gap.openActions', { count: board.actions.open })}
      </TouchButton>
    </>
  )
}

function OneGap(props: { gap: GapItem; onStep: (step: Step) => void; onBack: () => void }) {
  const { gap, onStep, onBack } = props
  const view = useBoard()
  const { t, trust } = view
  return (
    <>
      <div className="gap-facts">
        <Shape status={gapStatus(gap, trust)} size="7rem" />
        <div>
          <Fit className="touch-title" text={gap.name} floor={0.7} />
          <Fit className="gap-sentence" text={gapWords(gap, view)} floor={0.7} maxLines={2} />
          <Fit className="touch-label" text={gapNote(gap, view)} floor={0.7} />
        </div>
      </div>
      {gap.red !== null && gap.red.firstResponse !== '' && (
        <p className="touch-label">
          {t('gapPage.protocol', { who: gap.red.who, what: gap.red.firstResponse })}
        </p>
      )}
      <div className="choices few">
        {steps.map((step) => (
          <TouchButton
            key={step}
            onTap={() => onStep(step)}
            disabled={step === 'keyResult' && gap.keyResult !== null}
            testId={`step-${step}`}
          >
            <Fit text={t(`gapPage.${step}`)} floor={0.6} maxLines={2} />
          </TouchButton>
        ))}
      </div>
      <TouchButton onTap={onBack} className="confirm">
        {t('gapPage.back')}
      </TouchButton>
    </>
  )
}
