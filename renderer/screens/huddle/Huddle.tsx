import type { HuddleNow } from '../../../shared/contract/board-huddle.ts'
import { agendaMs, stepClock } from '../../../shared/domain/huddle/agenda.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { NotSetUp } from '../NotSetUp.tsx'
import { Hero, HeroLine } from '../status/parts.tsx'
import { type FactRow, shiftWords, stepFacts } from './step-facts.ts'
import { askWords, stepName } from './step-words.ts'

/** Rows below the answer of a step. */
const factRows = { near: 6, standard: 5, far: 1, hero: 0 } as const

/** One step of the huddle for the whole crew: its answer, what stands behind it, its clock and its question. */
export function Huddle({ ends }: { ends: boolean }) {
  const view = useBoard()
  const { board, density, t } = view
  const { current } = board.huddle
  const step = current?.steps[current.step]
  if (current === null || step === undefined) return <NotSetUp />
  const facts = stepFacts(step.topic, current, view, factRows[density])
  const old = ['since', 'plan', 'keys', 'actions'].includes(step.topic)
    ? null
    : shiftWords(current.report, view)
  return (
    <div className="screen huddle" data-step={current.step} data-topic={step.topic}>
      {density !== 'far' && <Steps now={current} />}
      <div className="huddle-body">
        <div className="huddle-facts">
          {facts.hero === null ? (
            <div className="huddle-said">
              {facts.status && <Shape status={facts.status} size="8rem" />}
              <Fit className="title" text={facts.words ?? facts.label} tier="line" floor={0.8} maxLines={2} />
            </div>
          ) : (
            <>
              <HeroLine
                status={facts.status}
                words={listed([facts.label, density === 'far' ? null : old], t)}
                testId="huddle-label"
              />
              <Hero id={facts.hero.id} raw={facts.hero.raw} text={facts.hero.text} unit={facts.hero.unit} />
            </>
          )}
        </div>
        <Clock now={current} />
        <div className="huddle-rows">
          {facts.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </div>
      </div>
      <div className="why" data-tier="line">
        {ends && <Shape status="warn" size="0.95em" />}
        <Fit text={ends ? t('huddle.again') : askWords(step, t)} maxLines={2} testId="huddle-ask" />
      </div>
    </div>
  )
}

/** Where in the agenda: what is behind us is quiet, the open step stands out. */
function Steps({ now }: { now: HuddleNow }) {
  const { t } = useBoard()
  return (
    <ol className="huddle-steps">
      {now.steps.map((step, index) => (
        <li key={index} className={index === now.step ? 'here' : index < now.step ? 'past' : undefined}>
          <Fit text={stepName(step, t)} tier="near" maxLines={2} />
        </li>
      ))}
    </ol>
  )
}

/** The step's clock: what it took of what it may take. Beyond it, the triangle, and it counts on. */
function Clock({ now }: { now: HuddleNow }) {
  const { density, format, nowMs, t } = useBoard()
  const { spentMs, plannedMs, over } = stepClock(now.steps[now.step]!, now.stepMs, nowMs)
  const total = format.timer(nowMs - now.startedMs).text
  return (
    <div className="huddle-clock">
      <div className="huddle-time">
        {over && <Shape status="warn" size="0.7em" />}
        <Figure id="huddle-timer" raw={Math.floor(spentMs / 1000)} tier="number">
          {format.timer(spentMs).text}
        </Figure>
      </div>
      <NotchBar fill={spentMs / plannedMs} notch={null} />
      <Fit
        className="label"
        text={over ? t('huddle.over') : t('huddle.of', { time: format.timer(plannedMs).text })}
        tier="line"
        maxLines={2}
        testId="huddle-planned"
        raw={plannedMs / 1000}
      />
      {density !== 'far' && (
        <div className="huddle-whole">
          <Fit
            className="micro"
            text={t('huddle.total', { spent: total, planned: format.timer(agendaMs(now.steps)).text })}
            tier="near"
          />
          {now.present !== null && (
            <Fit
              className="micro"
              text={`${t('huddle.present')}: ${now.present}`}
              tier="near"
              testId="huddle-present"
              raw={now.present}
            />
          )}
        </div>
      )}
    </div>
  )
}

function Row({ row }: { row: FactRow }) {
  const far = useBoard().density === 'far'
  const { status, name, more, value, raw, share } = row
  return (
    <div className="huddle-row">
      <span className="call-mark">{status && <Shape status={status} size="1em" />}</span>
      <Fit className="label ink" text={name} tier="line" maxLines={far ? 2 : 1} />
      {share === undefined ? (
        <Fit className="label" text={more ?? ''} tier="line" />
      ) : (
        <div className="row-bar">
          <b className="fill-all" style={{ insetInlineStart: 0, width: `${share * 100}%` }} />
        </div>
      )}
      <Fit className="label ink value" text={value} tier="line" testId={row.id} raw={raw ?? ''} />
    </div>
  )
}
