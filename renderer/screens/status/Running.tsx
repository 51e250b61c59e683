import { useBoard } from '../../board-view.tsx'
import { Hero, HeroLine, MadePair, PaceBar, PairValue, Pair, StateRow } from './parts.tsx'
import { recoveryWords } from './recovery-words.ts'
import { Timeline } from './Timeline.tsx'

/** Running, slow, waiting, stopped: the state word, and the gap to plan as the hero. */
export function Running() {
  const view = useBoard()
  const { board, nowMs, density, format, t } = view
  const { sinceMs, reason, word } = board.line
  const pace = board.status.pace
  const aside = sinceMs === null ? undefined : t('forSpan', { span: format.span(nowMs - sinceMs) })
  return (
    <div className="screen">
      <StateRow aside={aside} note={word === 'running' ? null : reason} more={recoveryWords(view)} />
      {pace ? <GapToPlan /> : <CountOnly />}
      {density !== 'far' && (
        <div className="status-bars">
          <PaceBar withHeading />
          <Timeline />
        </div>
      )}
    </div>
  )
}

/** Gap to plan, with the made and planned pieces that it comes from. */
export function GapToPlan() {
  const { board, format, t } = useBoard()
  const pace = board.status.pace
  if (!pace) return null
  return (
    <div className="status-mid">
      <div className="status-hero">
        <HeroLine
          status={pace.status === 'behind' ? 'warn' : 'ok'}
          words={t(`pace.${pace.status}`)}
          testId="pace-status"
          raw={pace.status}
        />
        <Hero id="gap" raw={pace.gap} text={format.signed(pace.gap)} />
      </div>
      <MadePair />
    </div>
  )
}

function CountOnly() {
  const { board, format, t } = useBoard()
  const { made } = board.status
  const { scrap } = board.scrap
  return (
    <div className="status-mid">
      <div className="status-hero">
        <HeroLine words={t('madeNoPlan')} quiet testId="pace-status" raw="none" />
        <Hero id="made" raw={made} text={format.pieces(made)} />
      </div>
      {scrap > 0 && (
        <Pair>
          <PairValue id="scrap" label={t('scrapCount')} raw={scrap} text={format.pieces(scrap)} quiet />
        </Pair>
      )}
    </div>
  )
}
