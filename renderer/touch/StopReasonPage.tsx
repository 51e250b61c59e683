import { useCallback, useEffect, useState } from 'react'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { useBoard } from '../board-view.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/**
 * Stops of this shift without a reason, the oldest first: ask while it is fresh. Micro-stops are not asked for. A tap on a reason
 * saves it; undo takes it back.
 */
export function StopReasonPage({ entry, onSaved }: PageProps) {
  const { board, format, t } = useBoard()
  const { lineId, stopReasons } = board.site
  const { send, enter } = entry
  const [stops, setStops] = useState<readonly StopEntry[] | null>(null)
  const [index, setIndex] = useState(0)
  const load = useCallback(async () => {
    const all = await send('openStops', { lineId })
    if (!all) return
    setStops(all.filter((stop) => stop.reason === null && !stop.micro).sort((a, b) => a.startMs - b.startMs))
    setIndex(0)
  }, [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])

  const stop = stops?.[index % Math.max(1, stops.length)]
  if (stopReasons.length === 0) return <p className="touch-empty">{t('touch.noReasons')}</p>
  if (stops === null) return <p className="touch-empty">{entry.failure ? '' : t('touch.loading')}</p>
  if (!stop) {
    return (
      <p className="touch-empty">
        <Shape status="ok" size="5rem" />
        {t('touch.allExplained')}
      </p>
    )
  }
  const from = format.clock(stop.startMs)
  const save = async (reason: string) => {
    if (entry.busy) return
    const text = t('touch.reasonSaved', { reason, from })
    const saved = await enter('setStopReason', { lineId, startMs: stop.startMs, reason }, text)
    if (!saved) return
    onSaved(saved)
    await load()
  }
  return (
    <>
      <div className="stop-facts">
        <b data-testid="stop-time" data-value={stop.startMs}>
          {stop.closedMs === null
            ? t('touch.stillOpen', { from })
            : t('touch.fromTo', { from, to: format.clock(stop.endMs) })}
        </b>
        <span>{format.span(stop.durationMs)}</span>
        {stop.cell && <span>{stop.cell}</span>}
        <span className="push">
          {t('touch.ofOpen', { index: (index % stops.length) + 1, count: stops.length })}
        </span>
      </div>
      <ChoiceGrid
        choices={stopReasons.map((name) => ({ id: name, name }))}
        chosen={null}
        onChoose={(reason) => void save(reason)}
      />
      <TouchButton onTap={() => setIndex(index + 1)} disabled={stops.length < 2} className="side">
        {t('touch.skip')}
      </TouchButton>
    </>
  )
}
