import { type ReactNode, useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { TouchButton } from '../TouchButton.tsx'

/** This shift, or the one before. `atMs`: an instant of the one before; undefined: this one. */
export function useShiftChoice() {
  const shiftMs = useBoard().board.line.shift?.startMs
  const [before, setBefore] = useState(false)
  return { before, setBefore, atMs: before && shiftMs !== undefined ? shiftMs - 1 : undefined }
}

/** Two buttons for that; `children`: what else stands in the row. */
export function ShiftChoice(props: {
  choice: Pick<ReturnType<typeof useShiftChoice>, 'before' | 'setBefore'>
  children?: ReactNode
}) {
  const { t } = useBoard()
  const { before, setBefore } = props.choice
  return (
    <div className="options">
      {[false, true].map((earlier) => (
        <TouchButton
          key={String(earlier)}
          kind={earlier === before ? 'chosen' : 'plain'}
          onTap={() => setBefore(earlier)}
          testId={earlier ? 'shift-before' : 'shift-now'}
        >
          {t(earlier ? 'hands.stops.before' : 'hands.stops.now')}
        </TouchButton>
      ))}
      {props.children}
    </div>
  )
}
