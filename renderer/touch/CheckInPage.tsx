import { useState } from 'react'
import type { CallMessage } from '../../shared/contract/protocol.ts'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { keyResultLook, keyResultText } from '../key-results/look.ts'
import { Shape } from '../widgets/Shape.tsx'
import { CheckInForm } from './CheckInForm.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

export type CheckInDraft = Omit<CallMessage<'checkIn'>, 'pin'>

/** The weekly walk through everything that was due when it began. */
type Round = { ids: readonly string[]; index: number; saved: number }

/** Key results on one page of the list; more take turns. */
const rows = 5

/** Check-ins: of one key result that is chosen, or one after the other of all that are due. */
export function CheckInPage({ entry, onDone, subject }: PageProps) {
  const { board, t } = useBoard()
  const { items } = board.keyResults
  const [chosen, setChosen] = useState<string | null>(subject)
  const [round, setRound] = useState<Round | null>(null)
  const id = round === null ? chosen : round.ids[round.index]
  const item = items.find((one) => one.id === id)
  if (items.length === 0) return <p className="touch-empty">{t('noKeyResults')}</p>
  const leave = () => {
    entry.clear()
    setChosen(null)
    setRound(null)
  }
  const next = (saved: number) => {
    entry.clear()
    setRound((now) => now && { ...now, index: now.index + 1, saved: now.saved + saved })
  }
  if (round !== null && item === undefined)
    return <RoundDone round={round} onSkip={() => next(0)} onLeave={leave} />
  if (item === undefined)
    return <KeyResultList onChoose={setChosen} onRound={(ids) => setRound({ ids, index: 0, saved: 0 })} />
  const save = async (draft: CheckInDraft) => {
    const saved = await entry.send('checkIn', draft)
    if (!saved) return
    onDone(t('touch.saved', { by: saved.by }))
    if (round === null) leave()
    else next(1)
  }
  return (
    <CheckInForm
      key={item.id}
      item={item}
      busy={entry.busy}
      step={round && { index: round.index + 1, count: round.ids.length }}
      onCancel={leave}
      onSkip={round === null ? undefined : () => next(0)}
      onReady={(draft) => void save(draft)}
    />
  )
}

/** The end of the round; one that ended meanwhile (somebody closed it) is passed over. */
function RoundDone(props: { round: Round; onSkip: () => void; onLeave: () => void }) {
  const { t } = useBoard()
  const { round, onSkip, onLeave } = props
  const { saved, ids, index } = round
  const over = index >= ids.length
  return (
    <>
      <p className="touch-empty" data-testid="round-done" data-value={saved}>
        <Shape status="ok" size="5rem" />
        {over ? t('okr.roundDone', { saved, skipped: ids.length - saved }) : t('noKeyResults')}
      </p>
      <TouchButton kind="main" className="confirm" onTap={over ? onLeave : onSkip} testId="round-leave">
        {over ? t('touch.ok') : t('touch.skip')}
      </TouchButton>
    </>
  )
}

function KeyResultList(props: { onChoose: (id: string) => void; onRound: (ids: readonly string[]) => void }) {
  const { onChoose, onRound } = props
  const { board, t } = useBoard()
  const { items } = board.keyResults
  const [page, setPage] = useState(0)
  const due = items.filter(({ checkInDue }) => checkInDue !== 'no').map(({ id }) => id)
  const pages = Math.ceil(items.length / rows)
  const from = (page % pages) * rows
  return (
    <>
      <p className="touch-label">{t('touch.pickKeyResult')}</p>
      <div className="key-list">
        {items.slice(from, from + rows).map((item) => (
          <KeyResultChoice key={item.id} item={item} onChoose={onChoose} />
        ))}
      </div>
      <div className="two-buttons">
        <TouchButton className="side" onTap={() => setPage(page + 1)} disabled={pages < 2}>
          {t('touch.moreReasons')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={due.length === 0}
          onTap={() => onRound(due)}
          testId="round"
        >
          {due.length === 0 ? t('okr.allCheckedIn') : t('okr.round', { count: due.length })}
        </TouchButton>
      </div>
    </>
  )
}

function KeyResultChoice({ item, onChoose }: { item: KeyResultView; onChoose: (id: string) => void }) {
  const view = useBoard()
  const { t } = view
  const look = keyResultLook(item, view)
  const value = look.value === null ? '' : keyResultText(item, look.value, view.format)
  return (
    <TouchButton onTap={() => onChoose(item.id)} className="key-choice">
      <Shape status={look.status} size="5rem" />
      <Fit text={item.name} floor={0.8} />
      <Fit className="key-choice-value" text={value} floor={0.6} />
      <Fit
        className="key-choice-word"
        text={item.checkInDue === 'no' ? look.word : t('touch.checkInDue')}
        floor={0.7}
      />
    </TouchButton>
  )
}
