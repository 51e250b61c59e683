import type { Board } from '../../shared/contract/board.ts'
import type { Push } from '../../shared/contract/protocol.ts'
import { tickLossMs } from '../../shared/contract/timing.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'

/** A tick comes every second; without one the page moves time on by itself. Milliseconds. */
const oldMs = 1_200

/** What the page knows. Replaced whole on every change, so that React can compare by identity. */
export type LiveState = {
  board: Board | null
  seq: number
  /** Only the numbers that count pieces are as new as this state; what else changed is on its way. */
  partial: boolean
  /** No push for longer than `tickLossMs`, or none yet: nothing on the board may look live. */
  linkLost: boolean
  /** When the last push came, by the engine's clock; null: never. */
  lastPushMs: EpochMs | null
  /** The engine's clock: as of the last push, or of the last look at it where none came for more than a second. */
  nowMs: EpochMs
  /** Why the engine refused this page, in one sentence; null: it did not. */
  refusal: string | null
}

export type LiveStore = {
  get: () => LiveState
  subscribe: (listener: () => void) => () => void
  apply: (push: Push) => void
  refuse: (reason: string | null) => void
  /** Looks at the clock; call it at least every second. Where no push moved time on, this does. */
  watch: () => void
  /** The engine's clock now: its last word plus the time passed here. */
  nowMs: () => EpochMs
}

/** `monotonicMs` must never jump (performance.now); the device's wall clock is used only before the first push. */
export function createLiveStore(
  options: { monotonicMs?: () => number; wallMs?: () => number } = {},
): LiveStore {
  const monotonicMs = options.monotonicMs ?? (() => performance.now())
  const wallMs = options.wallMs ?? (() => Date.now())
  const listeners = new Set<() => void>()
  let last: { nowMs: EpochMs; monotonicMs: number } | null = null
  const nowMs = (): EpochMs => (last ? last.nowMs + (monotonicMs() - last.monotonicMs) : wallMs())
  let state: LiveState = {
    board: null,
    seq: -1,
    partial: false,
    linkLost: true,
    lastPushMs: null,
    nowMs: nowMs(),
    refusal: null,
  }

  const set = (next: LiveState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const boardAfter = (push: Push): Board | null => {
    if (push.type === 'snapshot') return push.board
    const { board } = state
    if (board === null) return null
    if (push.type === 'patch') return { ...board, ...push.parts }
    if (push.type === 'counts') return { ...board, status: { ...board.status, ...push.counts } }
    return board
  }

  return {
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    apply: (push) => {
      if (push.type !== 'snapshot' && push.seq <= state.seq) return
      last = { nowMs: push.nowMs, monotonicMs: monotonicMs() }
      const { nowMs } = push
      set({
        board: boardAfter(push),
        seq: push.seq,
        partial: push.type === 'counts',
        linkLost: false,
        lastPushMs: nowMs,
        nowMs,
        refusal: null,
      })
    },
    refuse: (refusal) => {
      if (refusal !== state.refusal) set({ ...state, refusal })
    },
    watch: () => {
      const isLost = last !== null && monotonicMs() - last.monotonicMs > tickLossMs
      const linkLost = state.linkLost || isLost
      const isOld = nowMs() - state.nowMs > oldMs
      if (linkLost !== state.linkLost || isOld) set({ ...state, partial: false, linkLost, nowMs: nowMs() })
    },
    nowMs,
  }
}
