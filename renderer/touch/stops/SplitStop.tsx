import { useState } from 'react'
import type { StopEntry } from '../../../shared/domain/kpi.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { TouchButton } from '../TouchButton.tsx'

const minuteMs = 60_000
const steps = [-5, -1, 1, 5] as const

/** Where one stop becomes two: to the minute, inside the stop. */
export function SplitStop(props: {
  stop: StopEntry
  busy: boolean
  onCancel: () => void
  onSplit: (atMs: number) => void
}) {
  const { format, t } = useBoard()
  const { startMs, endMs } = props.stop
  const middleMs = startMs + Math.round((endMs - startMs) / 2)
  const [atMs, setAtMs] = useState(() => {
    const minute = Math.round(middleMs / minuteMs) * minuteMs
    return minute > startMs && minute < endMs ? minute : middleMs
  })
  const inside = (ms: number) => ms > startMs && ms < endMs
  return (
    <>
      <div className="stop-facts">
        <b>{t('touch.fromTo', { from: format.clock(startMs), to: format.clock(endMs) })}</b>
        <span>{format.span(endMs - startMs)}</span>
      </div>
      <p className="touch-timer split-time" data-testid="split-time" data-value={atMs}>
        {format.clock(atMs)}
      </p>
      <div className="four">
        {steps.map((by) => (
          <TouchButton
            key={by}
            fast
            disabled={!inside(atMs + by * minuteMs)}
            onTap={() => setAtMs(atMs + by * minuteMs)}
            testId={`split${by}`}
          >
            {by > 0 ? `+${by}` : `\u2212${-by}`}
          </TouchButton>
        ))}
      </div>
      <FormButtons
        text={t('hands.stops.splitHere', { time: format.clock(atMs) })}
        busy={props.busy}
        onCancel={props.onCancel}
        onSave={() => props.onSplit(atMs)}
      />
    </>
  )
}
