import type { Board } from '../../shared/contract/board.ts'
import { densityClass, unitsPerArcmin } from '../../shared/domain/legibility.ts'
import type { DensityClass } from '../../shared/domain/legibility.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import { screenNames } from '../../shared/settings/display.ts'
import { screenCases } from '../fixtures/board-cases.ts'
import { statusCases, type BoardCase } from '../fixtures/status-cases.ts'
import { worstBoard } from '../fixtures/worst-board.ts'

/** One picture of the gallery: a screen in a state, a density class, a theme, a resolution and a language. */
export type Picture = {
  screen: ScreenName
  one: BoardCase
  view: DensityClass
  theme: 'dark' | 'light'
  size: '1080p' | '2160p'
  language: 'en' | 'de' | 'ar' | 'en-XA'
}

/** A screen and a distance of each density class, at the class's largest angle or close to it. */
export const views: Record<DensityClass, { diagonalIn: number; distanceM: number }> = {
  near: { diagonalIn: 55, distanceM: 3.2 },
  standard: { diagonalIn: 55, distanceM: 5 },
  far: { diagonalIn: 55, distanceM: 8 },
  hero: { diagonalIn: 55, distanceM: 12 },
}
for (const [name, { distanceM, diagonalIn }] of Object.entries(views)) {
  const found = densityClass(unitsPerArcmin(distanceM, diagonalIn))
  if (found !== name) throw new Error(`the view "${name}" is ${found}`)
}

export const sizes = { '1080p': [1920, 1080], '2160p': [3840, 2160] } as const

/** Every state of a screen, the longest names and numbers last. */
export function casesOf(screen: ScreenName): readonly BoardCase[] {
  const cases: readonly BoardCase[] = screen === 'status' ? statusCases : screenCases[screen]
  return [...cases, { name: `worst-${screen}`, board: worstBoard }]
}

/** The hero class shows the same whatever the screen. */
export function viewsOf(screen: ScreenName): readonly DensityClass[] {
  return screen === 'status' ? ['near', 'standard', 'far', 'hero'] : ['near', 'standard', 'far']
}

const themes = ['dark', 'light'] as const
const languages = ['en', 'de', 'ar', 'en-XA'] as const
const sizeNames = ['1080p', '2160p'] as const

/** Every combination. */
export function allPictures(screens: readonly ScreenName[] = screenNames): Picture[] {
  const all: Picture[] = []
  for (const screen of screens)
    for (const one of casesOf(screen))
      for (const view of viewsOf(screen))
        for (const theme of themes)
          for (const size of sizeNames)
            for (const language of languages) all.push({ screen, one, view, theme, size, language })
  return all
}

type Pair = string

/** The pairs of values that a picture shows together. A state belongs to its screen, so the screen needs no pairs of its own. */
export function pairsOf({ screen, one, view, theme, size, language }: Picture): Pair[] {
  const values = [`${screen}/${one.name}`, view, theme, size, language]
  return values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} + ${b}`))
}

/**
 * A covering set: every pair of values that can occur together does, in few pictures. Greedy over a fixed order, so that it is
 * the same set each time. `cost` below 1 decides between equally good candidates.
 */
export function cover<P>(
  groups: readonly (readonly P[])[],
  pairs: (picture: P) => readonly Pair[],
  cost: (picture: P) => number,
): P[] {
  const open = new Set(groups.flat().flatMap(pairs))
  const chosen: P[] = []
  for (const candidates of groups) {
    for (;;) {
      const best = candidates
        .map((picture) => {
          const gain = pairs(picture).filter((pair) => open.has(pair)).length
          return { picture, gain: gain - cost(picture) }
        })
        .reduce((a, b) => (b.gain > a.gain ? b : a))
      if (best.gain <= 0) break
      for (const pair of pairs(best.picture)) open.delete(pair)
      chosen.push(best.picture)
    }
  }
  return chosen
}

/** The smaller resolution costs a quarter. */
export function coveringPictures(): Picture[] {
  const groups = screenNames.flatMap((screen) =>
    casesOf(screen).map(({ name }) => allPictures([screen]).filter(({ one }) => one.name === name)),
  )
  return cover(groups, pairsOf, ({ size }) => (size === '2160p' ? 0.5 : 0))
}

/** The state as the picture shows it. `id` is the line's: a new one makes the page draw everything from scratch. */
export function boardOf({ one, view, theme, language }: Picture, id: string): Board {
  const own = JSON.stringify(one.board.site.lineId)
  const board = JSON.parse(JSON.stringify(one.board).replaceAll(own, JSON.stringify(id))) as Board
  const locale = language === 'en-XA' ? 'en' : language
  return {
    ...board,
    site: { ...board.site, locale, display: { ...board.site.display, ...views[view], theme } },
  }
}

export function nameOf({ screen, one, view, theme, size, language }: Picture): string {
  const state =
    one.name.startsWith(screen) || one.name.startsWith('worst') ? one.name : `${screen}-${one.name}`
  return `${state}-${view}-${theme}-${size}-${language}`
}
