import type { BoardView } from './board-view.tsx'
import type { Watched } from './link/selected.ts'

/**
 * Writes the numbers of a view into the page where nothing else has to change there; false: they have to be drawn. Called with
 * every view, so that what it wrote is never left behind.
 */
export type Write = (view: BoardView) => boolean

/** Whoever watches the numbers may bring a `write`; what that has written is not told as well, until the board is whole. */
export type Numbers = {
  get: () => BoardView
  subscribe: (listener: () => void, write?: Write) => () => void
}

/** The view twice: as the few numbers see it that count pieces, and as the rest of the screen does. */
export type NumbersFirst = { numbers: Numbers; rest: Watched<BoardView> }

type Watcher = { listener: () => void; write: Write | undefined }

/**
 * Pieces are counted all the time, and the engine sends those numbers before it has made the rest of the board: they are drawn,
 * and the rest of the screen stays as it is until the whole board is there, mostly within a frame or two. So no part of the
 * screen but these numbers ever shows a board that is made of two.
 */
export function numbersFirst(newest: Watched<BoardView>): NumbersFirst {
  const numbers = new Set<Watcher>()
  const rest = new Set<() => void>()
  let told: BoardView | null = null
  /** What the rest of the screen shows while only the numbers are new; null: the same as they do. */
  let held: BoardView | null = null
  let end: (() => void) | null = null

  function changed(): void {
    const before = held ?? told
    told = newest.get()
    held = told.partial ? before : null
    for (const { listener, write } of [...numbers]) {
      const written = write?.(told) ?? false
      if (!written || held === null) listener()
    }
    if (held === null) for (const listener of [...rest]) listener()
  }

  function add<W>(watchers: Set<W>, watcher: W): () => void {
    if (end === null) {
      told = newest.get()
      end = newest.subscribe(changed)
    }
    watchers.add(watcher)
    return () => {
      watchers.delete(watcher)
      if (numbers.size + rest.size > 0) return
      end?.()
      end = null
      held = null
    }
  }

  return {
    numbers: { get: newest.get, subscribe: (listener, write) => add(numbers, { listener, write }) },
    rest: { get: () => held ?? newest.get(), subscribe: (listener) => add(rest, listener) },
  }
}
