import { useState } from 'react'
import type { EpochMs } from '../../shared/domain/facts.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { TouchButton } from './TouchButton.tsx'

/** Who changed what, and when. */
export type HistoryLine = { atMs: EpochMs; by: string; words: string }

/** Lines on one page; older ones take turns. */
const rows = 4

/** What became of something, newest first. */
export function HistoryList({ lines }: { lines: readonly HistoryLine[] }) {
  const { format, nowMs, t } = useBoard()
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(lines.length / rows))
  const from = (page % pages) * rows
  return (
    <div className="history" data-testid="history" data-value={lines.length}>
      {lines.length === 0 && <p className="touch-empty">{t('okr.noHistory')}</p>}
      {lines.slice(from, from + rows).map(({ atMs, by, words }, index) => (
        <div key={`${atMs} ${index}`} className="history-line">
          <span className="touch-label">
            <span>{format.clockOrDay(atMs, nowMs)}</span>
            <Fit text={by} floor={0.7} />
          </span>
          <Fit text={words} floor={0.9} maxLines={2} />
        </div>
      ))}
      {pages > 1 && (
        <TouchButton onTap={() => setPage(page + 1)} testId="history-more">
          {t('touch.moreReasons')}
        </TouchButton>
      )}
    </div>
  )
}
