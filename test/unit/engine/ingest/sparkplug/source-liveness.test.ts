import { describe, expect, it } from 'vitest'
import { createSourceLiveness } from '../../../../../electron/engine/ingest/sparkplug/source-liveness.ts'

const nowMs = 1_764_000_000_000
const make = (text = '', graceMs = 10_000) => createSourceLiveness(text, ['a', 'b'], nowMs, graceMs)

describe('lines and their sources', () => {
  it('a line is as fresh as its worst source, other lines are not touched', () => {
    const liveness = make()
    for (const [source, line] of [
      ['g/n', 'a'],
      ['g/n/d', 'a'],
      ['g/n/e', 'b'],
    ] as const) {
      expect(liveness.feeds(source, line)).toBe(true)
      expect(liveness.feeds(source, line)).toBe(false)
      liveness.alive(source)
    }
    expect(liveness.aliveLines(nowMs)).toEqual(['a', 'b'])
    liveness.gone('g/n/d', nowMs + 5, 'dead')
    expect(liveness.lostSince('a', nowMs + 5)).toBe(nowMs + 5)
    expect(liveness.lostSince('b', nowMs + 5)).toBeNull()
    expect(liveness.aliveLines(nowMs + 5)).toEqual(['b'])
    liveness.alive('g/n/d')
    expect(liveness.lostSince('a', nowMs + 6)).toBeNull()
    liveness.allGone(nowMs + 9)
    expect(liveness.lostSince('a', nowMs + 9)).toBe(nowMs + 9)
    expect(liveness.aliveLines(nowMs + 9)).toEqual([])
    expect(liveness.count()).toEqual({ alive: 0, gone: 3 })
  })

  it('a source that never was heard of feeds nothing', () => {
    const liveness = make()
    liveness.gone('g/n', nowMs, 'dead')
    expect(liveness.lostSince('a', nowMs)).toBeNull()
    expect(liveness.awaited()).toEqual([])
  })

  it('after a restart the sources of before are awaited, and missed after a grace', () => {
    const before = make()
    before.feeds('g/n/d', 'a')
    before.feeds('g/n/d', 'gone line')
    const liveness = make(before.toText())
    expect(liveness.awaited()).toEqual(['g/n/d'])
    expect(liveness.lostSince('a', nowMs + 9_999)).toBeNull()
    expect(liveness.aliveLines(nowMs + 9_999)).toEqual([])
    expect(liveness.lostSince('a', nowMs + 10_000)).toBe(nowMs)
    expect(make('not JSON').awaited()).toEqual([])
  })

  it('a node born anew gives its devices a grace, a dead one does not', () => {
    const liveness = make()
    for (const source of ['g/n/d', 'g/n/e']) {
      liveness.feeds(source, 'a')
      liveness.alive(source)
    }
    liveness.gone('g/n/d', nowMs, 'silent', 10_000)
    expect(liveness.lostSince('a', nowMs + 9_999)).toBeNull()
    expect(liveness.awaited()).toEqual(['g/n/d'])
    liveness.gone('g/n/d', nowMs + 1_000, 'dead')
    expect(liveness.lostSince('a', nowMs + 1_000)).toBe(nowMs)
    expect(liveness.awaited()).toEqual([])
  })

  it('what is gone for a week was taken out of the plant', () => {
    const liveness = make()
    liveness.feeds('g/n', 'a')
    liveness.alive('g/n')
    liveness.gone('g/n', nowMs, 'dead')
    const weekMs = 7 * 86_400_000
    expect(liveness.lostSince('a', nowMs + weekMs - 1)).toBe(nowMs)
    expect(liveness.lostSince('a', nowMs + weekMs)).toBeNull()
  })
})
