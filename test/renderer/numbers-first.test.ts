import { describe, expect, test } from 'vitest'
import type { BoardView } from '../../renderer/board-view.tsx'
import type { Watched } from '../../renderer/link/selected.ts'
import { numbersFirst } from '../../renderer/numbers-first.ts'
import { sampleBoard } from '../helpers/sample-board.ts'

type View = { made: number; scrap?: number; partial?: boolean }

/** What the numbers and the rest of a screen were told, in order. */
function rig() {
  let view = viewOf({ made: 1 })
  const listeners = new Set<() => void>()
  const newest: Watched<BoardView> = {
    get: () => view,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  const { numbers, rest } = numbersFirst(newest)
  const told: string[] = []
  const watch = (name: string, store: Watched<BoardView>) =>
    store.subscribe(() => {
      const { status, scrap } = store.get().board
      told.push(`${name} ${status.made} ${scrap.scrap}`)
    })
  const ends = [watch('rest', rest), watch('numbers', numbers)]
  return {
    told,
    rest,
    numbers,
    listeners,
    show: (next: View) => {
      view = viewOf(next)
      for (const listener of listeners) listener()
    },
    end: () => ends.forEach((end) => end()),
  }
}

function viewOf({ made, scrap = 0, partial = false }: View): BoardView {
  const board = sampleBoard('a')
  const status = { ...board.status, made }
  return { board: { ...board, status, scrap: { ...board.scrap, scrap } }, partial } as BoardView
}

describe('numbersFirst', () => {
  test('what is new in the numbers only draws them; the rest stays as it was until the board is whole', () => {
    const { told, rest, show } = rig()
    show({ made: 2, partial: true })
    show({ made: 3, partial: true })
    expect(told).toEqual(['numbers 2 0', 'numbers 3 0'])
    expect(rest.get().board.status.made).toBe(1)
    show({ made: 3, scrap: 2 })
    expect(told).toEqual(['numbers 2 0', 'numbers 3 0', 'numbers 3 2', 'rest 3 2'])
  })

  test('a whole board is drawn at once', () => {
    const { told, show } = rig()
    show({ made: 2, scrap: 1 })
    expect(told.sort()).toEqual(['numbers 2 1', 'rest 2 1'])
  })

  test('what was written is not drawn too, but every view is written and every whole board drawn', () => {
    const { told, numbers, show, end } = rig()
    const written: number[] = []
    let canWrite = true
    const endWrite = numbers.subscribe(
      () => told.push('drawn'),
      ({ board }) => canWrite && written.push(board.status.made) > 0,
    )
    show({ made: 2, partial: true })
    expect([written, told]).toEqual([[2], ['numbers 2 0']])
    show({ made: 1 })
    expect([written, told.splice(0)]).toEqual([
      [2, 1],
      ['numbers 2 0', 'numbers 1 0', 'drawn', 'rest 1 0'],
    ])
    canWrite = false
    show({ made: 3, partial: true })
    expect([written, told]).toEqual([
      [2, 1],
      ['numbers 3 0', 'drawn'],
    ])
    endWrite()
    end()
  })

  test('whoever looks no more is told nothing, nothing is listened to, and who looks again sees the newest', () => {
    const { told, show, end, rest, listeners } = rig()
    show({ made: 2, partial: true })
    end()
    expect(listeners.size).toBe(0)
    show({ made: 3 })
    expect(told).toEqual(['numbers 2 0'])
    expect(rest.get().board.status.made).toBe(3)
  })
})
