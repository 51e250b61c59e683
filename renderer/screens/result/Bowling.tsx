import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { monthsAround } from '../../../shared/domain/okr/bowling.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { keyResultGoal, keyResultNumber, paceShapes } from '../../key-results/look.ts'
import { Shape } from '../../widgets/Shape.tsx'

/** Months side by side; of a longer cycle those around the running one. */
const mostMonths = { near: 6, standard: 4, far: 3, hero: 3 } as const
/** More of them leave no room for names of months but their first letters. */
const namedMonths = 4

/** Plan and actual at the end of each month. */
export function Bowling({ item }: { item: KeyResultView }) {
  const view = useBoard()
  const { format, t, density, board, nowMs } = view
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone }).format(nowMs)
  const months = monthsAround(item.months, today.slice(0, 7), mostMonths[density])
  if (months.length === 0) return <div />
  const number = (row: 'plan' | 'actual', month: string, value: number) => (
    <Fit
      key={month}
      className={row === 'plan' ? 'number quiet' : 'number'}
      text={(row === 'plan' ? keyResultGoal : keyResultNumber)(item, value, format)}
      tier="line"
      floor={0.8}
      testId={`${row}-${month}`}
      raw={value}
    />
  )
  const name = months.length > namedMonths ? 'narrow' : 'short'
  return (
    <div className="bowling" style={{ gridTemplateColumns: `auto repeat(${months.length}, minmax(0, 1fr))` }}>
      <span />
      {months.map(({ month }) => (
        <Fit key={month} className="label" text={format.monthOf(month, name)} tier="line" />
      ))}
      <span className="label" data-tier="line">
        {t('hour.plan')}
      </span>
      {months.map(({ month, plan }) => number('plan', month, plan))}
      <span className="label ink" data-tier="line">
        {t('result.actual')}
      </span>
      {months.map(({ month, actual }) =>
        actual === null ? <span key={month} /> : number('actual', month, actual),
      )}
      <span />
      {months.map(({ month, status }) =>
        status === null ? (
          <span key={month} />
        ) : (
          <Shape key={month} status={paceShapes[status]} size="4.4rem" />
        ),
      )}
    </div>
  )
}
