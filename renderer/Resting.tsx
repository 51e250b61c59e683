import { useEffect } from 'react'
import type { PanelPower } from '../shared/contract/kiosk.ts'
import { useBoard } from './board-view.tsx'
import type { Care } from './panel-care.ts'
import { dimPlace } from './panel-care.ts'

/** Outside the shifts: the clock and the line's name, dim and moving; later nothing at all. */
export function Resting({ care }: { care: Exclude<Care, 'awake'> }) {
  const { board, format, nowMs } = useBoard()
  usePanelPower(care === 'asleep' ? 'off' : 'on')
  if (care === 'asleep') return <div className="resting" data-care="asleep" />
  const { x, y } = dimPlace(nowMs)
  return (
    <div className="resting" data-care="dim">
      <div
        className="resting-clock"
        style={{ insetInlineStart: `${x * 55}%`, insetBlockStart: `${y * 60}%` }}
      >
        <p>{format.clock(nowMs)}</p>
        <p className="resting-line">{board.site.lineName}</p>
      </div>
    </div>
  )
}

/** Tells the kiosk to switch the panel itself off, and on again; a browser has nobody who listens. */
function usePanelPower(power: PanelPower['power']): void {
  useEffect(() => {
    if (window.lineside === undefined) return
    const say = (wanted: PanelPower['power']) => {
      const message: PanelPower = { type: 'lineside-panel-power', power: wanted }
      window.postMessage(message, window.location.origin)
    }
    say(power)
    return () => say('on')
  }, [power])
}
