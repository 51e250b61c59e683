import { createContext, useContext, useMemo } from 'react'
import type { ReactNode } from 'react'
import type { LinePart } from '../shared/contract/board-line.ts'
import type { Board } from '../shared/contract/board.ts'
import type { EpochMs } from '../shared/domain/facts.ts'
import type { DensityClass } from '../shared/domain/legibility.ts'
import {
  densityClass,
  fontScale,
  portraitWidthU,
  screenHeightU,
  unitsPerArcmin,
} from '../shared/domain/legibility.ts'
import { usePortrait } from './fit/portrait.ts'
import { createFormat } from './i18n/format.ts'
import type { Format } from './i18n/format.ts'
import { useWords } from './i18n/language.tsx'
import type { PageLanguage, Translate } from './i18n/words.ts'
import { themeAt } from './theme.ts'
import type { Theme } from './theme.ts'
import { useLive } from './link/live.tsx'

/** A board without a connection shows no number at all after this long. Milliseconds; product.md section 4. */
export const linkWithdrawnMs = 600_000

/** How far the line's values can be trusted: stale values are grey, withdrawn ones are not shown. */
export type Trust = 'live' | 'stale' | 'withdrawn'

/** What every part of the board draws from. */
export type BoardView = {
  board: Board
  nowMs: EpochMs
  linkLost: boolean
  lastPushMs: EpochMs | null
  trust: Trust
  format: Format
  /** The words of the page's language. */
  t: Translate
  language: PageLanguage
  theme: Theme
  density: DensityClass
  /** Scale of the type roles inside the density class. */
  scale: number
  /** Units per arcminute. */
  am: number
  /** The screen is higher than wide. */
  portrait: boolean
}

const BoardContext = createContext<BoardView | null>(null)

export function useBoard(): BoardView {
  const view = useContext(BoardContext)
  if (!view) throw new Error('useBoard needs a BoardProvider above it')
  return view
}

export function trustOf(
  line: LinePart,
  linkLost: boolean,
  lastPushMs: EpochMs | null,
  nowMs: EpochMs,
): Trust {
  if (linkLost) return lastPushMs === null || nowMs - lastPushMs > linkWithdrawnMs ? 'withdrawn' : worst(line)
  return worst(line, 'live')
}

function worst({ freshness, word }: LinePart, best: Trust = 'stale'): Trust {
  if (freshness === 'withdrawn' || freshness === 'none') return 'withdrawn'
  if (freshness === 'stale' || word === 'nodata') return 'stale'
  return best
}

export function BoardProvider({ board, children }: { board: Board; children: ReactNode }) {
  const { linkLost, lastPushMs, nowMs } = useLive()
  const { locale, timeZone, display } = board.site
  const words = useWords()
  const format = useMemo(() => createFormat(locale, timeZone, words), [locale, timeZone, words])
  const portrait = usePortrait()
  // On an upright screen the short side holds more units, so that an arcminute is more of them: a coarser class follows.
  const am =
    unitsPerArcmin(display.distanceM, display.diagonalIn) * (portrait ? portraitWidthU / screenHeightU : 1)
  const view: BoardView = {
    board,
    nowMs,
    linkLost,
    lastPushMs,
    trust: trustOf(board.line, linkLost, lastPushMs, nowMs),
    format,
    t: words.t,
    language: words.language,
    theme: themeAt(display.theme, board.line.shift, format),
    density: densityClass(am),
    scale: fontScale(am),
    am,
    portrait,
  }
  return <BoardContext value={view}>{children}</BoardContext>
}
