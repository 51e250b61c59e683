import { useState } from 'react'
import type { KeyResultView, Milestone } from '../../shared/domain/key-results.ts'
import { dayNumber, instantOf } from '../../shared/domain/local-time.ts'
import { milestoneValue } from '../../shared/domain/okr/stored.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { isByHand, keyResultLook, keyResultNumber, keyResultText } from '../key-results/look.ts'
import { ageWords } from '../screens/result/result-words.ts'
import { NotchBar } from '../widgets/NotchBar.tsx'
import type { CheckInDraft } from './CheckInPage.tsx'
import { useToday } from './daily/use-today.ts'
import { FormButtons } from './FormButtons.tsx'
import { NumberPad } from './NumberPad.tsx'
import { isDate } from './objectives/dates.ts'
import { TextField } from './objectives/TextField.tsx'
import { TouchButton } from './TouchButton.tsx'

/** A value further from the baseline than this many spans (target - baseline) is asked about. */
const plausibleSpans = 2
const longestSentence = 200

const confidences = ['yes', 'unsure', 'no'] as const
const sentences = ['trial', 'parts', 'works', 'help'] as const

type Props = {
  item: KeyResultView
  busy: boolean
  /** Where the round stands, from 1; null: no round. */
  step: { index: number; count: number } | null
  onCancel: () => void
  onSkip?: (() => void) | undefined
  onReady: (draft: CheckInDraft) => void
}

