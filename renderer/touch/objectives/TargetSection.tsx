import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { keyResultText } from '../../key-results/look.ts'
import { NumberPad } from '../NumberPad.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { isDate } from './dates.ts'
import type { KeyResultPanelProps } from './KeyResultPanel.tsx'
import { TextField } from './TextField.tsx'

/** The target: another one with a reason, the line's counter-proposal and its answer, locking in, and the end. */
export function TargetSection({
  entry,
  known,
  objective,
  keyResult,
  onSaved,
  onCancel,
}: KeyResultPanelProps) {
  const { format, t } = useBoard()
  const [typed, setTyped] = useState('')
  const [why, setWhy] = useState('')
  const [due, setDue] = useState(keyResult.due ?? '')
  const item = known.views.get(keyResult.id)
  const held = item?.held.proposal ?? null
  const counter = item?.proposal ?? null
  const text = (value: number) => (item ? keyResultText(item, value, format) : String(value))
  const about = { keyResultId: keyResult.id, version: objective.version }
  const { baseline } = keyResult
  const target = typed === '' ? keyResult.target : Number(typed)
  const reason = why.trim()
  const saved = (answer: { by: string } | null) => {
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  const lockIn = async () => {
    if (held === null) return
    const { target: goal, lower, upper } = held
    const normal = { baseline: held.baseline, target: goal, lower, upper }
    saved(await entry.send('lockIn', { ...about, ...normal, lesson: reason || null }))
  }
  const date = due.trim() || null
  const change = async () =>
    saved(await entry.send('changeTarget', { ...about, baseline, target, due: date, reason }))
  const propose = async () =>
    saved(await entry.send('proposeTarget', { keyResultId: keyResult.id, target, due: date, reason }))
  const answer = async (accept: boolean) => {
    if (counter === null) return
    const { version } = objective
    saved(await entry.send('answerProposal', { proposalId: counter.id, version, accept, reason }))
  }
  const archive = async () => saved(await entry.send('archiveKeyResult', { ...about, reason }))
  const blocked = reason === '' || entry.busy
  const noChange =
    blocked ||
    target === baseline ||
    !isDate(due.trim()) ||
    (target === keyResult.target && date === keyResult.due)
  return (
    <>
      <div className="check-in">
        <div className="check-in-value">
          <NumberPad value={typed} onChange={setTyped} label={t('okr.goal')} unit={keyResult.unit} />
        </div>
        <div className="check-in-words">
          <Fit
            className="okr-title"
            floor={0.7}
            text={`${keyResult.name}: ${t('touch.fromTo', { from: text(baseline), to: text(keyResult.target) })}`}
          />
          {counter && (
            <Fit
              className="okr-counter"
              testId="okr-counter"
              raw={counter.target}
              floor={0.95}
              maxLines={3}
              text={t('okr.proposes', {
                by: counter.by,
                value: text(counter.target),
                reason: counter.reason,
              })}
            />
          )}
          {held && !counter && (
            <>
              <Fit
                className="touch-label"
                floor={0.7}
                maxLines={2}
                text={`${t('okr.held', { count: item?.held.inRow ?? 0 })}. ${t('okr.normal', {
                  value: text(held.baseline),
                  lower: text(held.lower),
                  upper: text(held.upper),
                })}`}
              />
              <TouchButton kind="main" onTap={() => void lockIn()} disabled={entry.busy} testId="okr-lock-in">
                {t('okr.lockIn')}
              </TouchButton>
            </>
          )}
          <div className="okr-texts">
            <div>
              <TextField id="okr-why" label={t('okr.why')} value={why} max={200} onChange={setWhy} />
            </div>
            <div>
              <TextField
                id="okr-due"
                label={t('okr.due')}
                value={due}
                max={10}
                placeholder={objective.cycle.endDate}
                onChange={setDue}
              />
            </div>
          </div>
          <div className="okr-answers">
            {counter ? (
              <>
                <TouchButton onTap={() => void answer(true)} disabled={blocked} testId="okr-accept">
                  <Fit text={t('okr.accept')} floor={0.7} />
                </TouchButton>
                <TouchButton onTap={() => void answer(false)} disabled={blocked} testId="okr-keep">
                  <Fit text={t('okr.keep')} floor={0.7} />
                </TouchButton>
              </>
            ) : (
              <>
                <TouchButton onTap={() => void change()} disabled={noChange} testId="okr-change">
                  <Fit text={t('okr.change')} floor={0.7} />
                </TouchButton>
                <TouchButton
                  onTap={() => void propose()}
                  disabled={noChange || target === keyResult.target}
                  testId="okr-propose"
                >
                  <Fit text={t('okr.counter')} floor={0.7} />
                </TouchButton>
              </>
            )}
          </div>
        </div>
      </div>
      <div className="two-buttons okr-ends">
        <TouchButton onTap={onCancel} className="side" testId="cancel">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton onTap={() => void archive()} disabled={blocked} testId="okr-archive" className="side">
          {t('okr.archive')}
        </TouchButton>
      </div>
    </>
  )
}
