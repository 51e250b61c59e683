import type { PageId } from '../../renderer/touch/pages.ts'
import { pageIds } from '../../renderer/touch/pages.ts'
import type { Board } from '../../shared/contract/board.ts'
import type { CallName } from '../../shared/contract/protocol.ts'
import { rights } from '../../shared/contract/rights.ts'
import { touchData, touchDataNames, type TouchDataName } from '../fixtures/touch-data.ts'
import { touchPlaces, type TouchPlace } from '../fixtures/touch-places.ts'
import { cover } from './cases.ts'

/** One picture of a touch page or of a form on it. */
export type TouchPicture = {
  page: PageId
  place: TouchPlace
  data: TouchDataName
  theme: 'dark' | 'light'
  size: keyof typeof touchSizes
  language: 'en' | 'de' | 'ar' | 'en-XA'
}

/** Panels of 21.5 inch, in CSS pixels: a tablet's and a television's shape. */
export const touchSizes = { '1280x800': [1280, 800], '1920x1080': [1920, 1080] } as const

const themes = ['dark', 'light'] as const
const sizeNames = ['1280x800', '1920x1080'] as const
const languages = ['en', 'de', 'ar', 'en-XA'] as const

/** Every combination. */
export function allTouchPictures(pages: readonly PageId[] = pageIds): TouchPicture[] {
  const all: TouchPicture[] = []
  for (const page of pages)
    for (const place of touchPlaces[page])
      for (const data of touchDataNames)
        if (data !== 'empty' || place.needs === undefined)
          for (const theme of themes)
            for (const size of sizeNames)
              for (const language of languages) all.push({ page, place, data, theme, size, language })
  return all
}

/** What stands together: each place with the longest names, each page with everything else, and all of that with each other. */
export function touchPairsOf({ page, place, data, theme, size, language }: TouchPicture): string[] {
  const values = [page, data, theme, size, language]
  const pairs = values.flatMap((a, i) => values.slice(i + 1).map((b) => `${a} + ${b}`))
  return data === 'worst' ? [place.name, ...pairs] : pairs
}

/** Every such pair, in few pictures; each place begins the choice elsewhere, so that all values come up about as often. */
export function coveringTouchPictures(): TouchPicture[] {
  const places = pageIds.flatMap((page) =>
    touchPlaces[page].map(({ name }) => allTouchPictures([page]).filter(({ place }) => place.name === name)),
  )
  const groups = places.map((all, index) => all.map((_, at) => all[(index * 5 + at * 7) % all.length]!))
  return cover(groups, touchPairsOf, () => 0)
}

/**
 * What the page is told. `id` is the line's: a new one makes the page draw everything from scratch. Calls that are not known are
 * answered with null.
 */
export function touchDataOf(
  { place, data, theme, language }: TouchPicture,
  id: string,
): { board: Board; answers: Partial<Record<CallName, unknown>> } {
  const { board: plain, known } = touchData[data]
  const own = JSON.stringify(plain.site.lineId)
  const renamed = <T>(value: T) => JSON.parse(JSON.stringify(value).replaceAll(own, JSON.stringify(id))) as T
  const board = renamed(place.board ? place.board(plain) : plain)
  const display = { ...board.site.display, theme }
  const locale = language === 'en-XA' ? 'en' : language
  const names = (Object.keys(rights) as CallName[]).filter((name) => name !== 'hello' && name !== 'ack')
  const refused = { ok: false, error: { code: 'signed-out', message: 'Nobody is signed in here.' } }
  const answer = (name: CallName) => ({ ok: true, value: known[name] ?? null })
  return {
    board: { ...board, site: { ...board.site, locale, display } },
    answers: renamed(
      Object.fromEntries(names.map((name) => [name, name === place.signedOut ? refused : answer(name)])),
    ),
  }
}

export function touchNameOf({ place, data, theme, size, language }: TouchPicture): string {
  return `touch-${place.name}-${data}-${theme}-${size}-${language}`
}
