import { memo, useCallback, useRef } from 'react'
import { useBoardOf, useNumbersOf } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import type { Written } from '../../widgets/written.ts'
import { Hero, HeroLine, MadePair, PaceBar, PairValue, Pair, StateRow } from './parts.tsx'
import { recoveryWords } from './recovery-words.ts'
import { Timeline } from './Timeline.tsx'

function runningLook(view: BoardView) {
  const { board, nowMs, density, format, t } = view
  const { sinceMs, reason, word } = board.line
  return {
    aside: sinceMs === null ? undefined : t('forSpan', { span: format.span(nowMs - sinceMs) }),
    note: word === 'running' ? null : reason,
    more: recoveryWords(view),
    planned: board.status.pace !== null,
    far: density === 'far',
  }
}

/** Running, slow, waiting, stopped: the state word, and the gap to plan as the hero. */
export function Running() {
  const { aside, note, more, planned, far } = useBoardOf(runningLook)
  return (
    <div className="screen">
      <StateRow aside={aside} note={note} more={more} />
      {planned ? <GapToPlan /> : <CountOnly />}
      {!far && (
        <div className="status-bars">
          <PaceBar withHeading />
          <Timeline />
        </div>
      )}
    </div>
  )
}

function gapLook({ board, format }: BoardView) {
  const gap = board.status.pace?.gap ?? null
  return { gap, text: gap === null ? '' : format.signed(gap) }
}

function paceStatusLook({ board, t }: BoardView) {
  const status = board.status.pace?.status ?? null
  return { status, words: status === null ? '' : t(`pace.${status}`) }
}

/** Gap to plan, with the made and planned pieces that it comes from. */
export const GapToPlan = memo(function GapToPlan() {
  const hero = useRef<Written>(null)
  const write = useCallback(
    (next: ReturnType<typeof gapLook>) => hero.current?.write(next.text, next.gap) ?? false,
    [],
  )
  const { gap, text } = useNumbersOf(gapLook, write)
  const { status, words } = useNumbersOf(paceStatusLook)
  if (status === null) return null
  return (
    <div className="status-mid">
      <div className="status-hero">
        <HeroLine
          status={status === 'behind' ? 'warn' : 'ok'}
          words={words}
          testId="pace-status"
          raw={status}
        />
        <Hero written={hero} id="gap" raw={gap} text={text} />
      </div>
      <MadePair />
    </div>
  )
})

function countLook({ board, format, t }: BoardView) {
  const { made } = board.status
  const { scrap } = board.scrap
  return {
    made,
    text: format.pieces(made),
    words: t('madeNoPlan'),
    scrap,
    scrapText: format.pieces(scrap),
    scrapLabel: t('scrapCount'),
  }
}

const CountOnly = memo(function CountOnly() {
  const { made, text, words, scrap, scrapText, scrapLabel } = useNumbersOf(countLook)
  return (
    <div className="status-mid">
      <div className="status-hero">
        <HeroLine words={words} quiet testId="pace-status" raw="none" />
        <Hero id="made" raw={made} text={text} />
      </div>
      {scrap > 0 && (
        <Pair>
          <PairValue id="scrap" label={scrapLabel} raw={scrap} text={scrapText} quiet />
        </Pair>
      )}
    </div>
  )
})
