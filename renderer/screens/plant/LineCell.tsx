import type { PlantLine } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { wordShapes } from '../state-look.ts'

/** A longer number has a row of its own on a far screen. Characters. */
const beside = 5

/** One line among the others. Only a line that is down fills its cell. */
export function LineCell({ line, own }: { line: PlantLine; own: boolean }) {
  const view = useBoard()
  const { t, density } = view
  const far = density === 'far'
  const word = view.linkLost ? 'nodata' : line.word
  const old = word === 'nodata'
  const gone = old && (line.freshness === 'withdrawn' || line.freshness === 'none')
  const number = gone ? null : numberOf(line, view)
  const classes = ['line-cell', word, own && 'own', word === 'down' && 'on-stop-fill']
  return (
    <section className={classes.filter(Boolean).join(' ')} data-line={line.id}>
      <Shape status={wordShapes[word]} size="1.5em" />
      <Fit className="label line-name" text={line.name} tier="line" testId={`plant-${line.id}-name`} />
      <Fit
        className={old ? 'line-word quiet' : 'line-word'}
        text={t(`state.${word}`)}
        tier="line"
        floor={0.85}
        testId={`plant-${line.id}`}
        raw={word}
      />
      {number && (
        <Fit
          className={[
            'line-number',
            old && 'old',
            far && number.text.length + (number.unit ? 2 : 0) > beside && 'below',
          ]
            .filter(Boolean)
            .join(' ')}
          text={number.text}
          unit={number.unit}
          tier="number"
          floor={far ? 1 : 0.75}
          testId={`plant-${line.id}-number`}
          raw={number.raw}
        />
      )}
      {!far && <Below line={line} word={word} gone={gone} />}
    </section>
  )
}

/** The bar of the shift's pace, or, where none is, one line of words. */
function Below({ line, word, gone }: { line: PlantLine; word: PlantLine['word']; gone: boolean }) {
  const { t, format, nowMs } = useBoard()
  const { target, targetSoFar, made } = line
  if (word === 'notscheduled') {
    const next = line.nextShiftMs
    const time = next === null ? null : format.clockOrDay(next, nowMs)
    return <Fit className="micro line-below" text={time ? t('nextShiftAt', { time }) : ''} tier="near" />
  }
  if (word === 'nodata') {
    const time = line.lastReadingMs === null ? null : format.clockOrDay(line.lastReadingMs, nowMs)
    const words = time === null ? t('noReadingYet') : t(gone ? 'noDataSince' : 'lastReading', { time })
    return <Fit className="micro line-below" text={words} tier="near" />
  }
  if (word === 'down')
    return <Fit className="micro line-below" text={line.reason ?? t('noReasonYet')} tier="near" />
  if (target === null || targetSoFar === null || target <= 0) return null
  return (
    <div className="line-below">
      <NotchBar fill={made / target} notch={targetSoFar / target} />
    </div>
  )
}

/** Where a line stands still the time counts, else the gap, else the pieces. */
function numberOf(
  line: PlantLine,
  { format, nowMs, linkLost }: BoardView,
): { text: string; raw: number; unit: string | null } | null {
  if (line.word === 'notscheduled' && !linkLost) return null
  if ((line.word === 'down' || line.word === 'changeover') && line.sinceMs !== null && !linkLost) {
    const ms = nowMs - line.sinceMs
    return { ...format.timer(ms), raw: Math.floor(ms / 1000) }
  }
  if (line.gap !== null) return { text: format.signed(line.gap), raw: line.gap, unit: null }
  return { text: format.pieces(line.made), raw: line.made, unit: null }
}
