import type { StrategyObjective, StrategyPart } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Mean } from '../../key-results/Mean.tsx'
import { paceShapes } from '../../key-results/look.ts'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { wordShapes } from '../state-look.ts'
import { NotSetUp } from '../NotSetUp.tsx'
import type { Link } from './Links.tsx'
import { Links } from './Links.tsx'

/** With more lines than this the shape stands above the name. */
const mostBeside = 6

/** The plant's goal, the objectives that serve it and the lines that work on them. This line's chain stands out. */
export function StrategyMap({ turn }: { turn: number }) {
  const { board, density, portrait } = useBoard()
  const { strategy } = board
  if (strategy === null) return <NotSetUp />
  if (density === 'far') return <OneObjective part={strategy} turn={turn} />
  const { objectives } = strategy
  const lines = board.plant?.lines ?? []
  const ours = (one: StrategyObjective) => one.lineIds.includes(board.site.lineId)
  const middle = (index: number, count: number) => (index + 0.5) / count
  const fromGoal = objectives.map((one, index): Link => {
    return { from: 0.5, to: middle(index, objectives.length), ours: ours(one) }
  })
  const toLines = objectives.flatMap((one, index) =>
    lines.flatMap((line, place): Link[] => {
      if (!one.lineIds.includes(line.id)) return []
      const link = { from: middle(index, objectives.length), to: middle(place, lines.length) }
      return [{ ...link, ours: line.id === board.site.lineId }]
    }),
  )
  return (
    <div className="screen strategy">
      <Fit className="strategy-goal" text={strategy.goal} tier="line" floor={0.84} testId="goal" />
      <Links links={fromGoal} />
      <div className="strategy-row" style={columns(objectives.length)}>
        {objectives.map((one) => (
          <ObjectiveCard key={one.id} objective={one} ours={ours(one)} />
        ))}
      </div>
      <Links links={toLines} />
      {lines.length > 0 && (
        <div
          className={
            lines.length > mostBeside || portrait ? 'strategy-row lines stacked' : 'strategy-row lines'
          }
          style={columns(lines.length)}
        >
          {lines.map((line) => (
            <div
              key={line.id}
              className={line.id === board.site.lineId ? 'strategy-line ours' : 'strategy-line'}
              data-line={line.id}
            >
              <Fit className="label" text={line.name} tier="line" maxLines={2} />
              <Shape status={wordShapes[line.word]} size="5rem" />
            </div>
          ))}
        </div>
      )}
      {strategy.orphans.length > 0 && <Orphans orphans={strategy.orphans} />}
    </div>
  )
}

/** Orphans with their titles; more are only counted. */
const titledOrphans = 3

/** What hangs on nothing above: below the lines, tied to none of the cards. */
function Orphans({ orphans }: Pick<StrategyPart, 'orphans'>) {
  const { board, t, portrait } = useBoard()
  const shown = orphans.slice(0, portrait ? 1 : titledOrphans)
  const nameOf = (id: string) => board.site.lines.find((line) => line.id === id)?.name ?? id
  return (
    <div className="strategy-orphans">
      <div className="key-status">
        <Shape status="none" size="4.4rem" />
        <Fit
          className="label"
          text={t('strategy.orphans', { count: orphans.length })}
          tier="line"
          maxLines={2}
          testId="orphans"
          raw={orphans.length}
        />
      </div>
      <div className="strategy-row" style={columns(shown.length)}>
        {shown.map(({ id, title, lineId }) => (
          <div
            key={id}
            className={lineId === board.site.lineId ? 'strategy-orphan ours' : 'strategy-orphan'}
            data-orphan={id}
          >
            <Fit text={`${title}, ${nameOf(lineId)}`} tier="near" maxLines={2} />
          </div>
        ))}
      </div>
    </div>
  )
}

function columns(count: number): React.CSSProperties {
  return { gridTemplateColumns: `repeat(${Math.max(1, count)}, minmax(0, 1fr))` }
}

function ObjectiveCard({ objective, ours }: { objective: StrategyObjective; ours: boolean }) {
  const { title, id, mean } = objective
  return (
    <section
      className={['strategy-card', ours && 'ours', isServed(objective) || 'alone'].filter(Boolean).join(' ')}
      data-objective={id}
    >
      <Fit className="title" text={title} tier="line" floor={0.9} maxLines={3} />
      <div>
        <Standing objective={objective} size="5.4rem" lines={3} withMean />
        <Own objective={objective} />
      </div>
      {mean && <NotchBar fill={mean.progress} notch={mean.expected} />}
    </section>
  )
}

function isServed({ lineIds }: StrategyObjective): boolean {
  return lineIds.length > 0
}

/** What this line gives to it: "This line: 1 of 1 on pace". */
function Own({ objective: { id, own } }: { objective: StrategyObjective }) {
  const { t } = useBoard()
  if (own.keyResults === 0) return null
  return (
    <Fit
      className="strategy-own"
      text={t('strategy.own', { count: own.onPace, total: own.keyResults })}
      tier="near"
      maxLines={2}
      testId={`own-${id}`}
      raw={own.onPace}
    />
  )
}

/** Shape and "2 of 3 on pace", after "57 %" where nothing else says the mean. */
function Standing(props: { objective: StrategyObjective; size: string; lines: number; withMean?: boolean }) {
  const { keyResults, onPace, status, id, mean } = props.objective
  const { format, t } = useBoard()
  const share = props.withMean && mean ? `${format.amount(mean.progress * 100, 0, '%')}, ` : ''
  const words = !isServed(props.objective)
    ? t('strategy.nobody')
    : status === null
      ? t('nothingMeasured')
      : share + t('onPaceOf', { count: onPace, total: keyResults })
  return (
    <div className="key-status">
      <Shape status={status === null ? 'none' : paceShapes[status]} size={props.size} />
      <Fit
        className="label"
        text={words}
        tier="line"
        maxLines={props.lines}
        testId={`objective-${id}`}
        raw={onPace}
      />
    </div>
  )
}

/** Far class: one objective, by turns, this line's own first. */
function OneObjective({ part, turn }: { part: StrategyPart; turn: number }) {
  const { board } = useBoard()
  const own = part.objectives.filter((one) => one.lineIds.includes(board.site.lineId))
  const order = [...own, ...part.objectives.filter((one) => !own.includes(one))]
  const objective = order[turn % Math.max(1, order.length)]
  return (
    <div className="screen one strategy-one">
      <Fit className="label" text={part.goal} tier="line" maxLines={2} />
      {objective && (
        <Fit className="one-title" text={objective.title} tier="number" floor={0.7} maxLines={3} />
      )}
      {objective && (
        <div>
          <Mean mean={objective.mean} id={objective.id} />
          <Standing objective={objective} size="9rem" lines={2} />
          <Own objective={objective} />
        </div>
      )}
    </div>
  )
}
