import { describe, expect, it } from 'vitest'
import { factsSince } from '../../../../db/facts-window.ts'
import { callsSince, replaceCall } from '../../../../electron/engine/model/calls.ts'
import { emptyModel } from '../../../../electron/engine/model/apply-effects.ts'
import { stepTotal } from '../../../../electron/engine/model/running-total.ts'

const empty = emptyModel('a', 0).facts
const run = (atMs: number) => ({ seq: atMs, atMs, product: 'p', firstGoodMs: null, lastGoodMs: null })

describe('factsSince', () => {
  it('keeps the last state of the line itself and of each of its cells', () => {
    const state = (atMs: number, cell?: string) => ({
      seq: atMs,
      atMs,
      state: 'running' as const,
      ...(cell && { cell }),
    })
    const kept = (...states: ReturnType<typeof state>[]) =>
      factsSince({ ...empty, states }, 50).states.map(({ atMs }) => atMs)
    expect(kept(state(10), state(20), state(100))).toEqual([20, 100])
    expect(kept(state(10), state(20), state(30, 'x'), state(100, 'x'))).toEqual([20, 30, 100])
    expect(kept(state(10, 'x'), state(20, 'x'), state(30, 'y'), state(100))).toEqual([20, 30, 100])
  })

  it('keeps the last twenty product runs before the horizon: those without good pieces may be many', () => {
    const products = Array.from({ length: 25 }, (_, index) => run(20 + index))
    const kept = factsSince({ ...empty, products: [...products, run(100)] }, 50).products
    expect(kept.map(({ atMs }) => atMs)).toEqual([...products.slice(5).map(({ atMs }) => atMs), 100])
  })

  it('keeps an open changeover from its first start on, and of an older one its end only', () => {
    const fact = (atMs: number, event: 'start' | 'step' | 'end') => ({ seq: atMs, atMs, event })
    const changeovers = [
      fact(5, 'step'),
      fact(10, 'start'),
      fact(15, 'end'),
      fact(20, 'start'),
      fact(30, 'step'),
      fact(40, 'start'),
      fact(60, 'end'),
    ]
    expect(factsSince({ ...empty, changeovers }, 50).changeovers.map(({ atMs }) => atMs)).toEqual([
      15, 20, 30, 40, 60,
    ])
    const many = Array.from({ length: 300 }, (_, index) => fact(index / 10, 'start'))
    expect(factsSince({ ...empty, changeovers: many }, 50).changeovers).toEqual(many.slice(100))
  })

  it('keeps stop reasons that reach over the horizon and the last one without end', () => {
    const fact = (startMs: number, endMs: number | null) => ({ seq: startMs, startMs, endMs, reason: 'r' })
    const stopReasons = [fact(1, null), fact(2, null), fact(3, 40), fact(4, 51), fact(60, 61)]
    expect(factsSince({ ...empty, stopReasons }, 50).stopReasons.map(({ startMs }) => startMs)).toEqual([
      2, 4, 60,
    ])
  })

  it('keeps activity and silences that reach over the horizon, and the last activity before', () => {
    const spans = [10, 20, 45, 70].map((startMs) => ({ startMs, endMs: startMs + 5 }))
    const kept = factsSince({ ...empty, activity: spans, silences: spans }, 50)
    expect(kept.activity.map(({ startMs }) => startMs)).toEqual([20, 45, 70])
    expect(kept.silences.map(({ startMs }) => startMs)).toEqual([70])
  })

  it('answers the same lists when there is nothing to drop', () => {
    const states = [{ seq: 1, atMs: 10, state: 'off' as const }]
    const kept = factsSince({ ...empty, states }, 50)
    expect(kept.states).toBe(states)
    expect(kept.counts).toBe(empty.counts)
  })
})

describe('calls', () => {
  const fact = (seq: number, call: string, event: 'raise' | 'ack' | 'resolve') => ({
    seq,
    atMs: seq,
    call,
    event,
  })

  it('keeps an open call from its last raise on, however old, and drops ended ones', () => {
    const open = [fact(1, 'c', 'raise'), fact(2, 'c', 'resolve'), fact(3, 'c', 'raise'), fact(4, 'c', 'ack')]
    expect(replaceCall([], 'c', open, 50).map(({ seq }) => seq)).toEqual([3, 4])
    const ended = [...open, fact(5, 'c', 'resolve')]
    expect(replaceCall(open, 'c', ended, 50)).toEqual([])
    expect(callsSince([...open, fact(60, 'd', 'raise')], 50).map(({ seq }) => seq)).toEqual([3, 4, 60])
  })
})

describe('stepTotal', () => {
  it.each([
    ['baseline', undefined, 7, 10, 0],
    ['more', { total: 5, atMs: 10 }, 7, 11, 2],
    ['more', { total: 5, atMs: 10 }, 5, 10, 0],
    ['reset', { total: 5, atMs: 10 }, 3, 11, 3],
    ['late', { total: 5, atMs: 10 }, 4, 9, 0],
    ['late', { total: 5, atMs: 10 }, 4, 10, 0],
  ] as const)('%s', (what, known, total, atMs, delta) => {
    expect(stepTotal(known && { ...known, spareMs: 0, other: null }, total, atMs)).toMatchObject({
      what,
      delta,
    })
  })
})
