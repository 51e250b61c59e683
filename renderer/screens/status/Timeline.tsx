import { memo } from 'react'
import type { Interval } from '../../../shared/domain/facts.ts'
import type { Segment } from '../../../shared/domain/timeline.ts'
import { useBoard } from '../../board-view.tsx'
import type { Format } from '../../i18n/format.ts'

const lookOf: Record<Segment['state'], string> = {
  running: 'run',
  stopped: 'stop',
  idle: 'stop',
  starved: 'warn',
  blocked: 'warn',
  changeover: 'plan',
  break: 'plan',
  maintenance: 'plan',
  off: 'off',
  unknown: 'unknown',
}
const hourMs = 3_600_000

/** What the line did since the shift began, with the planned slots, the breaks and slots to come and the hours below. */
export function Timeline() {
  const { board, format } = useBoard()
  const { shift, timeline, breaks, slots } = board.status
  if (!shift) return null
  return (
    <div className="timeline">
      <Bars shift={shift} segments={timeline} breaks={breaks} slots={slots} asOfMs={board.line.asOfMs} />
      <Hours shift={shift} format={format} />
    </div>
  )
}

type BarsProps = {
  shift: Interval
  segments: readonly Segment[]
  breaks: readonly Interval[]
  slots: readonly Interval[]
  asOfMs: number
}

const Bars = memo(function Bars({ shift, segments, breaks, slots, asOfMs }: BarsProps) {
  const share = (ms: number) =>
    Math.max(0, Math.min(1, (ms - shift.startMs) / (shift.endMs - shift.startMs))) * 100
  const place = ({ startMs, endMs }: Interval) => ({
    insetInlineStart: `${share(startMs)}%`,
    width: `${share(endMs) - share(startMs)}%`,
  })
  return (
    <div className="timeline-bars" data-testid="timeline" data-value={segments.length}>
      {joined(segments).map((piece) => (
        <span key={piece.startMs} className={`t-${piece.look}`} style={place(piece)} />
      ))}
      {slots
        .filter((slot) => slot.startMs < asOfMs)
        .map((slot) => (
          <span
            key={`slot ${slot.startMs}`}
            className="t-plan"
            style={place({ startMs: slot.startMs, endMs: Math.min(slot.endMs, asOfMs) })}
          />
        ))}
      {[...breaks, ...slots]
        .filter((pause) => pause.endMs > asOfMs)
        .map((pause) => (
          <span
            key={pause.startMs}
            className="t-ahead"
            style={place({ startMs: Math.max(pause.startMs, asOfMs), endMs: pause.endMs })}
          />
        ))}
      <i style={{ insetInlineStart: `${share(asOfMs)}%` }} />
    </div>
  )
})

/** Neighbours that look the same are one piece. */
function joined(segments: readonly Segment[]): (Interval & { look: string })[] {
  const pieces: (Interval & { look: string })[] = []
  for (const { startMs, endMs, state } of segments) {
    const look = lookOf[state]
    const last = pieces[pieces.length - 1]
    if (last && last.look === look && last.endMs === startMs) last.endMs = endMs
    else pieces.push({ startMs, endMs, look })
  }
  return pieces
}

const Hours = memo(function Hours({ shift, format }: { shift: Interval; format: Format }) {
  const offsetMs = Number(format.clock(shift.startMs).slice(3)) * 60_000
  const first = offsetMs === 0 ? shift.startMs : shift.startMs + hourMs - offsetMs
  const ticks: number[] = []
  for (let atMs = first; atMs <= shift.endMs; atMs += hourMs) ticks.push(atMs)
  const length = shift.endMs - shift.startMs
  return (
    <div className="timeline-hours micro" data-tier="near">
      {ticks.map((atMs) => (
        <span
          key={atMs}
          className={atMs === shift.startMs ? 'first' : atMs === shift.endMs ? 'last' : undefined}
          style={{ insetInlineStart: `${((atMs - shift.startMs) / length) * 100}%` }}
        >
          {format.clock(atMs).slice(0, 2)}
        </span>
      ))}
    </div>
  )
})
