import type { ActionEffect, GapItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { ChartCanvas } from '../../charts/ChartCanvas.tsx'
import { xmrChart } from '../../charts/xmr.ts'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { ActionList } from '../calls/ActionList.tsx'
import { kpiChart } from '../kpis/kpi-words.ts'
import { pageRange } from '../page-range.ts'
import { effectStatus, effectWords } from './effect-words.ts'
import { amountOf, gapNote, gapStatus, gapWords, isPressing } from './gap-words.ts'

/** Gaps of one page, more take turns; and, where there is room, lines of actions and effects: below a full page, and without any gap. */
const rowsFor = {
  near: { gaps: 3, others: 2, alone: 9 },
  standard: { gaps: 2, others: 2, alone: 7 },
  far: { gaps: 1, others: 0, alone: 0 },
  hero: { gaps: 1, others: 0, alone: 0 },
} as const

/** What the line has to close, the largest first, and what is being done about it. */
export function Gaps({ turn }: { turn: number }) {
  const { board, density, t } = useBoard()
  const { gaps, actions } = board
  const room = rowsFor[density]
  const items = gaps?.items ?? []
  const open = actions?.items ?? []
  const effect = actions?.effects[0]
  const causes = gaps?.causes ?? { environment: 0, all: 0 }
  // That nothing is being done takes one line: the others are another gap's.
  const nothingDone = room.others > 0 && open.length === 0 && !effect
  const perPage = room.gaps + (nothingDone ? 1 : 0)
  const pages = Math.max(1, Math.ceil(items.length / perPage))
  const from = (turn % pages) * perPage
  const shown = items.slice(from, from + perPage)
  const below = room.others + (room.gaps - shown.length) * (room.others > 0 ? 2 : 0)
  const rest = nothingDone ? 1 : shown.length > 0 ? below : room.alone
  const effectRows = effect && rest > 1 ? 1 : 0
  return (
    <div className="screen gaps">
      {items.length === 0 && (
        <div className="said-row" data-testid="no-gaps">
          <Shape status="ok" size="1em" />
          <Fit text={t('gap.none')} tier="number" floor={0.6} maxLines={2} />
        </div>
      )}
      {shown.map((item) => (
        <GapRow key={item.kpi} item={item} />
      ))}
      {density !== 'far' && shown.length === 1 && <GapChart id={shown[0]!.kpi} />}
      {items.length > shown.length && (
        <p className="list-more gap-more" data-tier="near" data-testid="gaps" data-value={gaps?.all ?? 0}>
          {t('gap.more', {
            shown: pageRange(from, shown.length),
            all: gaps?.all ?? 0,
          })}
        </p>
      )}
      {rest > 0 && (
        <>
          <div className="list-head second">
            <Fit className="title" text={t('actions')} tier="line" floor={0.88} />
            <span
              className="label nowrap"
              data-tier="line"
              data-testid="gap-actions"
              data-value={actions?.open ?? 0}
            >
              {actions === null || actions.open === 0
                ? t('noActions')
                : actions.late > 0
                  ? t('actionsLate', { open: actions.open, late: actions.late })
                  : t('actionsOpen', { open: actions.open })}
            </span>
          </div>
          {open.length > 0 && <ActionList items={open.slice(0, rest - effectRows)} />}
          {effect && effectRows > 0 && <EffectRow effect={effect} />}
          {causes.all > 0 && (
            <p className="list-more" data-tier="near" data-testid="causes" data-value={causes.environment}>
              {t('gap.causes', causes)}
            </p>
          )}
        </>
      )}
    </div>
  )
}

function GapRow({ item }: { item: GapItem }) {
  const view = useBoard()
  const { density, format, trust, nowMs } = view
  const note = gapNote(item, view)
  const old = trust !== 'live'
  return (
    <section className="gap-row" data-gap={item.kpi}>
      <Shape status={gapStatus(item, trust)} size="1em" />
      <div className="gap-words">
        <Fit
          className="title"
          text={item.name}
          tier="line"
          floor={0.82}
          testId={`gap-${item.kpi}`}
          raw={item.distance}
        />
        <Fit
          className="label ink"
          text={gapWords(item, view)}
          tier="line"
          maxLines={density === 'far' ? 3 : 2}
          testId={`gap-${item.kpi}-words`}
        />
        {note !== '' && (
          <Fit
            className={isPressing(item, nowMs) ? 'label ink pressing' : 'label'}
            text={note}
            tier="line"
            maxLines={2}
            testId={`gap-${item.kpi}-note`}
          />
        )}
      </div>
      <Fit
        className={old ? 'value old' : 'value'}
        text={format.decimal(item.level, item.decimals)}
        floor={0.6}
        tier="number"
        unit={item.unit}
        testId={`gap-${item.kpi}-value`}
        raw={item.level}
      />
    </section>
  )
}

/** A single gap leaves room for the chart of its KPI. */
function GapChart({ id }: { id: string }) {
  const { board, t } = useBoard()
  const kpi = board.kpis?.items.find((item) => item.id === id)
  if (kpi === undefined || kpi.points.length < 2) return null
  return (
    <div className="gap-chart">
      <ChartCanvas data={kpiChart(kpi)} build={xmrChart} label={t('picture.kpi', { name: kpi.name })} />
    </div>
  )
}

function EffectRow({ effect }: { effect: ActionEffect }) {
  const view = useBoard()
  const { before, after } = effect
  return (
    <div className="list-row effect" data-effect={effect.id}>
      <span className="call-mark">
        <Shape status={effectStatus(effect)} size="1em" />
      </span>
      <Fit className="label ink" text={effect.what} tier="line" />
      <Fit
        className="label"
        text={effectWords(effect, view, effect.decimals)}
        tier="line"
        testId={`effect-${effect.id}`}
        raw={
          before.level === null || after.level === null
            ? ''
            : amountOf(after.level - before.level, effect, view)
        }
      />
    </div>
  )
}
