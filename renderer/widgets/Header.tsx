import { useLayoutEffect, useRef, useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { stateLook } from '../screens/state-look.ts'
import { Shape } from './Shape.tsx'

/** State, line, what is shown, shift and the plant's own clock: at the same place on every screen. */
export function Header({ title }: { title: string }) {
  const view = useBoard()
  const { t } = view
  const { board, density, format, nowMs } = view
  const far = density === 'far'
  const shift = board.line.shift
  const [crowded, setCrowded] = useState(false)
  return (
    <header className="head">
      <Shape status={stateLook(view).status} size={far ? '8rem' : '6.4rem'} />
      <Names line={board.site.lineName} title={far ? '' : title} onCrowded={setCrowded} />
      {board.site.demo && (
        <span
          className={crowded ? 'pill small' : 'pill'}
          data-tier={crowded ? 'near' : 'line'}
          data-testid="demo"
        >
          {t('demo')}
        </span>
      )}
      {shift && !far && !crowded && (
        <span className="head-shift" data-tier="line" data-testid="shift-name">
          {shift.overtime
            ? t('overtime')
            : shift.crew === null
              ? shift.name
              : t('shiftCrew', { shift: shift.name, crew: shift.crew })}
        </span>
      )}
      <span className="head-clock" data-tier="number" data-testid="clock" data-value={Math.floor(nowMs)}>
        {format.clock(nowMs)}
      </span>
    </header>
  )
}

/** Line name and title side by side; when they do not fit, small and above each other in the shift's place too. */
function Names(props: { line: string; title: string; onCrowded: (crowded: boolean) => void }) {
  const { line, title, onCrowded } = props
  const ref = useRef<HTMLDivElement>(null)
  const [stackedFor, setStackedFor] = useState<string | null>(null)
  const key = `${line}\n${title}`
  const stacked = stackedFor === key
  useLayoutEffect(() => onCrowded(stacked), [onCrowded, stacked])
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => {
      if (element.classList.contains('stacked')) return
      if (element.scrollWidth > element.clientWidth) setStackedFor(key)
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    document.fonts.addEventListener('loadingdone', look)
    return () => {
      observer.disconnect()
      document.fonts.removeEventListener('loadingdone', look)
    }
  }, [key])
  if (stacked) {
    return (
      <div ref={ref} className="head-names stacked">
        <Fit className="head-line" text={line} tier="line" testId="line-name" />
        {title && <Fit className="head-sub" text={title} floor={0.88} tier="near" testId="title" />}
      </div>
    )
  }
  return (
    <div ref={ref} className="head-names">
      <span className="head-line nowrap" data-tier="number" data-testid="line-name">
        {line}
      </span>
      {title && (
        <span className="head-title nowrap" data-tier="line" data-testid="title">
          {title}
        </span>
      )}
    </div>
  )
}
