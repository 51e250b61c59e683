import { expect, test } from 'vitest'
import { createLiveStore } from '../../renderer/link/store.ts'
import type { Push } from '../../shared/contract/protocol.ts'
import { tickLossMs } from '../../shared/contract/timing.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'

function makeStore() {
  const clock = { ms: 50 }
  const store = createLiveStore({ monotonicMs: () => clock.ms, wallMs: () => 7 })
  return { clock, store }
}

const snapshot: Push = { type: 'snapshot', seq: 1, nowMs: fixtureNowMs, board: makeBoard() }

test('before the first push nothing is shown and nothing is live', () => {
  const { store } = makeStore()
  expect(store.get()).toEqual({
    board: null,
    seq: -1,
    partial: false,
    linkLost: true,
    lastPushMs: null,
    nowMs: 7,
    refusal: null,
  })
  expect(store.nowMs()).toBe(7)
})

test('a patch replaces whole parts and leaves the others as they are', () => {
  const { store } = makeStore()
  store.apply(snapshot)
  const before = store.get().board!
  const line = { ...before.line, word: 'down' as const }
  store.apply({ type: 'patch', seq: 2, nowMs: fixtureNowMs + 250, parts: { line } })
  expect(store.get().board!.line).toBe(line)
  expect(store.get().board!.status).toBe(before.status)
})

test('an old patch is ignored, a new snapshot never', () => {
  const { store } = makeStore()
  store.apply({ ...snapshot, seq: 9 })
  const line = { ...snapshot.board.line, word: 'down' as const }
  store.apply({ type: 'patch', seq: 9, nowMs: fixtureNowMs, parts: { line } })
  expect(store.get().board!.line.word).toBe('running')
  store.apply({ ...snapshot, seq: 0 })
  expect(store.get().seq).toBe(0)
})

test('the clock is the engine’s and does not care about jumps of the device', () => {
  const { clock, store } = makeStore()
  store.apply(snapshot)
  clock.ms += 1_500
  expect(store.nowMs()).toBe(fixtureNowMs + 1_500)
})

test('without a push for longer than the tick loss the link is lost, and the next tick heals it', () => {
  const { clock, store } = makeStore()
  const states: boolean[] = []
  store.subscribe(() => states.push(store.get().linkLost))
  store.apply(snapshot)
  clock.ms += tickLossMs
  store.watch()
  expect(store.get().linkLost).toBe(false)
  clock.ms += 1
  store.watch()
  store.watch()
  expect(store.get().linkLost).toBe(true)
  expect(store.get().lastPushMs).toBe(fixtureNowMs)
  store.apply({ type: 'tick', seq: 2, nowMs: fixtureNowMs + 4_000 })
  // Between the two the page moves time on by itself.
  expect(states).toEqual([false, false, true, false])
})
