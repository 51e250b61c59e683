import type { ChangeoverPart } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import { Hero, HeroLine, Pair, PairValue } from '../status/parts.tsx'
import { changeoverBar } from './changeover-bar.ts'
import { ChangeoverDone } from './ChangeoverDone.tsx'
import { Products } from './Products.tsx'
import { RecentChangeovers } from './RecentChangeovers.tsx'
import { Steps } from './Steps.tsx'
import { justEnded } from './summary.ts'

/** The running changeover against its target; one that has just ended in sum; when none runs, the last ones. */
export function Changeover() {
  const { board, nowMs, trust } = useBoard()
  const { changeover } = board
  const running = trust === 'live' ? changeover.current : null
  if (running) return <RunningChangeover part={changeover} current={running} />
  const ended = trust === 'live' ? justEnded(changeover, nowMs) : null
  if (ended) return <ChangeoverDone part={changeover} entry={ended} />
  return <RecentChangeovers part={changeover} />
}

function RunningChangeover(props: { part: ChangeoverPart; current: NonNullable<ChangeoverPart['current']> }) {
  const { part, current } = props
  const { nowMs, density, format, t } = useBoard()
  const spentMs = Math.max(0, nowMs - current.startMs)
  const over = part.targetMs !== null && spentMs > part.targetMs
  const shown = format.timer(spentMs)
  const bar = changeoverBar(current, part.targetMs, spentMs)
  const withSteps = density !== 'far' && current.steps.length + current.prep.length > 0
  return (
    <div className={withSteps ? 'screen planned changeover stepwise' : 'screen planned changeover'}>
      <div className="hatch-band" />
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine
            status={over ? 'warn' : 'plan'}
            words={over ? t('overTarget') : t('startedAt', { time: format.clock(current.startMs) })}
            testId="changeover-state"
          />
          <Hero id="changeover-timer" raw={Math.floor(spentMs / 1000)} text={shown.text} unit={shown.unit} />
        </div>
        <Pair>
          {part.targetMs !== null && (
            <PairValue
              id="changeover-target"
              label={t('target')}
              raw={part.targetMs / 1000}
              {...format.timer(part.targetMs, spentMs)}
              quiet
            />
          )}
          {part.bestMs !== null && density !== 'far' && (
            <PairValue
              id="changeover-best"
              label={t('best')}
              raw={part.bestMs / 1000}
              {...format.timer(part.bestMs, spentMs)}
              quiet
            />
          )}
        </Pair>
      </div>
      {density !== 'far' && (
        <div className="status-bars">
          {bar && <NotchBar kind="pace" fill={bar.fill} notch={bar.notch} />}
          <Products from={current.from} to={current.to} beside={withSteps} />
          {withSteps && <Steps current={current} />}
        </div>
      )}
    </div>
  )
}
