import { Delete } from 'lucide-react'
import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { TouchButton } from './TouchButton.tsx'
import type { Entry } from './use-entry.ts'

const shortest = 4
const longest = 6

/**
 * Who signs. Dots only; a wrong PIN is said in words, a lock-out counts down, and nothing else that was entered is lost.
 */
export function PinPad({ entry }: { entry: Entry }) {
  const { board, nowMs, t } = useBoard()
  const [pin, setPin] = useState('')
  const waitS = Math.max(0, Math.round((entry.retryAtMs - nowMs) / 1000))
  const locked = waitS > 0
  const send = async () => {
    const typed = pin
    setPin('')
    await entry.givePin(typed)
  }
  const cancel = () => {
    entry.clear()
    entry.signing.cancel()
  }
  const { demo, demoPin } = board.site
  return (
    <div className="pin-page">
      <div className="pin-words">
        <p className="touch-title">{t('touch.pin')}</p>
        <p className="touch-label">
          {demo && demoPin ? t('touch.demoPin', { pin: demoPin }) : t('touch.pinHint')}
        </p>
        <p
          className="pin-dots"
          role="img"
          data-testid="pin-dots"
          data-value={pin.length}
          aria-label={`${pin.length}`}
        >
          {Array.from({ length: longest }, (_, index) => (
            <i key={index} className={index < pin.length ? 'set' : undefined} />
          ))}
        </p>
        {locked && (
          <p className="touch-alert" role="alert" data-testid="locked">
            {t('touch.lockedFor', { seconds: waitS })}
          </p>
        )}
        <TouchButton onTap={cancel} className="side">
          {t('touch.cancel')}
        </TouchButton>
      </div>
      <div className="pad pin">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((key) => (
          <PinKey key={key} digit={key} pin={pin} setPin={setPin} disabled={locked} />
        ))}
        <TouchButton onTap={() => setPin(pin.slice(0, -1))} label={t('touch.erase')} fast disabled={locked}>
          <Delete />
        </TouchButton>
        <PinKey digit="0" pin={pin} setPin={setPin} disabled={locked} />
        <TouchButton
          kind="main"
          onTap={send}
          disabled={pin.length < shortest || locked || entry.busy}
          testId="pin-ok"
        >
          {t('touch.ok')}
        </TouchButton>
      </div>
    </div>
  )
}

function PinKey(props: { digit: string; pin: string; setPin: (pin: string) => void; disabled: boolean }) {
  const { digit, pin, setPin, disabled } = props
  return (
    <TouchButton onTap={() => pin.length < longest && setPin(pin + digit)} fast disabled={disabled}>
      {digit}
    </TouchButton>
  )
}
