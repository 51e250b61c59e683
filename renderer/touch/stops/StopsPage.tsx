import { useCallback, useEffect, useState } from 'react'
import type { StopEntry } from '../../../shared/domain/kpi.ts'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { ShiftChoice, useShiftChoice } from './ShiftChoice.tsx'
import { SplitStop } from './SplitStop.tsx'

/** Stops on one page of the list. */
const rows = 5

type Work = 'reason' | 'split' | 'merge'

/** The stops of this shift or the one before: a reason that was wrong or late, one stop cut in two, several made one. */
export function StopsPage({ entry, onSaved }: PageProps) {
  const { board, format, t } = useBoard()
  const { lineId, stopReasons } = board.site
  const { send, enter } = entry
  const choice = useShiftChoice()
  const { atMs } = choice
  const [stops, setStops] = useState<readonly StopEntry[]>([])
  const [page, setPage] = useState(0)
  const [chosen, setChosen] = useState<readonly number[]>([])
  const [work, setWork] = useState<Work | null>(null)
  const load = useCallback(async () => {
    const all = await send('openStops', { lineId, ...(atMs !== undefined && { atMs }) })
    if (!all) return
    setStops(all)
    setChosen([])
    setWork(null)
    setPage(0)
  }, [send, lineId, atMs])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])

  const own = stops.filter(({ startMs }) => chosen.includes(startMs)).sort((a, b) => a.startMs - b.startMs)
  const [first] = own
  const span = ({ startMs, endMs, closedMs }: StopEntry) => {
    const from = format.clock(startMs)
    return closedMs === null
      ? t('touch.stillOpen', { from })
      : t('touch.fromTo', { from, to: format.clock(endMs) })
  }
  const say = async (saving: ReturnType<typeof enter>) => {
    const saved = await saving
    if (!saved) return
    onSaved(saved)
    await load()
  }
  const give = (reason: string | null) => {
    if (!first || entry.busy) return
    const from = format.clock(first.startMs)
    if (work === 'merge') {
      const startsMs = own.map(({ startMs }) => startMs)
      const text = t('hands.stops.merged', { from, count: own.length })
      return void say(enter('mergeStops', { lineId, startsMs, reason }, text))
    }
    if (reason === null) return
    const text = t('touch.reasonSaved', { reason, from })
    void say(enter('setStopReason', { lineId, startMs: first.startMs, reason }, text))
  }
  if (work === 'split' && first) {
    return (
      <SplitStop
        stop={first}
        busy={entry.busy}
        onCancel={() => setWork(null)}
        onSplit={(atMs) =>
          void say(
            enter(
              'splitStop',
              { lineId, startMs: first.startMs, atMs },
              t('hands.stops.splitAt', { time: format.clock(atMs) }),
            ),
          )
        }
      />
    )
  }
  if (work !== null && first) {
    return (
      <>
        <div className="stop-facts">
          <b>{work === 'merge' ? t('hands.stops.mergeOf', { count: own.length }) : span(first)}</b>
        </div>
        <ChoiceGrid
          choices={stopReasons.map((name) => ({ id: name, name }))}
          chosen={first.reason}
          onChoose={give}
        />
        <div className="two-buttons">
          <TouchButton className="side" onTap={() => setWork(null)}>
            {t('touch.cancel')}
          </TouchButton>
          {work === 'merge' && (
            <TouchButton
              className="confirm"
              onTap={() => give(null)}
              disabled={entry.busy}
              testId="no-reason"
            >
              {t('hands.stops.noReason')}
            </TouchButton>
          )}
        </div>
      </>
    )
  }
  const pages = Math.max(1, Math.ceil(stops.length / rows))
  const toggle = (startMs: number) =>
    setChosen(chosen.includes(startMs) ? chosen.filter((one) => one !== startMs) : [...chosen, startMs])
  return (
    <>
      <ShiftChoice choice={choice}>
        <TouchButton onTap={() => setPage((page + 1) % pages)} disabled={pages < 2} testId="more-stops">
          {t('touch.moreReasons')}
        </TouchButton>
      </ShiftChoice>
      {stops.length === 0 ? (
        <p className="touch-empty">{entry.busy ? t('touch.loading') : t('hands.stops.none')}</p>
      ) : (
        <div className="stop-rows">
          {stops.slice(page * rows, page * rows + rows).map((stop) => (
            <TouchButton
              key={stop.startMs}
              kind={chosen.includes(stop.startMs) ? 'chosen' : 'plain'}
              onTap={() => toggle(stop.startMs)}
              testId={`stop-${stop.startMs}`}
            >
              <b>{span(stop)}</b>
              <span>{format.span(stop.durationMs)}</span>
              {stop.cell && <span>{stop.cell}</span>}
              <span className="push">{stop.reason ?? t('hands.stops.without')}</span>
            </TouchButton>
          ))}
        </div>
      )}
      <div className="stop-works">
        <TouchButton
          onTap={() => setWork('reason')}
          disabled={own.length !== 1 || stopReasons.length === 0}
          testId="work-reason"
        >
          {t('touch.stop')}
        </TouchButton>
        <TouchButton onTap={() => setWork('split')} disabled={own.length !== 1} testId="work-split">
          {t('hands.stops.split')}
        </TouchButton>
        <TouchButton onTap={() => setWork('merge')} disabled={own.length < 2} testId="work-merge">
          {t('hands.stops.merge')}
        </TouchButton>
      </div>
    </>
  )
}