/** Value (typed, from the line, or of milestones), confidence, a sentence and what stands in the way if wanted. */
export function CheckInForm({ item, busy, step, onCancel, onSkip, onReady }: Props) {
  const view = useBoard()
  const { t } = view
  const { source } = item
  const look = keyResultLook(item, view)
  const [typed, setTyped] = useState('')
  const [done, setDone] = useState<readonly number[]>(item.doneMilestones)
  const [confidence, setConfidence] = useState<CheckInDraft['confidence'] | null>(null)
  const [sentence, setSentence] = useState('')
  const [obstacles, setObstacles] = useState('')
  const [sure, setSure] = useState(false)
  const [day, setDay] = useState('')
  const today = useToday()
  const manual = source.kind === 'manual'
  const value = manual && typed !== '' ? Number(typed) : null
  const number = (v: number) => keyResultText(item, v, view.format)
  const near = look.progress?.shouldBe ?? item.baseline
  const odd =
    value !== null && Math.abs(value - item.baseline) > plausibleSpans * Math.abs(item.target - item.baseline)
  const said = isByHand(item)
  const rightDay = day.trim() === '' || (isDate(day.trim()) && day.trim() <= today)
  const missing =
    manual && value === null
      ? t('touch.typeValue')
      : !rightDay
        ? t('okr.mistake.day', { example: today })
        : confidence === null
          ? t('touch.chooseSure')
          : null
  const reached = source.kind === 'milestones' ? milestoneValue(source.milestones, new Set(done)) : look.value
  const shown = manual ? value : reached
  const press = () => {
    if (missing || confidence === null) return
    if (odd && !sure) return setSure(true)
    const words = { confidence, sentence, obstacles }
    const milestones = source.kind === 'milestones' ? { milestones: [...done].sort((a, b) => a - b) } : {}
    const late = lateMs(day.trim(), today, view.board.site.timeZone)
    onReady({ keyResultId: item.id, value, ...words, ...milestones, ...(late !== null && { forMs: late }) })
  }
  return (
    <>
      <div className="stop-facts">
        {step && (
          <span data-testid="round-step" data-value={step.index}>
            {t('okr.roundOf', step)}
          </span>
        )}
        <b>{item.name}</b>
        {look.value !== null && <span>{t('touch.lastValue', { value: number(look.value) })}</span>}
        <span className="push">{t('touch.shouldBe', { value: number(near) })}</span>
      </div>
      <div className="check-in">
        <div className="check-in-value">
          {manual && (
            <NumberPad
              value={typed}
              onChange={(next) => (setSure(false), setTyped(next))}
              label={t('touch.newValue')}
              unit={item.unit}
            />
          )}
          {source.kind === 'milestones' && (
            <Milestones milestones={source.milestones} done={done} onChange={setDone} />
          )}
          {!said && (
            <div className="from-line">
              <p className="touch-timer">
                {look.value === null ? t('state.nodata') : keyResultNumber(item, look.value, view.format)}
              </p>
              <NotchBar fill={look.progress?.progress ?? null} notch={look.progress?.expected ?? null} />
              <p className="touch-label">
                {item.valueAtMs === null
                  ? ''
                  : source.kind === 'values'
                    ? ageWords(item, view)
                    : t('touch.fromLine', { time: view.format.clockOrDay(item.valueAtMs, view.nowMs) })}
              </p>
            </div>
          )}
        </div>
        <div className="check-in-words">
          <p className="touch-label">{t('touch.howSure')}</p>
          <div className="three">
            {confidences.map((id) => (
              <TouchButton
                key={id}
                kind={confidence === id ? 'chosen' : 'plain'}
                onTap={() => setConfidence(id)}
                testId={`sure-${id}`}
              >
                {t(`touch.${id}`)}
              </TouchButton>
            ))}
          </div>
          <div className={said ? 'okr-texts three-wide' : 'okr-texts'}>
            <div>
              <TextField
                id="sentence"
                label={t('touch.sentence')}
                value={sentence}
                max={longestSentence}
                onChange={setSentence}
              />
            </div>
            <div>
              <TextField
                id="obstacles"
                label={t('okr.obstacles')}
                value={obstacles}
                max={longestSentence}
                onChange={setObstacles}
              />
            </div>
            {said && (
              <div>
                <TextField
                  id="of-day"
                  label={t('okr.ofDay')}
                  value={day}
                  max={10}
                  placeholder={today}
                  onChange={setDay}
                />
              </div>
            )}
          </div>
          <div className="chips">
            {sentences
              .map((key) => t(`touch.sentences.${key}`))
              .map((text) => (
                <TouchButton
                  key={text}
                  kind={sentence === text ? 'chosen' : 'plain'}
                  onTap={() => setSentence(sentence === text ? '' : text)}
                >
                  <Fit text={text} floor={0.7} />
                </TouchButton>
              ))}
          </div>
        </div>
      </div>
      {odd && sure && (
        <p className="touch-alert" role="alert">
          {t('touch.implausible', { value: number(value), near: number(near) })}
        </p>
      )}
      <FormButtons
        text={
          odd && sure
            ? t('touch.saveAnyway', { value: number(value) })
            : t('touch.save', { value: shown === null ? '' : number(shown) })
        }
        missing={missing}
        busy={busy}
        onCancel={onCancel}
        onSkip={onSkip}
        onSave={press}
      />
    </>
  )
}

/** The last instant of an earlier day, so that it stands after what was entered on that day; null: it is of now. */
function lateMs(day: string, today: string, timeZone: string): number | null {
  return day === '' || day === today ? null : instantOf(timeZone, dayNumber(day) + 1, 0) - 1
}

/** The parts of the way, each to be ticked. */
function Milestones(props: {
  milestones: readonly Milestone[]
  done: readonly number[]
  onChange: (done: readonly number[]) => void
}) {
  const { t } = useBoard()
  const { milestones, done, onChange } = props
  return (
    <>
      <p className="touch-label">{t('okr.doneOf', { done: done.length, total: milestones.length })}</p>
      <div className="chips">
        {milestones.map(({ name }, position) => (
          <TouchButton
            key={position}
            kind={done.includes(position) ? 'chosen' : 'plain'}
            testId={`milestone-${position}`}
            onTap={() =>
              onChange(done.includes(position) ? done.filter((one) => one !== position) : [...done, position])
            }
          >
            <Fit text={name} floor={0.6} maxLines={2} />
          </TouchButton>
        ))}
      </div>
    </>
  )
}
