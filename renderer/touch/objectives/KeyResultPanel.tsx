import { useState } from 'react'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { keyResultText } from '../../key-results/look.ts'
import { NumberPad } from '../NumberPad.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'
import { TextField } from './TextField.tsx'

/** One key result: lock it in when it is held, give it another target with a reason, or archive it. */
export function KeyResultPanel(props: {
  entry: Entry
  objective: StoredObjective
  keyResult: StoredKeyResult
  onSaved: (words: string) => void
  onCancel: () => void
}) {
  const { entry, objective, keyResult, onSaved, onCancel } = props
  const { board, format, t } = useBoard()
  const [target, setTarget] = useState('')
  const [why, setWhy] = useState('')
  const item = board.keyResults.items.find(({ id }) => id === keyResult.id)
  const proposal = item?.held.proposal ?? null
  const text = (value: number) => (item ? keyResultText(item, value, format) : String(value))
  const about = { keyResultId: keyResult.id, version: objective.version }
  const saved = (answer: { by: string } | null) => {
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  const lockIn = async () => {
    if (proposal === null) return
    const { baseline, target: goal, lower, upper } = proposal
    const lesson = why.trim() || null
    saved(await entry.send('lockIn', { ...about, baseline, target: goal, lower, upper, lesson }))
  }
  const { baseline, due } = keyResult
  const change = async () => {
    const next = { baseline, target: Number(target), due, reason: why }
    saved(await entry.send('changeTarget', { ...about, ...next }))
  }
  const archive = async () => saved(await entry.send('archiveKeyResult', { ...about, reason: why }))
  const noReason = why.trim() === ''
  return (
    <>
      <div className="stop-facts">
        <b>{keyResult.name}</b>
        <span>
          {t('okr.start')} {text(baseline)}, {t('okr.goal')} {text(keyResult.target)}
        </span>
      </div>
      <div className="check-in">
        <div className="check-in-value">
          <NumberPad value={target} onChange={setTarget} label={t('okr.goal')} unit={keyResult.unit} />
        </div>
        <div className="check-in-words">
          {proposal && (
            <>
              <p className="touch-label">{t('okr.held', { count: item?.held.inRow ?? 0 })}</p>
              <p className="touch-label">
                {t('okr.normal', {
                  value: text(proposal.baseline),
                  lower: text(proposal.lower),
                  upper: text(proposal.upper),
                })}
              </p>
              <TouchButton kind="main" onTap={lockIn} disabled={entry.busy} testId="okr-lock-in">
                {t('okr.lockIn')}
              </TouchButton>
            </>
          )}
          <TextField id="okr-why" label={t('okr.why')} value={why} max={200} onChange={setWhy} />
          <div className="chips">
            <TouchButton
              onTap={change}
              disabled={noReason || target === '' || Number(target) === baseline || entry.busy}
              testId="okr-change"
            >
              {t('okr.change')}
            </TouchButton>
            <TouchButton onTap={archive} disabled={noReason || entry.busy} testId="okr-archive">
              {t('okr.archive')}
            </TouchButton>
          </div>
        </div>
      </div>
      <TouchButton onTap={onCancel}>{t('touch.cancel')}</TouchButton>
    </>
  )
}
