import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { NumberPad } from '../NumberPad.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { DailyFormProps } from './DailyPage.tsx'

const kinds = ['goodMore', 'goodFewer', 'scrapMore', 'scrapFewer'] as const
const most = 9_999

/** Counts that were wrong, put right by an entry of their own beside what was stored. */
export function CorrectionForm({ entry, onSaved, onLeave }: DailyFormProps) {
  const { board, nowMs, t } = useBoard()
  const [kind, setKind] = useState<(typeof kinds)[number]>('goodFewer')
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const qty = Number(typed)
  const right = Number.isInteger(qty) && qty > 0 && qty <= most
  const save = async () => {
    const pieces = kind.endsWith('More') ? qty : -qty
    const [good, scrap] = kind.startsWith('good') ? [pieces, 0] : [0, pieces]
    const saved = await entry.sign(
      'correctCount',
      { lineId: board.site.lineId, atMs: Math.floor(nowMs), good, scrap, reason },
      `${t(`hands.correction.${kind}`)}: ${qty}`,
    )
    if (!saved) return
    onSaved(saved)
    onLeave()
  }
  return (
    <>
      <div className="check-in">
        <NumberPad value={typed} onChange={setTyped} label={t(`hands.correction.${kind}`)} unit="" />
        <div className="figure-choices">
          {kinds.map((one) => (
            <TouchButton
              key={one}
              kind={one === kind ? 'chosen' : 'plain'}
              onTap={() => setKind(one)}
              testId={`correct-${one}`}
            >
              {t(`hands.correction.${one}`)}
            </TouchButton>
          ))}
          <label className="touch-label">
            <span>{t('hands.correction.why')}</span>
            <input
              className="sentence"
              value={reason}
              maxLength={40}
              data-testid="correction-reason"
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
        </div>
      </div>
      <FormButtons
        text={t('hands.daily.enter')}
        missing={!right ? t('touch.typeValue') : reason.trim() === '' ? t('hands.correction.whyFirst') : null}
        busy={entry.busy}
        onCancel={onLeave}
        onSave={() => void save()}
      />
    </>
  )
}
