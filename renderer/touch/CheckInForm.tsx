import { useState } from 'react'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { keyResultLook, keyResultNumber, keyResultText } from '../key-results/look.ts'
import { NotchBar } from '../widgets/NotchBar.tsx'
import type { CheckInDraft } from './CheckInPage.tsx'
import { NumberPad } from './NumberPad.tsx'
import { TouchButton } from './TouchButton.tsx'

/** A value further from the baseline than this many spans (target - baseline) is asked about. */
const plausibleSpans = 2
const longestSentence = 200

const confidences = ['yes', 'unsure', 'no'] as const
const sentences = ['trial', 'parts', 'works', 'help'] as const

type Props = {
  item: KeyResultView
  onCancel: () => void
  onReady: (draft: CheckInDraft) => void
}

/** Value (typed, or from the line), confidence, a sentence if wanted. */
export function CheckInForm({ item, onCancel, onReady }: Props) {
  const view = useBoard()
  const { t } = view
  const manual = item.source.kind === 'manual'
  const look = keyResultLook(item, view)
  const [typed, setTyped] = useState('')
  const [confidence, setConfidence] = useState<CheckInDraft['confidence'] | null>(null)
  const [sentence, setSentence] = useState('')
  const [sure, setSure] = useState(false)
  const value = manual ? (typed === '' ? null : Number(typed)) : null
  const number = (v: number) => keyResultText(item, v, view.format)
  const near = look.progress?.shouldBe ?? item.baseline
  const odd =
    value !== null && Math.abs(value - item.baseline) > plausibleSpans * Math.abs(item.target - item.baseline)
  const missing =
    manual && value === null ? t('touch.typeValue') : confidence === null ? t('touch.chooseSure') : null
  const shown = manual ? value : look.value
  const press = () => {
    if (missing || confidence === null) return
    if (odd && !sure) return setSure(true)
    onReady({ keyResultId: item.id, value, confidence, sentence })
  }
  return (
    <>
      <div className="stop-facts">
        <b>{item.name}</b>
        {look.value !== null && <span>{t('touch.lastValue', { value: number(look.value) })}</span>}
        <span className="push">{t('touch.shouldBe', { value: number(near) })}</span>
      </div>
      <div className="check-in">
        <div className="check-in-value">
          {manual ? (
            <NumberPad
              value={typed}
              onChange={(next) => (setSure(false), setTyped(next))}
              label={t('touch.newValue')}
              unit={item.unit}
            />
          ) : (
            <div className="from-line">
              <p className="touch-timer">
                {look.value === null ? t('state.nodata') : keyResultNumber(item, look.value, view.format)}
              </p>
              <NotchBar fill={look.progress?.progress ?? null} notch={look.progress?.expected ?? null} />
              <p className="touch-label">
                {item.valueAtMs === null
                  ? ''
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
              >
                {t(`touch.${id}`)}
              </TouchButton>
            ))}
          </div>
          <label className="touch-label" htmlFor="sentence">
            {t('touch.sentence')}
          </label>
          <input
            id="sentence"
            className="sentence"
            value={sentence}
            maxLength={longestSentence}
            onChange={(event) => setSentence(event.target.value)}
          />
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
      <div className="two-buttons">
        <TouchButton onTap={onCancel} className="side">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={missing !== null}
          onTap={press}
          testId="confirm"
        >
          {missing ??
            (odd && sure
              ? t('touch.saveAnyway', { value: number(value) })
              : t('touch.save', { value: shown === null ? '' : number(shown) }))}
        </TouchButton>
      </div>
    </>
  )
}
