import type { SitePart } from '../shared/contract/board.ts'
import {
  densityClass,
  fontScale,
  portraitWidthU,
  screenHeightU,
  unitsPerArcmin,
} from '../shared/domain/legibility.ts'
import type { BoardView } from './board-view.tsx'
import { portrait } from './fit/portrait.ts'
import { createFormat } from './i18n/format.ts'
import type { Format } from './i18n/format.ts'
import type { Words } from './i18n/words.ts'
import type { Watched } from './link/selected.ts'
import type { LiveState, LiveStore } from './link/store.ts'
import { themeAt } from './theme.ts'
import { trustOf } from './trust.ts'

/** The view of the newest state, made once for all who look. */
export function createNewestView(live: LiveStore, words: Words): Watched<BoardView> {
  let known: { state: LiveState; view: BoardView } | null = null
  let numbers: { locale: string; timeZone: string; format: Format } | null = null

  function formatFor({ locale, timeZone }: SitePart): Format {
    if (numbers?.locale !== locale || numbers.timeZone !== timeZone)
      numbers = { locale, timeZone, format: createFormat(locale, timeZone, words) }
    return numbers.format
  }

  function viewOf({ board, partial, linkLost, lastPushMs, nowMs }: LiveState, upright: boolean): BoardView {
    if (board === null) throw new Error('there is no board yet')
    const { display } = board.site
    const format = formatFor(board.site)
    // On an upright screen the short side holds more units, so that an arcminute is more of them: a coarser class follows.
    const am =
      unitsPerArcmin(display.distanceM, display.diagonalIn) * (upright ? portraitWidthU / screenHeightU : 1)
    return {
      board,
      partial,
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
