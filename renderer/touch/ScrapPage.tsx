import { Minus, Plus } from 'lucide-react'
import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import type { PageProps } from './pages.ts'
import { detailFields, noDetails, ScrapDetails } from './ScrapDetails.tsx'
import { TouchButton } from './TouchButton.tsx'

const most = 999

/** Scrap by hand: reason, quantity, and a button that says the whole sentence. */
export function ScrapPage({ entry, onSaved }: PageProps) {
  const { board, t } = useBoard()
  const { lineId, scrapReasons } = board.site
  const [reason, setReason] = useState<string | null>(null)
  const [qty, setQty] = useState(1)
  const [details, setDetails] = useState(noDetails)
  const [detailing, setDetailing] = useState(false)
  const change = (by: number) => setQty((before) => Math.max(1, Math.min(most, before + by)))
  const save = async () => {
    if (reason === null) return
    const text = t('touch.logged', { qty, reason })
    const saved = await entry.enter('logScrap', { lineId, reason, qty, ...detailFields(details) }, text)
    if (!saved) return
    onSaved(saved)
    setReason(null)
    setDetails(noDetails)
    setQty(1)
  }
  if (scrapReasons.length === 0) return <p className="touch-empty">{t('touch.noReasons')}</p>
  if (detailing) {
    return <ScrapDetails details={details} onChange={setDetails} onDone={() => setDetailing(false)} />
  }
  const said = details.cell ?? (details.foundBy && t(`hands.scrap.${details.foundBy}`))
  return (
    <>
      <ChoiceGrid
        choices={scrapReasons.map((name) => ({ id: name, name }))}
        chosen={reason}
        onChoose={setReason}
      />
      <div className="quantity">
        <TouchButton label={t('touch.less')} onTap={() => change(-1)} fast disabled={qty <= 1}>
          <Minus />
        </TouchButton>
        <output className="quantity-number" data-testid="quantity" data-value={qty}>
          {qty}
        </output>
        <TouchButton label={t('touch.more')} onTap={() => change(1)} fast>
          <Plus />
        </TouchButton>
        <TouchButton onTap={() => change(5)} fast>
          +5
        </TouchButton>
        <TouchButton onTap={() => change(10)} fast>
          +10
        </TouchButton>
      </div>
      <div className="two-buttons more">
        <TouchButton
          kind="main"
          className="confirm"
          disabled={reason === null || entry.busy}
          onTap={save}
          testId="confirm"
        >
          {entry.busy
            ? t('touch.saving')
            : reason === null
              ? t('touch.chooseReason')
              : t('touch.log', { qty, reason })}
        </TouchButton>
        <TouchButton
          className="side"
          kind={said ? 'chosen' : 'plain'}
          disabled={reason === null || entry.busy}
          onTap={() => setDetailing(true)}
          testId="scrap-details"
        >
          {said ?? t('touch.calls.where')}
        </TouchButton>
      </div>
    </>
  )
}
