import { memo } from 'react'
import type { Interval } from '../../../shared/domain/facts.ts'
import type { Segment } from '../../../shared/domain/timeline.ts'
import { useBoardOf } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
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
/** Places on the bar: half a pixel of a 4K screen each. What nobody sees makes the browser lay nothing out. */
const steps = 5_000

const timelineLook = ({ board, format }: BoardView) => ({
  status: board.status,
  asOfMs: board.line.asOfMs,
  format,
})

/** What the line did since the shift began, with the planned slots, the breaks and slots to come and the hours below. */
export const Timeline = memo(function Timeline() {
  const { status, asOfMs, format } = useBoardOf(timelineLook)
  const { shift, timeline, breaks, slots } = status
  if (!shift) return null
  return (
    <div className="timeline">
      <Bars shift={shift} segments={timeline} breaks={breaks} slots={slots} asOfMs={asOfMs} />
      <Hours startMs={shift.startMs} endMs={shift.endMs} format={format} />
    </div>
  )
})

type BarsProps = {
  shift: Interval
  segments: readonly Segment[]
  breaks: readonly Interval[]
  slots: readonly Interval[]
  asOfMs: number
}

/** How many of the bar's steps of the shift have passed. */
const stepAt = ({ startMs, endMs }: Interval, ms: number) =>
  Math.round(Math.max(0, Math.min(1, (ms - startMs) / (endMs - startMs))) * steps)

const Bars = memo(function Bars({ shift, segments, breaks, slots, asOfMs }: BarsProps) {
  const share = (ms: number) => stepAt(shift, ms) / (steps / 100)
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
}, isDrawnTheSame)

/** Every message makes the last piece longer; it is drawn when that is a step more. */
function isDrawnTheSame(a: BarsProps, b: BarsProps): boolean {
  const places = ({ shift, asOfMs, segments, breaks, slots }: BarsProps) => [
    shift.startMs,
    shift.endMs,
    stepAt(shift, asOfMs),
    ...segments.flatMap(({ startMs, endMs, state }) => [state, startMs, endMs === asOfMs ? 'now' : endMs]),
    ...[...breaks, ...slots].flatMap(({ startMs, endMs }) => [startMs, endMs]),
  ]
  return sameList(places(a), places(b))
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) =>
  a.length === b.length && a.every((value, index) => value === b[index])

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

const Hours = memo(function Hours({ startMs, endMs, format }: Interval & { format: Format }) {
  const offsetMs = Number(format.clock(startMs).slice(3)) * 60_000
  const first = offsetMs === 0 ? startMs : startMs + hourMs - offsetMs
  const ticks: number[] = []
  for (let atMs = first; atMs <= endMs; atMs += hourMs) ticks.push(atMs)
  const length = endMs - startMs
  return (
    <div className="timeline-hours micro" data-tier="near">
      {ticks.map((atMs) => (
        <span
          key={atMs}
          className={atMs === startMs ? 'first' : atMs === endMs ? 'last' : undefined}
          style={{ insetInlineStart: `${((atMs - startMs) / length) * 100}%` }}
        >
          {format.clock(atMs).slice(0, 2)}
        </span>
      ))}
    </div>
  )
})
