import { useState } from 'react'
import { safetyKinds, type SafetyKind } from '../../../shared/domain/daily-letters.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { DailyFormProps } from './DailyPage.tsx'
import { DayOptions } from './DayOptions.tsx'
import { useToday } from './use-today.ts'

/** A mark on the safety cross. */
export function SafetyForm({ entry, onSaved, onLeave }: DailyFormProps) {
  const { board, t } = useBoard()
  const today = useToday()
  const [what, setWhat] = useState<SafetyKind | null>(null)
  const [day, setDay] = useState(today)
  const [text, setText] = useState('')
  const save = async () => {
    if (what === null) return
    const saved = await entry.sign(
      'enterSafety',
      { lineId: board.site.lineId, what, day, text },
      t(`hands.safety.${what}`),
    )
    if (!saved) return
    onSaved(saved)
    onLeave()
  }
  return (
    <>
      <div className="action-fields">
        <div className="options">
          {safetyKinds.map((kind) => (
            <TouchButton
              key={kind}
              kind={kind === what ? 'chosen' : 'plain'}
              onTap={() => setWhat(kind)}
              testId={`safety-${kind}`}
            >
              {t(`hands.safety.${kind}`)}
            </TouchButton>
          ))}
        </div>
        <DayOptions chosen={day} onChoose={setDay} />
        <label className="touch-label">
          <span>{t('hands.daily.words')}</span>
          <input
            className="sentence"
            value={text}
            maxLength={200}
            data-testid="safety-text"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </div>
      <FormButtons
        text={t('hands.daily.enter')}
        missing={what === null ? t('hands.daily.whatFirst') : null}
        busy={entry.busy}
        onCancel={onLeave}
        onSave={() => void save()}
      />
    </>
  )
}
