import { memo, useLayoutEffect, useRef, useState } from 'react'
import type { LinePart } from '../../shared/contract/board-line.ts'
import { minuteOf } from '../../shared/domain/local-time.ts'
import { useBoardOf } from '../board-view.tsx'
import type { BoardView } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import type { Translate } from '../i18n/words.ts'
import { stateLook } from '../screens/state-look.ts'
import { Shape } from './Shape.tsx'

function headLook(view: BoardView) {
  const { board, density, format, nowMs, t } = view
  const { site, line } = board
  return {
    status: stateLook(view).status,
    far: density === 'far',
    lineName: site.lineName,
    demo: site.demo ? t('demo') : null,
    shift: shiftWords(line.shift, t),
    minuteMs: minuteOf(nowMs),
    clock: format.clock(nowMs),
  }
}

function shiftWords(shift: LinePart['shift'], t: Translate): string | null {
  if (shift === null) return null
  if (shift.overtime) return t('overtime')
  return shift.crew === null ? shift.name : t('shiftCrew', { shift: shift.name, crew: shift.crew })
}

/** State, line, what is shown, shift and the plant's own clock: at the same place on every screen. */
export const Header = memo(function Header({ title }: { title: string }) {
  const { status, far, lineName, demo, shift, minuteMs, clock } = useBoardOf(headLook)
  const [crowded, setCrowded] = useState(false)
  return (
    <header className="head">
      <Shape status={status} size={far ? '8rem' : '6.4rem'} />
      <Names line={lineName} title={far ? '' : title} onCrowded={setCrowded} />
      {demo !== null && (
        <span
          className={crowded ? 'pill small' : 'pill'}
          data-tier={crowded ? 'near' : 'line'}
          data-testid="demo"
        >
          {demo}
        </span>
      )}
      {shift !== null && !far && !crowded && (
        <span className="head-shift" data-tier="line" data-testid="shift-name">
          {shift}
        </span>
      )}
      <span className="head-clock" data-tier="number" data-testid="clock" data-value={minuteMs}>
        {clock}
      </span>
    </header>
  )
})

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
