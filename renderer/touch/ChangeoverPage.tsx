import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { en } from '../i18n/en.ts'
import { timer } from '../i18n/format.ts'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

const words = en.touch

/** Start a changeover to a product, or end the running one. */
export function ChangeoverPage({ entry, onSaved }: PageProps) {
  const { board, nowMs, format } = useBoard()
  const { lineId, products } = board.site
  const { current } = board.changeover
  const [to, setTo] = useState<string | null>(null)
  const nameOf = (id: string | null) => products.find((product) => product.id === id)?.name ?? id
  if (current) {
    const shown = timer(nowMs - current.startMs)
    const end = async () => {
      const receipt = await entry.send('endChangeover', { lineId })
      if (receipt) onSaved({ ...receipt, text: words.ended })
    }
    return (
      <>
        <div className="running-changeover">
          <p className="touch-label">{nameOf(current.to) ?? en.unknownProduct}</p>
          <p className="touch-timer" data-testid="changeover-timer">
            {shown.text}
            {shown.unit && <span className="unit">{shown.unit}</span>}
          </p>
          <p className="touch-label">{words.runningSince(format.clock(current.startMs))}</p>
        </div>
        <TouchButton kind="main" className="confirm" disabled={entry.busy} onTap={end} testId="confirm">
          {entry.busy ? words.saving : words.end}
        </TouchButton>
      </>
    )
  }
  const start = async () => {
    const receipt = await entry.send('startChangeover', { lineId, to })
    if (!receipt) return
    onSaved({ ...receipt, text: words.started(nameOf(to)) })
    setTo(null)
  }
  const free = products.length === 0
  const choices = products.filter((product) => product.id !== board.line.product?.id)
  return (
    <>
      <ChoiceGrid choices={choices} chosen={to} onChoose={setTo} />
      <TouchButton
        kind="main"
        className="confirm"
        disabled={(to === null && !free) || entry.busy}
        onTap={start}
        testId="confirm"
      >
        {entry.busy
          ? words.saving
          : to !== null
            ? words.start(nameOf(to) ?? to)
            : free
              ? words.startUnknown
              : words.chooseProduct}
      </TouchButton>
    </>
  )
}
