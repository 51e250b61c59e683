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

/** Check-in of one key result: choose it, say value and confidence, sign with the PIN. */
export function CheckInPage({ entry, onDone }: PageProps) {
  const { board, t } = useBoard()
  const [chosen, setChosen] = useState<string | null>(null)
  const item = board.keyResults.items.find(({ id }) => id === chosen)
  if (board.keyResults.items.length === 0) return <p className="touch-empty">{t('noKeyResults')}</p>
  if (!item) return <KeyResultList onChoose={setChosen} />
  const leave = () => {
    entry.clear()
    setChosen(null)
  }
  const save = async (draft: CheckInDraft) => {
    const saved = await entry.send('checkIn', draft)
    if (!saved) return
    onDone(t('touch.saved', { by: saved.by }))
    leave()
  }
  return <CheckInForm item={item} onCancel={leave} onReady={(draft) => void save(draft)} />
}

function KeyResultList({ onChoose }: { onChoose: (id: string) => void }) {
  const view = useBoard()
  const { t } = view
  return (
    <>
      <p className="touch-label">{t('touch.pickKeyResult')}</p>
      <div className="key-list">
        {view.board.keyResults.items.map((item) => (
          <KeyResultChoice key={item.id} item={item} onChoose={onChoose} />
        ))}
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
    <TouchButton onTap={() => onChoose(item.id)} className="key-choice" label={item.name}>
      <Shape status={look.status} size="5rem" />
      <Fit text={item.name} floor={0.8} />
      <span className="key-choice-value">{value}</span>
      <span className="key-choice-word">{item.checkInDue === 'no' ? look.word : t('touch.checkInDue')}</span>
    </TouchButton>
  )
}
