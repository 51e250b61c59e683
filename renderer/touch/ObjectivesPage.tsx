import { useCallback, useEffect, useState } from 'react'
import type { StoredKeyResult, StoredObjective } from '../../shared/domain/okr/stored.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { keyResultLook, keyResultText } from '../key-results/look.ts'
import { Shape } from '../widgets/Shape.tsx'
import { CloseForm } from './objectives/CloseForm.tsx'
import { KeyResultForm } from './objectives/KeyResultForm.tsx'
import { KeyResultPanel } from './objectives/KeyResultPanel.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

type Step = { kind: 'list' } | { kind: 'keyResult'; id: string } | { kind: 'new' } | { kind: 'close' }

/** The running objective of the line: its key results, new ones, and the end of the cycle. */
export function ObjectivesPage({ entry, onDone }: PageProps) {
  const { board, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [known, setKnown] = useState<readonly StoredObjective[] | null>(null)
  const [step, setStep] = useState<Step>({ kind: 'list' })
  const load = useCallback(async () => {
    const answer = await send('okrs', { lineId })
    if (answer) setKnown(answer.objectives.filter((one) => one.lineId === lineId && one.ended === null))
  }, [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])
  if (known === null) return <p className="touch-empty">{entry.failure ? '' : t('touch.loading')}</p>
  const done = async (words: string) => {
    onDone(words)
    setStep({ kind: 'list' })
    await load()
  }
  const back = () => {
    entry.clear()
    setStep({ kind: 'list' })
  }
  const form = { entry, onSaved: (words: string) => void done(words), onCancel: back }
  const shown = known.find(({ id }) => id === board.keyResults.objective?.id) ?? known[0] ?? null
  if (step.kind === 'new') return <KeyResultForm {...form} objective={shown} />
  if (step.kind === 'close' && shown) return <CloseForm {...form} objective={shown} />
  if (step.kind === 'keyResult') {
    const objective = known.find((one) => one.keyResults.some(({ id }) => id === step.id))
    const keyResult = objective?.keyResults.find(({ id }) => id === step.id)
    if (objective && keyResult)
      return <KeyResultPanel {...form} objective={objective} keyResult={keyResult} />
  }
  const running = known.flatMap((one) => one.keyResults.filter(({ ended }) => ended === null))
  return (
    <>
      <p className="touch-label">{shown?.title ?? t('noKeyResults')}</p>
      <div className="key-list">
        {running.slice(0, 5).map((one) => (
          <Row key={one.id} keyResult={one} onOpen={() => setStep({ kind: 'keyResult', id: one.id })} />
        ))}
      </div>
      <div className="two-buttons">
        <TouchButton onTap={() => setStep({ kind: 'close' })} disabled={shown === null} testId="okr-close">
          {t('okr.close')}
        </TouchButton>
        <TouchButton kind="main" className="confirm" onTap={() => setStep({ kind: 'new' })} testId="okr-new">
          {t('okr.newKeyResult')}
        </TouchButton>
      </div>
    </>
  )
}

function Row({ keyResult, onOpen }: { keyResult: StoredKeyResult; onOpen: () => void }) {
  const view = useBoard()
  const { t } = view
  const item = view.board.keyResults.items.find(({ id }) => id === keyResult.id)
  const look = item ? keyResultLook(item, view) : null
  const goal = item ? keyResultText(item, item.target, view.format) : String(keyResult.target)
  const held = item?.held.proposal ? t('okr.lockIn') : goal
  return (
    <TouchButton onTap={onOpen} className="key-choice" testId={`okr-${keyResult.id}`}>
      <Shape status={look?.status ?? 'none'} size="5rem" />
      <Fit text={keyResult.name} floor={0.8} />
      <span className="key-choice-value">
        {item && look?.value != null ? keyResultText(item, look.value, view.format) : ''}
      </span>
      <span className="key-choice-word">{held}</span>
    </TouchButton>
  )
}
