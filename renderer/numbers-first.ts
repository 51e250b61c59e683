import type { BoardView } from './board-view.tsx'
import type { Watched } from './link/selected.ts'

/** The view twice: as the few numbers see it that count pieces, and as the rest of the screen does. */
export type NumbersFirst = { numbers: Watched<BoardView>; rest: Watched<BoardView> }

/**
 * Pieces are counted all the time, and the engine sends those numbers before it has made the rest of the board: they are drawn,
 * and the rest of the screen stays as it is until the whole board is there, mostly within a frame or two. So no part of the
 * screen but these numbers ever shows a board that is made of two.
 */
export function numbersFirst(newest: Watched<BoardView>): NumbersFirst {
  const numbers = new Set<() => void>()
  const rest = new Set<() => void>()
  let told: BoardView | null = null
  /** What the rest of the screen shows while only the numbers are new; null: the same as they do. */
  let held: BoardView | null = null
  let end: (() => void) | null = null

  function changed(): void {
    const before = held ?? told
    told = newest.get()
    held = told.partial ? before : null
    const due = held === null ? [...numbers, ...rest] : [...numbers]
    for (const listener of due) listener()
  }

  function subscribeTo(listeners: Set<() => void>): Watched<BoardView>['subscribe'] {
    return (listener) => {
      if (end === null) {
        told = newest.get()
        end = newest.subscribe(changed)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (numbers.size + rest.size > 0) return
        end?.()
        end = null
        held = null
      }
    }
  }

  return {
    numbers: { get: newest.get, subscribe: subscribeTo(numbers) },
    rest: { get: () => held ?? newest.get(), subscribe: subscribeTo(rest) },
  }
}
