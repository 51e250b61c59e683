import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import type { Board } from '../shared/contract/board.ts'
import type { EpochMs } from '../shared/domain/facts.ts'
import type { DensityClass } from '../shared/domain/legibility.ts'
import type { Format } from './i18n/format.ts'
import { useWords } from './i18n/language.tsx'
import type { PageLanguage, Translate } from './i18n/words.ts'
import type { Theme } from './theme.ts'
import { useLink } from './link/live.tsx'
import { useSelected } from './link/selected.ts'
import { createNewestView } from './newest-view.ts'
import { numbersFirst } from './numbers-first.ts'
import type { NumbersFirst } from './numbers-first.ts'
import type { Trust } from './trust.ts'

/** What every part of the board draws from. */
export type BoardView = {
  board: Board
  /** Only the numbers that count pieces are as new as this view; see `numbersFirst`. */
  partial: boolean
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
const StoreContext = createContext<NumbersFirst | null>(null)

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
  return useSelected(store.rest, select)
}

/**
 * As `useBoardOf`, for the few numbers that a message which only counts pieces draws first; see `numbersFirst`. `write` (always
 * the same function) puts them into elements that are there already, which is sooner done; false: it could not.
 */
export function useNumbersOf<T extends object>(
  select: (view: BoardView) => T,
  write?: (selected: T) => boolean,
): T {
  const store = useContext(StoreContext)
  if (!store) throw new Error('useNumbersOf needs a BoardProvider above it')
  const { numbers } = store
  const watched = useMemo(() => {
    const writeView = write && ((view: BoardView) => write(select(view)))
    return {
      get: numbers.get,
      subscribe: (listener: () => void) => numbers.subscribe(listener, writeView),
    }
  }, [numbers, select, write])
  return useSelected(watched, select)
}

export function BoardProvider({ children }: { children: ReactNode }) {
  const { store: live } = useLink()
  const words = useWords()
  const store = useMemo(() => numbersFirst(createNewestView(live, words)), [live, words])
  const view = useSyncExternalStore(store.rest.subscribe, store.rest.get)
  return (
    <StoreContext value={store}>
      <BoardContext value={view}>{children}</BoardContext>
    </StoreContext>
  )
}
