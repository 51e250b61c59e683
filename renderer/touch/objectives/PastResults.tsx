import { useState } from 'react'
import { successAt } from '../../../shared/domain/okr/grade.ts'
import { type BoardView, useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'
import { OkrHistory } from './OkrHistory.tsx'
import type { Past } from './use-objectives.ts'

/** Key results on one page; older ones take turns. */
const rows = 3

/** Key results that have ended: how, with which grade, and what was learned. A tap tells the whole story of one. */
export function PastResults({ entry, past }: { entry: Entry; past: readonly Past[] }) {
  const { t } = useBoard()
  const [page, setPage] = useState(0)
  const [chosen, setChosen] = useState<Past | null>(null)
  const pages = Math.ceil(past.length / rows)
  const from = (page % Math.max(1, pages)) * rows
  if (chosen !== null) {
    return (
      <>
        <OkrHistory entry={entry} objective={chosen.objective} keyResult={chosen.keyResult} />
        <TouchButton onTap={() => setChosen(null)} className="okr-lock" testId="past-back">
          {t('gapPage.back')}
        </TouchButton>
      </>
    )
  }
  return (
    <>
      <div className="finding-list">
        {past.slice(from, from + rows).map((one) => (
          <Row key={one.keyResult.id} past={one} onOpen={() => setChosen(one)} />
        ))}
      </div>
      {pages > 1 && (
        <TouchButton onTap={() => setPage(page + 1)} className="confirm" testId="past-more">
          {`${t('touch.moreReasons')}, ${t('okr.roundOf', { index: (page % pages) + 1, count: pages })}`}
        </TouchButton>
      )}
    </>
  )
}

function Row({ past, onOpen }: { past: Past; onOpen: () => void }) {
  const view = useBoard()
  const { objective, keyResult, ended } = past
  const { grade, lesson } = ended
  const status = grade === null ? 'none' : grade >= successAt[keyResult.commitment] ? 'ok' : 'warn'
  return (
    <TouchButton onTap={onOpen} className="finding" label={keyResult.name} testId={`past-${keyResult.id}`}>
      <Shape status={status} size="5rem" />
      <span className="finding-words">
        <Fit text={keyResult.name} floor={0.7} />
        <Fit className="touch-label" text={endWords(past, view)} floor={0.7} />
        <Fit
          className="touch-label finding-fix"
          text={lesson ?? objective.ended?.lesson ?? ''}
          floor={0.7}
          maxLines={2}
        />
      </span>
    </TouchButton>
  )
}

/** "20 Nov, Q4, grade 0.66": when it ended, in which cycle, and how. */
function endWords(
  { objective, ended }: Past,
  { format, nowMs, t }: Pick<BoardView, 'format' | 'nowMs' | 't'>,
): string {
  const { why, grade, atMs } = ended
  const how =
    why === 'archived'
      ? t('okr.archived')
      : why === 'locked in'
        ? t('okr.lockedIn')
        : `${t('okr.grade')} ${grade === null ? '\u2013' : format.decimal(grade, 2)}`
  return [format.clockOrDay(atMs, nowMs), objective.cycle.name, how].join(', ')
}
