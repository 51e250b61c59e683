import { useState } from 'react'
import type { RaisedItem } from '../../../shared/contract/board-huddle.ts'
import { useBoard } from '../../board-view.tsx'
import { ActionForm } from '../gaps/ActionForm.tsx'
import { BarrierForm } from '../gaps/BarrierForm.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { PageProps } from '../pages.ts'
import { AnswerTierForm } from './AnswerTierForm.tsx'
import { HuddleIdle } from './HuddleIdle.tsx'
import { HuddleRemote } from './HuddleRemote.tsx'
import { RaiseForm } from './RaiseForm.tsx'
import { SignHoursForm } from './SignHoursForm.tsx'

/** What can be entered while a huddle is on. */
export const huddleForms = ['addAction', 'addBarrier', 'sign', 'raise'] as const
export type HuddleForm = (typeof huddleForms)[number]

/** What each form needs. */
export type HuddleFormProps = {
  entry: PageProps['entry']
  onCancel: () => void
  /** Saved; the text says what. */
  onSaved: (text: string) => void
}

/** The remote of the huddle on the TV, and what is entered on the spot; without one, its beginning. */
export function HuddlePage({ entry, onDone }: PageProps) {
  const { board } = useBoard()
  const [form, setForm] = useState<HuddleForm | null>(null)
  const [answering, setAnswering] = useState<RaisedItem | null>(null)
  const leave = () => {
    entry.clear()
    setForm(null)
    setAnswering(null)
  }
  const props: HuddleFormProps = {
    entry,
    onCancel: leave,
    onSaved: (text) => {
      onDone(text)
      leave()
    },
  }
  if (answering !== null) return <AnswerTierForm item={answering} {...props} />
  if (form === 'addAction') return <ActionForm about={null} {...props} />
  if (form === 'addBarrier') return <HuddleBarrier {...props} />
  if (form === 'sign') return <SignHoursForm {...props} />
  if (form === 'raise') return <RaiseForm {...props} />
  if (board.huddle.current === null)
    return (
      <HuddleIdle entry={entry} onDone={onDone} onAnswer={setAnswering} onRaise={() => setForm('raise')} />
    )
  return <HuddleRemote now={board.huddle.current} entry={entry} onDone={onDone} onForm={setForm} />
}

/** Which KPI it kept back, then the questions in their order. */
function HuddleBarrier(props: HuddleFormProps) {
  const { board, t } = useBoard()
  const [kpi, setKpi] = useState<string | null>(null)
  const kpis = board.kpis?.items ?? []
  if (kpi !== null) return <BarrierForm gap={{ kpi }} {...props} />
  if (kpis.length === 0) return <Nothing text={t('notSetUp')} onCancel={props.onCancel} />
  return (
    <>
      <p className="touch-title">{t('huddle.addBarrier')}</p>
      <ChoiceGrid choices={kpis.map(({ id, name }) => ({ id, name }))} chosen={null} onChoose={setKpi} />
      <FormButtons
        text={t('gapPage.save')}
        missing={t('gapPage.sayFirst')}
        busy={false}
        onCancel={props.onCancel}
        onSave={() => undefined}
      />
    </>
  )
}

/** A form that has nothing to enter. */
export function Nothing({ text, onCancel }: { text: string; onCancel: () => void }) {
  const { t } = useBoard()
  return (
    <>
      <p className="touch-empty">{text}</p>
      <FormButtons
        text={t('gapPage.save')}
        missing={text}
        busy={false}
        onCancel={onCancel}
        onSave={() => undefined}
      />
    </>
  )
}
