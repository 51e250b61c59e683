import type { StrategyObjective, StrategyPart } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { paceShapes } from '../../key-results/look.ts'
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
    </div>
  )
}

function columns(count: number): React.CSSProperties {
  return { gridTemplateColumns: `repeat(${Math.max(1, count)}, minmax(0, 1fr))` }
}

function ObjectiveCard({ objective, ours }: { objective: StrategyObjective; ours: boolean }) {
  const { title, id } = objective
  return (
    <section className={ours ? 'strategy-card ours' : 'strategy-card'} data-objective={id}>
      <Fit className="title" text={title} tier="line" floor={0.9} maxLines={3} />
      <Standing objective={objective} size="5.4rem" lines={3} />
    </section>
  )
}

/** Shape and "2 of 3 on pace". */
function Standing(props: { objective: StrategyObjective; size: string; lines: number }) {
  const { keyResults, onPace, status, id } = props.objective
  const { t } = useBoard()
  const words = status === null ? t('nothingMeasured') : t('onPaceOf', { count: onPace, total: keyResults })
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
      {objective && <Standing objective={objective} size="9rem" lines={1} />}
    </div>
  )
}
