import type { KeyResultsPart, ObjectiveView } from '../../shared/contract/board-team.ts'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { useBoard } from '../board-view.tsx'
import { ChartCanvas } from '../charts/ChartCanvas.tsx'
import { keyResultChart, keyResultLine, keyResultScale } from '../charts/key-result-line.ts'
import { Fit } from '../fit/Fit.tsx'
import {
  gapWords,
  keyResultGoal,
  keyResultLook,
  keyResultNumber,
  keyResultUnit,
} from '../key-results/look.ts'
import { Mean } from '../key-results/Mean.tsx'
import { ScaleEnd } from '../key-results/ScaleEnd.tsx'
import { Figure } from '../widgets/Figure.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { NotSetUp } from './NotSetUp.tsx'
import { Hero } from './status/parts.tsx'

/** Rows of one page; more key results take turns. */
export const keyRows = { near: 4, standard: 4, far: 1, hero: 1 } as const

/** An objective of the team and its key results, each with history, pace and what was last said. */
export function KeyResults({ turn }: { turn: number }) {
  const { board, density, t } = useBoard()
  const pages = keyPages(board.keyResults, keyRows[density])
  const page = pages[turn % Math.max(1, pages.length)]
  if (page === undefined) return <NotSetUp />
  const { objective, items: shown } = page
  if (density === 'far') return <OneKeyResult item={shown[0]!} />
  const { title, week, weeks, mean, id } = objective
  return (
    <div className="screen keys">
      <div className="keys-head">
        <Fit
          className="keys-objective"
          text={title}
          tier="line"
          floor={0.7}
          maxLines={2}
          testId="objective"
        />
        <Mean mean={mean} id={id} />
        <span className="label nowrap" data-tier="line" data-testid="week" data-value={week}>
          {t('weekOf', { week, weeks })}
        </span>
      </div>
      {shown.map((item) => (
        <Row key={item.id} item={item} dense={shown.length > 3} roomy={shown.length < 3} />
      ))}
    </div>
  )
}

type KeyPage = { objective: ObjectiveView; items: readonly KeyResultView[] }

/** Pages of at most `size` key results, each of one objective. */
export function keyPages({ objectives, items }: KeyResultsPart, size: number): KeyPage[] {
  return objectives.flatMap((objective) => {
    const own = items.filter(({ objectiveId }) => objectiveId === objective.id)
    const pages = Array.from({ length: Math.ceil(own.length / size) })
    return pages.map((_, page) => ({ objective, items: own.slice(page * size, page * size + size) }))
  })
}

function Row({ item, dense, roomy }: { item: KeyResultView; dense: boolean; roomy: boolean }) {
  const view = useBoard()
  const look = keyResultLook(item, view)
  const line = keyResultLine(item, look)
  const { min, max } = keyResultScale(line)
  const at = (value: number) => `${(1 - (value - min) / (max - min)) * 100}%`
  const number = (value: number) => keyResultNumber(item, value, view.format)
  const goal = (value: number) => keyResultGoal(item, value, view.format)
  return (
    <section className={dense ? 'key-row dense' : 'key-row'} data-kr={item.id}>
      <div className="key-name">
        <Fit className="title" text={item.name} tier="line" floor={0.88} maxLines={roomy ? 2 : 1} />
        {look.value !== null && (
          <Fit
            className={look.old ? 'key-value old' : 'key-value'}
            text={number(look.value)}
            floor={0.62}
            tier="number"
            testId={`kr-${item.id}`}
            raw={look.value}
            unit={keyResultUnit(item, number(look.value))}
          />
        )}
      </div>
      <div className="key-chart">
        <ScaleEnd className="key-end start" top={at(item.baseline)} text={goal(item.baseline)} />
        <div className="key-canvas">
          <ChartCanvas
            data={line}
            build={keyResultChart}
            label={view.t('picture.keyResult', { name: item.name })}
          />
        </div>
        <ScaleEnd className="key-end goal" top={at(item.target)} text={goal(item.target)} />
      </div>
      <div className="key-words">
        <div className="key-status">
          <Shape status={look.status} size="5.4rem" />
          <Fit
            className="title"
            text={look.word}
            maxLines={2}
            tier="line"
            floor={0.88}
            testId={`kr-${item.id}-word`}
          />
        </div>
        {!look.old && (
          <Fit
            className="label key-gap"
            text={gapWords(item, look, view)}
            maxLines={dense ? 1 : 2}
            tier="line"
          />
        )}
        {!dense && item.lastSentence !== null && look.value !== null && (
          <Fit className="key-note" text={item.lastSentence} tier="line" />
        )}
      </div>
    </section>
  )
}

/** Far class: one key result fills the screen. */
function OneKeyResult({ item }: { item: KeyResultView }) {
  const view = useBoard()
  const { t } = view
  const look = keyResultLook(item, view)
  return (
    <div className="screen one" data-kr={item.id}>
      <Fit className="title" text={item.name} tier="number" floor={0.9} />
      {look.value === null ? (
        <Fit className="state-word quiet" text={t('state.nodata')} tier="far" />
      ) : (
        <Hero
          id={`kr-${item.id}`}
          raw={look.value}
          text={keyResultNumber(item, look.value, view.format)}
          unit={keyResultUnit(item, keyResultNumber(item, look.value, view.format))}
          old={look.old}
        />
      )}
      <div className="one-bar">
        <NotchBar
          kind="pace"
          fill={look.progress?.progress ?? null}
          notch={look.progress?.expected ?? null}
        />
        <Figure id={`kr-${item.id}-target`} raw={item.target} className="number">
          {keyResultGoal(item, item.target, view.format)}
        </Figure>
      </div>
      <div className="key-status">
        <Shape status={look.status} size="9rem" />
        <Fit className="title" text={look.word} tier="line" floor={0.82} testId={`kr-${item.id}-word`} />
      </div>
    </div>
  )
}
