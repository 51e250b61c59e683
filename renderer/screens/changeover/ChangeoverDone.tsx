import type { ChangeoverPart } from '../../../shared/contract/board-line.ts'
import type { ChangeoverEntry } from '../../../shared/domain/kpi.ts'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { isLinked, keyResultText } from '../../key-results/look.ts'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import { Hero, HeroLine, Pair, PairValue } from '../status/parts.tsx'
import { timeBar } from './changeover-bar.ts'
import { Products } from './Products.tsx'

const minuteMs = 60_000

/** What the changeover that has just ended took: against its target, the best one, and the key result. */
export function ChangeoverDone({ part, entry }: { part: ChangeoverPart; entry: ChangeoverEntry }) {
  const { board, density, format, t } = useBoard()
  const { targetMs, bestMs } = part
  const { durationMs } = entry
  const isBest = bestMs !== null && part.recent.length > 1 && durationMs <= bestMs
  const over = targetMs !== null && durationMs > targetMs
  const far = density === 'far'
  const shown = format.timer(durationMs)
  const keyResult = board.keyResults.items.find((item) => isLinked(item, 'changeover'))
  return (
    <div className="screen changeover">
      <div className="status-mid">
        <div className="status-hero">
          <HeroLine
            status={over ? 'warn' : 'ok'}
            words={isBest ? t('changeoverBest') : over ? t('changeoverOver') : t('changeoverDone')}
            testId="changeover-done"
            raw={over ? 'over' : 'done'}
          />
          <Hero
            id="changeover-total"
            raw={Math.round(durationMs / 1000)}
            text={shown.text}
            unit={shown.unit}
          />
        </div>
        <Pair>
          {targetMs !== null && (
            <PairValue
              id="changeover-target"
              label={t('target')}
              raw={targetMs / 1000}
              {...format.timer(targetMs, durationMs)}
              quiet
            />
          )}
          {bestMs !== null && !far && (
            <PairValue
              id="changeover-best"
              label={t('best')}
              raw={bestMs / 1000}
              {...format.timer(bestMs, durationMs)}
              quiet
            />
          )}
        </Pair>
      </div>
      {!far && (
        <div className="status-bars">
          {targetMs !== null && <NotchBar kind="pace" {...timeBar(targetMs, durationMs)} />}
          <Products from={entry.from} to={entry.to} />
          {keyResult && <AgainstKeyResult item={keyResult} minutes={durationMs / minuteMs} />}
        </div>
      )}
    </div>
  )
}

/** How far this one changeover is from where its key result is meant to go. */
function AgainstKeyResult({ item, minutes }: { item: KeyResultView; minutes: number }) {
  const { format, t } = useBoard()
  const over = minutes - item.target
  const target = keyResultText(item, item.target, format)
  const values = { name: item.name, target, gap: keyResultText(item, over, format) }
  return (
    <Fit
      className="label ink changeover-kr"
      text={over > 0 ? t('keyResultOver', values) : t('keyResultMet', values)}
      tier="line"
      maxLines={2}
      testId="changeover-kr"
      raw={over}
    />
  )
}
