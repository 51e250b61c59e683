import { useBoard } from '../board-view.tsx'
import type { BoardView } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { stateLook } from './state-look.ts'
import { nextShiftWords } from './status/next-shift-words.ts'
import { plannedClock } from './status/planned-clock.ts'

/** Too far away for anything but shape, word and one number. */
export function HeroOnly() {
  const view = useBoard()
  const { t } = view
  const { word, status } = stateLook(view)
  const { id, raw, text, label, unit } = oneNumber(view)
  const old = view.trust !== 'live' && word !== 'notscheduled'
  return (
    <div className={word === 'down' ? 'hero-only down on-stop-fill' : 'hero-only'} data-screen="hero">
      <div className="hero-only-state">
        <Shape status={status} size="30rem" />
        <Fit
          className="hero-only-word"
          text={t(`state.${word}`)}
          floor={0.4}
          tier="far"
          testId="state-word"
          raw={word}
        />
      </div>
      <Fit
        className={old ? 'hero old' : 'hero'}
        text={text}
        floor={0.3}
        tier="far"
        testId={id}
        raw={raw ?? ''}
        unit={unit}
      />
      <Fit
        className="hero-only-label"
        text={view.board.site.demo ? `${t('demo')}: ${label}` : label}
        floor={0.4}
        tier="line"
        testId="hero-label"
      />
    </div>
  )
}

type OneNumber = { id: string; raw: number | null; text: string; unit?: string | null; label: string }

function oneNumber(view: BoardView): OneNumber {
  const { t } = view
  const { board, nowMs, format, trust } = view
  const { line, status } = board
  const { word, status: shape } = stateLook(view)
  if (word === 'down') {
    const ms = line.sinceMs === null ? 0 : nowMs - line.sinceMs
    return {
      id: 'stop-timer',
      raw: Math.floor(ms / 1000),
      ...format.timer(ms),
      label: line.reason ?? t('noReasonYet'),
    }
  }
  if (word === 'notscheduled') {
    const next = line.nextShift
    return {
      id: 'next-shift-time',
      raw: next?.startMs ?? null,
      text: next ? format.clock(next.startMs) : '',
      label: nextShiftWords(view),
    }
  }
  if (word === 'nodata' && (trust === 'withdrawn' || line.lastReadingMs !== null)) {
    const time = line.lastReadingMs === null ? '' : format.clockOrDay(line.lastReadingMs, nowMs)
    return {
      id: 'last-reading',
      raw: line.lastReadingMs,
      text: time,
      label: time ? t('lastReadingAt') : t('noReadingYet'),
    }
  }
  if (shape === 'plan') {
    const { ms, text, unit, words } = plannedClock(view)
    return { id: 'timer', raw: Math.round(ms / 1000), text, unit, label: words }
  }
  if (!status.pace)
    return { id: 'made', raw: status.made, text: format.pieces(status.made), label: t('made') }
  return {
    id: 'gap',
    raw: status.pace.gap,
    text: format.signed(status.pace.gap),
    label: t(`pace.${status.pace.status}`),
  }
}
