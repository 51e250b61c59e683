import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { monthsOf } from '../../../shared/domain/okr/bowling.ts'
import { cycleWeeks } from '../../../shared/domain/okr/cycle.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { keyResultChart, keyResultLine, keyResultScale } from '../../charts/key-result-line.ts'
import { type KeyResultLook, keyResultGoal } from '../../key-results/look.ts'
import { ScaleEnd } from '../../key-results/ScaleEnd.tsx'

/** Labels of the value axis keep this distance. Share of the chart's height. */
const labelDistance = 0.14

/** History, pace, where it leads, and every target as a step with its number. */
export function ResultChart({ item, look }: { item: KeyResultView; look: KeyResultLook }) {
  const view = useBoard()
  const { format, density, t } = view
  const line = keyResultLine(item, look, true)
  const { min, max } = keyResultScale(line)
  const top = (value: number) => 1 - (value - min) / (max - min)
  const weeks = cycleWeeks(item.span)
  const [first = item] = item.targets
  // What was in force first stands where it begins, what is in force now where it ends.
  const starts = [
    { value: first.baseline, className: 'start' },
    { value: first.target, className: 'earlier' },
  ].filter(({ value }, index) => index === 0 || value !== item.target)
  const ends = [
    { value: item.target, className: 'goal' },
    { value: item.baseline, className: 'start' },
  ].filter(({ value }, index) => index === 0 || value !== first.baseline)
  const end = ({ value, className }: { value: number; className: string }) => (
    <ScaleEnd
      key={value}
      className={className}
      top={percent(top(value))}
      text={keyResultGoal(item, value, format)}
    />
  )
  return (
    <div className="result-chart">
      <div className="result-ends start">{apart(starts, top).map(end)}</div>
      <div className="result-canvas">
        <ChartCanvas data={line} build={keyResultChart} label={t('picture.keyResult', { name: item.name })} />
      </div>
      <div className="result-ends">{apart(ends, top).map(end)}</div>
      {density !== 'far' && (
        <div className="result-months">
          {monthsOf(item.span).map(({ month, lastDate }, index, all) => {
            const from = index === 0 ? item.span.startDate : `${month}-01`
            const width = cycleWeeks({ startDate: from, endDate: lastDate }) / weeks
            const text = format.monthOf(month, all.length > 4 ? 'narrow' : 'short')
            return (
              <span key={month} className="micro" style={{ width: percent(width) }} data-tier="near">
                {text}
              </span>
            )
          })}
        </div>
      )}
    </div>
  )
}

/** Labels that have room beside those before them. */
function apart<T extends { value: number }>(labels: readonly T[], top: (value: number) => number): T[] {
  const kept: T[] = []
  for (const label of labels) {
    if (kept.every(({ value }) => Math.abs(top(value) - top(label.value)) >= labelDistance)) kept.push(label)
  }
  return kept
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`
}
