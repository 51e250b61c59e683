import { useState } from 'react'
import type { StoredKeyResult, StoredObjective } from '../../shared/domain/okr/stored.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { listed } from '../i18n/listed.ts'
import { keyResultLook, keyResultText } from '../key-results/look.ts'
import { Shape } from '../widgets/Shape.tsx'
import { CloseFlow } from './objectives/CloseFlow.tsx'
import { KeyResultForm } from './objectives/KeyResultForm.tsx'
import { KeyResultPanel } from './objectives/KeyResultPanel.tsx'
import { ObjectiveForm } from './objectives/ObjectiveForm.tsx'
import { ObjectivePanel } from './objectives/ObjectivePanel.tsx'
import { PastResults } from './objectives/PastResults.tsx'
import { PlanFlow } from './objectives/PlanFlow.tsx'
import { type Objectives, useObjectives } from './objectives/use-objectives.ts'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

type Step =
  'list' | 'past' | 'newKeyResult' | 'newObjective' | 'edit' | 'close' | 'plan' | { keyResult: string }

/** The line's objectives: their key results and fields, new ones, planning, and the end of the cycle. */
export function ObjectivesPage({ entry, onDone, subject }: PageProps) {
  const { board, t } = useBoard()
  const [known, load] = useObjectives(entry)
  const [step, setStep] = useState<Step | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  if (known === null) return <p className="touch-empty">{entry.failure ? '' : t('touch.loading')}</p>
  const { open, past } = known
  const byId = (id: string | null | undefined) => open.find((one) => one.id === id)
  const shown =
    byId(chosen) ?? holding(open, subject) ?? byId(board.keyResults.objectives[0]?.id) ?? open[0] ?? null
  const now = step ?? aimed(open, subject)
  const done = async (words: string) => {
    onDone(words)
    setStep('list')
    await load()
  }
  const back = () => {
    entry.clear()
    setStep('list')
  }
  const form = { entry, known, onSaved: (words: string) => void done(words), onCancel: back }
  if (now === 'newObjective') return <ObjectiveForm {...form} />
  if (now === 'plan') return <PlanFlow {...form} onReload={load} onByHand={() => setStep('newObjective')} />
  if (shown !== null) {
    if (now === 'newKeyResult') return <KeyResultForm {...form} objective={shown} />
    if (now === 'edit') return <ObjectivePanel {...form} objective={shown} />
    if (now === 'close') return <CloseFlow {...form} objective={shown} onReload={load} />
    const keyResult =
      typeof now === 'object' ? shown.keyResults.find(({ id }) => id === now.keyResult) : undefined
    if (keyResult) return <KeyResultPanel {...form} objective={shown} keyResult={keyResult} />
  }
  const running = shown?.keyResults.filter(({ ended }) => ended === null) ?? []
  const count = Math.max(1, open.length) + (past.length > 0 ? 1 : 0)
  const at = now === 'past' ? count - 1 : Math.max(0, open.indexOf(shown!))
  /** After the last of the objectives comes what has ended. */
  const turn = () => {
    const next = (at + 1) % count
    setStep(next === count - 1 && past.length > 0 ? 'past' : 'list')
    setChosen(open[next]?.id ?? null)
  }
  const turnButton = count > 1 && (
    <TouchButton onTap={turn} testId="okr-turn">
      {t('okr.roundOf', { index: at + 1, count })}
    </TouchButton>
  )
  if (now === 'past') {
    return (
      <>
        <div className="okr-head">
          <div>
            <Fit text={t('okr.past')} floor={0.7} className="okr-title" />
          </div>
          {turnButton}
        </div>
        <PastResults entry={entry} past={past} />
      </>
    )
  }
  return (
    <>
      <div className="okr-list">
        <div className="okr-head">
          <div>
            <Fit text={shown?.title ?? t('noKeyResults')} floor={0.7} className="okr-title" />
            <Fit
              className="touch-label"
              text={shown === null ? '' : listed([shown.cycle.name, shown.owner], t)}
              floor={0.7}
            />
          </div>
          {turnButton}
          {shown !== null && (
            <TouchButton onTap={() => setStep('edit')} testId="okr-edit">
              {t('okr.edit')}
            </TouchButton>
          )}
        </div>
        <div className="key-list">
          {running.map((one) => (
            <Row
              key={one.id}
              keyResult={one}
              known={known}
              onOpen={() => {
                setChosen(shown?.id ?? null)
                setStep({ keyResult: one.id })
              }}
            />
          ))}
        </div>
      </div>
      <div className="two-buttons with-skip">
        <TouchButton className="side" onTap={() => setStep('plan')} testId="okr-plan">
          <Fit text={t('okr.plan')} floor={0.6} maxLines={2} />
        </TouchButton>
        <TouchButton
          className="side"
          onTap={() => setStep('close')}
          disabled={shown === null}
          testId="okr-close"
        >
          <Fit text={t('okr.close')} floor={0.6} maxLines={2} />
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          onTap={() => setStep(shown === null ? 'newObjective' : 'newKeyResult')}
          testId="okr-new"
        >
          {shown === null ? t('okr.newObjective') : t('okr.newKeyResult')}
        </TouchButton>
      </div>
    </>
  )
}

function holding(open: readonly StoredObjective[], subject: string | null): StoredObjective | undefined {
  return open.find((one) => one.id === subject || one.keyResults.some(({ id }) => id === subject))
}

/** Whoever comes to mend an objective or a key result finds its form open. */
function aimed(open: readonly StoredObjective[], subject: string | null): Step {
  const found = holding(open, subject)
  if (subject === null || found === undefined) return 'list'
  return found.id === subject ? 'edit' : { keyResult: subject }
}

function Row(props: { keyResult: StoredKeyResult; known: Objectives; onOpen: () => void }) {
  const { keyResult, known, onOpen } = props
  const view = useBoard()
  const { t } = view
  const item = known.views.get(keyResult.id)
  const look = item ? keyResultLook(item, view) : null
  const goal = item ? keyResultText(item, item.target, view.format) : String(keyResult.target)
  const words = item?.proposal ? t('okr.counter') : item?.held.proposal ? t('okr.lockIn') : goal
  return (
    <TouchButton onTap={onOpen} className="key-choice" testId={`okr-${keyResult.id}`}>
      <Shape status={look?.status ?? 'none'} size="5rem" />
      <Fit text={keyResult.name} floor={0.8} />
      <Fit
        className="key-choice-value"
        text={item && look?.value != null ? keyResultText(item, look.value, view.format) : ''}
        floor={0.6}
      />
      <Fit className="key-choice-word" text={words} floor={0.7} />
    </TouchButton>
  )
}
