import { describe, expect, it } from 'vitest'
import { silencesAfter } from '../../../../electron/engine/model/silences.ts'

const stale = 50
const open = [{ startMs: 1_000, endMs: null }]
const closed = [{ startMs: 1_000, endMs: 2_000 }]
const live = (atMs: number, arrivedMs = atMs) => ({ atMs, arrivedMs, live: true })
const replayed = (atMs: number) => ({ atMs, arrivedMs: atMs, live: false })

describe('silencesAfter', () => {
  it('ends the open silence where the source was heard again', () => {
    expect(silencesAfter(open, [live(1_600), live(1_700)], stale)).toEqual([{ startMs: 1_000, endMs: 1_600 }])
    expect(silencesAfter(open, [live(1_600, 1_605)], stale)).toEqual([{ startMs: 1_000, endMs: 1_600 }])
  })

  it('lets a backlog fill the silence it was sent in', () => {
    const backlog = [1_400, 1_440, 1_480].map((atMs) => live(atMs, 2_000))
    expect(silencesAfter(open, backlog, stale)).toEqual([
      { startMs: 1_000, endMs: 1_350 },
      { startMs: 1_530, endMs: 2_000 },
    ])
  })

  it('keeps the open one open when history is replayed into it', () => {
    expect(silencesAfter(open, [replayed(1_500)], stale)).toEqual([
      { startMs: 1_000, endMs: 1_450 },
      { startMs: 1_550, endMs: null },
    ])
  })

  it('leaves silences alone that no message lies in', () => {
    expect(silencesAfter(closed, [live(2_000), live(500, 3_000)], stale)).toBe(closed)
  })

  it('removes a silence that turns out to have been none', () => {
    expect(silencesAfter([{ startMs: 1_000, endMs: 1_080 }], [live(1_040, 5_000)], stale)).toEqual([])
    expect(silencesAfter(open, [live(1_000, 1_000)], stale)).toEqual([])
  })
})
