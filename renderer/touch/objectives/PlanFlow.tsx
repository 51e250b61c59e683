import { useState } from 'react'
import type { GapItem } from '../../../shared/contract/board-team.ts'
import type { Cycle } from '../../../shared/domain/key-results.ts'
import { dayNumber, localDateAt } from '../../../shared/domain/local-time.ts'
import { maxObjectives } from '../../../shared/domain/okr/lint.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { gapNote, gapStatus, gapWords } from '../../screens/gaps/gap-words.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { useCycles } from './CycleChoice.tsx'
import type { OkrFormProps } from './form-props.ts'
import { PlanGapForm } from './PlanGapForm.tsx'

/** Gaps that one planning takes on: who wants to close all of them closes none. */
export const mostChosen = 2
/** The next quarter is planned when the running one ends so soon. Days. */
const planAheadDays = 31

/** Planning: the ranked gaps one after the other, one or two are chosen, each becomes a key result of the cycle. */
export function PlanFlow(props: OkrFormProps & { onReload: () => Promise<void>; onByHand: () => void }) {
  const { known, onCancel, onReload, onByHand } = props
  const { board, nowMs, t } = useBoard()
  const quarters = useCycles(null).slice(0, 2)
  const today = localDateAt(board.site.timeZone, nowMs)
  const [cycle, setCycle] = useState<Cycle>(() => {
    const left = dayNumber(quarters[0]!.endDate) - dayNumber(today)
    return left < planAheadDays ? quarters[1]! : quarters[0]!
  })
  const [gaps] = useState<readonly GapItem[]>(board.gaps?.items ?? [])
  const [index, setIndex] = useState(0)
  const [chosen, setChosen] = useState<readonly GapItem[]>([])
  const [made, setMade] = useState(0)
  const inCycle = known.open.filter(
    (one) => one.cycle.startDate <= cycle.endDate && cycle.startDate <= one.cycle.endDate,
  ).length
  const walked = index >= gaps.length || chosen.length >= mostChosen
  const making = walked ? chosen[made] : undefined
  if (making) {
    const next = async () => {
      setMade(made + 1)
      await onReload()
    }
    return (
      <PlanGapForm
        {...props}
        key={making.kpi}
        gap={making}
        cycle={cycle}
        step={{ index: made + 1, count: chosen.length }}
        full={inCycle >= maxObjectives}
        onSaved={() => void next()}
        onSkip={() => setMade(made + 1)}
      />
    )
  }
  const gap = walked ? undefined : gaps[index]
  if (gap === undefined) {
    return (
      <>
        <p className="touch-empty" data-testid="plan-done" data-value={inCycle}>
          <Shape status={inCycle > 0 ? 'ok' : 'none'} size="5rem" />
          {t('okr.planned', { cycle: cycle.name, count: inCycle, most: maxObjectives })}
        </p>
        <div className="two-buttons">
          <TouchButton onTap={onCancel} className="side" testId="cancel">
            {t('gapPage.back')}
          </TouchButton>
          <TouchButton
            className="confirm"
            disabled={inCycle >= maxObjectives}
            onTap={onByHand}
            testId="plan-by-hand"
          >
            {inCycle >= maxObjectives ? t('okr.full', { most: maxObjectives }) : t('okr.newObjective')}
          </TouchButton>
        </div>
      </>
    )
  }
  return (
    <>
      <div className="chips">
        {quarters.map((one) => (
          <TouchButton
            key={one.startDate}
            kind={one.startDate === cycle.startDate ? 'chosen' : 'plain'}
            onTap={() => setCycle(one)}
            testId={`plan-${one.startDate}`}
          >
            {t('okr.planFor', { cycle: one.name })}
          </TouchButton>
        ))}
      </div>
      <p className="touch-label" data-testid="plan-step" data-value={index + 1}>
        {t('okr.gapStep', { index: index + 1, count: gaps.length, chosen: chosen.length, most: mostChosen })}
      </p>
      <Gap gap={gap} />
      <div className="two-buttons with-skip">
        <TouchButton onTap={onCancel} className="side" testId="cancel">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton onTap={() => setIndex(index + 1)} className="side" testId="skip">
          {t('okr.notNow')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          testId="confirm"
          onTap={() => {
            setChosen([...chosen, gap])
            setIndex(index + 1)
          }}
        >
          {t('okr.choose')}
        </TouchButton>
      </div>
    </>
  )
}

function Gap({ gap }: { gap: GapItem }) {
  const view = useBoard()
  const { t } = view
  return (
    <div className="plan-gap" data-kpi={gap.kpi}>
      <div className="gap-facts">
        <Shape status={gapStatus(gap, view.trust)} size="7rem" />
        <div>
          <Fit className="touch-title" text={gap.name} floor={0.7} />
          <Fit className="gap-sentence" text={gapWords(gap, view)} floor={0.7} maxLines={2} />
          <Fit className="touch-label" text={gapNote(gap, view)} floor={0.7} />
          {gap.keyResult !== null && (
            <Fit className="touch-label" text={t('gap.keyResult', { name: gap.keyResult })} floor={0.7} />
          )}
        </div>
      </div>
    </div>
  )
}
