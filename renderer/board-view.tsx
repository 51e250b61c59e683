import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { LinePart } from '../shared/contract/board-line.ts'
import type { Board, SitePart } from '../shared/contract/board.ts'
import type { EpochMs } from '../shared/domain/facts.ts'
import type { DensityClass } from '../shared/domain/legibility.ts'
import {
  densityClass,
  fontScale,
  portraitWidthU,
  screenHeightU,
  unitsPerArcmin,
} from '../shared/domain/legibility.ts'
import { portrait } from './fit/portrait.ts'
import { createFormat } from './i18n/format.ts'
import type { Format } from './i18n/format.ts'
import { useWords } from './i18n/language.tsx'
import type { PageLanguage, Translate, Words } from './i18n/words.ts'
import { themeAt } from './theme.ts'
import type { Theme } from './theme.ts'
import { useLink } from './link/live.tsx'
import { useSelected } from './link/selected.ts'
import type { Watched } from './link/selected.ts'
import type { LiveState, LiveStore } from './link/store.ts'

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
const StoreContext = createContext<Watched<BoardView> | null>(null)

/** The whole view: whoever uses it is drawn anew with every push. */
export function useBoard(): BoardView {
  const view = useContext(BoardContext)
  if (!view) throw new Error('useBoard needs a BoardProvider above it')
  return view
}

/** Some of the view; see `useSelected`. The home screen is made of these: a message draws what it changed. */
export function useBoardOf<T extends object>(select: (view: BoardView) => T): T {
  const store = useContext(StoreContext)
  if (!store) throw new Error('useBoardOf needs a BoardProvider above it')
  return useSelected(store, select)
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

/** The view of the newest state, made once for all who look. */
function createViewStore(live: LiveStore, words: Words): Watched<BoardView> {
  let known: { state: LiveState; view: BoardView } | null = null
  let numbers: { locale: string; timeZone: string; format: Format } | null = null

  function formatFor({ locale, timeZone }: SitePart): Format {
    if (numbers?.locale !== locale || numbers.timeZone !== timeZone)
      numbers = { locale, timeZone, format: createFormat(locale, timeZone, words) }
    return numbers.format
  }

  function viewOf({ board, linkLost, lastPushMs, nowMs }: LiveState, upright: boolean): BoardView {
    if (board === null) throw new Error('there is no board yet')
    const { display } = board.site
    const format = formatFor(board.site)
    // On an upright screen the short side holds more units, so that an arcminute is more of them: a coarser class follows.
    const am =
      unitsPerArcmin(display.distanceM, display.diagonalIn) * (upright ? portraitWidthU / screenHeightU : 1)
    return {
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
      portrait: upright,
    }
  }

  return {
    get() {
      const state = live.get()
      const upright = portrait.get()
      if (known?.state !== state || known.view.portrait !== upright)
        known = { state, view: viewOf(state, upright) }
      return known.view
    },
    subscribe(listener) {
      const ends = [live.subscribe(listener), portrait.subscribe(listener)]
      return () => ends.forEach((end) => end())
    },
  }
}

export function BoardProvider({ children }: { children: ReactNode }) {
  const { store: live } = useLink()
  const words = useWords()
  const store = useMemo(() => createViewStore(live, words), [live, words])
  const view = useSyncExternalStore(store.subscribe, store.get)
  return (
    <StoreContext value={store}>
      <BoardContext value={view}>{children}</BoardContext>
    </StoreContext>
  )
}
