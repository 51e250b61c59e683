import { useState } from 'react'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { en } from '../i18n/en.ts'
import { keyResultLook, keyResultNumber, keyResultText } from '../key-results/look.ts'
import { NotchBar } from '../widgets/NotchBar.tsx'
import type { CheckInDraft } from './CheckInPage.tsx'
import { NumberPad } from './NumberPad.tsx'
import { TouchButton } from './TouchButton.tsx'

const words = en.touch
/** A value further from the baseline than this many spans (target - baseline) is asked about. */
const plausibleSpans = 2
const longestSentence = 200

const confidences = [
  { id: 'yes', name: words.yes },
  { id: 'unsure', name: words.unsure },
  { id: 'no', name: words.no },
] as const

type Props = {
  item: KeyResultView
  /** What was entered before, when coming back from the PIN. */
  draft: CheckInDraft | null
  onCancel: () => void
  onReady: (draft: CheckInDraft) => void
}

/** Value (typed, or from the line), confidence, a sentence if wanted. */
export function CheckInForm({ item, draft, onCancel, onReady }: Props) {
  const view = useBoard()
  const manual = item.source.kind === 'manual'
  const look = keyResultLook(item, view)
  const [typed, setTyped] = useState(draft?.value == null ? '' : String(draft.value))
  const [confidence, setConfidence] = useState<CheckInDraft['confidence'] | null>(draft?.confidence ?? null)
  const [sentence, setSentence] = useState(draft?.sentence ?? '')
  const [sure, setSure] = useState(false)
  const value = manual ? (typed === '' ? null : Number(typed)) : null
  const number = (v: number) => keyResultText(item, v, view.format)
  const near = look.progress?.shouldBe ?? item.baseline
  const odd =
    value !== null && Math.abs(value - item.baseline) > plausibleSpans * Math.abs(item.target - item.baseline)
  const missing = manual && value === null ? words.typeValue : confidence === null ? words.chooseSure : null
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
        {look.value !== null && <span>{words.lastValue(number(look.value))}</span>}
        <span className="push">{words.shouldBe(number(near))}</span>
      </div>
      <div className="check-in">
        <div className="check-in-value">
          {manual ? (
            <NumberPad
              value={typed}
              onChange={(next) => (setSure(false), setTyped(next))}
              label={words.newValue}
              unit={item.unit}
            />
          ) : (
            <div className="from-line">
              <p className="touch-timer">
                {look.value === null ? en.state.nodata : keyResultNumber(item, look.value, view.format)}
              </p>
              <NotchBar fill={look.progress?.progress ?? null} notch={look.progress?.expected ?? null} />
              <p className="touch-label">
                {item.valueAtMs === null
                  ? ''
                  : words.fromLine(view.format.clockOrDay(item.valueAtMs, view.nowMs))}
              </p>
            </div>
          )}
        </div>
        <div className="check-in-words">
          <p className="touch-label">{words.howSure}</p>
          <div className="three">
            {confidences.map(({ id, name }) => (
              <TouchButton
                key={id}
                kind={confidence === id ? 'chosen' : 'plain'}
                onTap={() => setConfidence(id)}
              >
                {name}
              </TouchButton>
            ))}
          </div>
          <label className="touch-label" htmlFor="sentence">
            {words.sentence}
          </label>
          <input
            id="sentence"
            className="sentence"
            value={sentence}
            maxLength={longestSentence}
            onChange={(event) => setSentence(event.target.value)}
          />
          <div className="chips">
            {words.sentences.map((text) => (
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
          {words.implausible(number(value), number(near))}
        </p>
      )}
      <div className="two-buttons">
        <TouchButton onTap={onCancel} className="side">
          {words.cancel}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={missing !== null}
          onTap={press}
          testId="confirm"
        >
          {missing ??
            (odd && sure ? words.saveAnyway(number(value)) : words.save(shown === null ? '' : number(shown)))}
        </TouchButton>
      </div>
    </>
  )
}
