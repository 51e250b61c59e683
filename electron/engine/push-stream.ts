import type { Board } from '../../shared/contract/board.ts'
import { patchIntervalMs, type Push } from '../../shared/contract/protocol.ts'
import { changedParts, type CountedBoard } from './board-diff.ts'

/** With more pushes than this without an ack the page has fallen behind: it gets nothing until it acks, then one snapshot. */
export const maxUnackedPushes = 3

export type PushStreamOptions = {
  now: () => number
  /** The board to show now; parts that did not change keep their identity. Null: none can be made. */
  board: () => Board | null
  /**
   * The same with nothing new but the numbers that count pieces, which are made sooner; the next `board` is whole. Null: more
   * than those may have changed.
   */
  numbers: () => CountedBoard | null
  push: (push: Push) => void
}

/**
 * Pushes of one page: a snapshot, then patches and ticks against it. Without a board nothing is sent, not even a tick, so
 * that the page shows by itself that it is stale.
 */
export type PushStream = {
  /** Begins anew with a snapshot. */
  restart: () => void
  /**
   * The board may have changed. The first change after `patchIntervalMs` of quiet goes out at once, later ones together at
   * the end of the interval. What the tick sends does not count: it comes every second, and would delay one change in four.
   * Numbers that count pieces go out before the rest is made, which follows when the page has drawn them.
   */
  changed: () => void
  /** Once a second: a patch when something changed, else a tick. */
  tick: () => void
  ack: (seq: number) => void
  close: () => void
  counters: () => { pushes: number; snapshots: number; fellBehind: number }
}

export function createPushStream(options: PushStreamOptions): PushStream {
  let sent: Board | null = null
  let started = false
  let seq = 0
  let acked = 0
  let behind = false
  let owesTick = false
  let owesRest = false
  let lastPatchMs = -Infinity
  let timer: NodeJS.Timeout | null = null
  let soon = false
  const counters = { pushes: 0, snapshots: 0, fellBehind: 0 }

  function send(push: Push): void {
    counters.pushes += 1
    owesTick = false
    owesRest = push.type === 'counts'
    options.push(push)
  }

  function sendSnapshot(): void {
    const board = options.board()
    if (board === null) return
    sent = board
    lastPatchMs = performance.now()
    counters.snapshots += 1
    send({ type: 'snapshot', seq: ++seq, nowMs: options.now(), board })
  }

  /** False: nothing was sent. */
  function sendPatch(board: Board): boolean {
    const parts = sent && changedParts(sent, board)
    if (parts === null) return false
    sent = board
    send({ type: 'patch', seq: ++seq, nowMs: options.now(), parts })
    return true
  }

  /** False: nothing was sent; also when more is new to this page. */
  function sendCounts(): boolean {
    const counted = options.numbers()
    if (counted === null || sent === null || changedParts(sent, counted.before) !== null) return false
    sent = counted.after
    const { pace, made } = sent.status
    send({ type: 'counts', seq: ++seq, nowMs: options.now(), counts: { pace, made } })
    return true
  }

  function sendPatchOrTick(tickWhenSame: boolean): void {
    const board = options.board()
    if (board === null || sent === null) return
    if (!sendPatch(board) && tickWhenSame) send({ type: 'tick', seq: ++seq, nowMs: options.now() })
  }

  function sendChange(): void {
    timer = null
    soon = false
    lastPatchMs = performance.now()
    if (!mayPush()) return
    const isWhole = owesTick || owesRest
    if (isWhole || !sendCounts()) sendPatchOrTick(isWhole)
  }

  /** False when the page does not keep up. */
  function mayPush(): boolean {
    if (!started || behind) return false
    if (seq - acked <= maxUnackedPushes) return true
    behind = true
    counters.fellBehind += 1
    return false
  }

  return {
    restart() {
      started = true
      behind = false
      owesRest = false
      acked = seq
      sendSnapshot()
    },
    changed() {
      if (timer !== null || soon || sent === null || !mayPush()) return
      const waitMs = lastPatchMs + patchIntervalMs - performance.now()
      if (waitMs > 0) {
        timer = setTimeout(sendChange, waitMs)
        return
      }
      // Whatever else changes in this turn goes along, and no other work comes first.
      soon = true
      queueMicrotask(sendChange)
    },
    tick() {
      if (!mayPush()) return
      if (sent === null) sendSnapshot()
      else if (timer === null && !soon) sendPatchOrTick(true)
      else owesTick = true
    },
    ack(upTo) {
      if (!started || upTo <= acked || upTo > seq) return
      acked = upTo
      if (owesRest && upTo === seq && mayPush()) sendPatchOrTick(true)
      if (!behind) return
      behind = false
      acked = seq
      sendSnapshot()
    },
    close() {
      started = false
      sent = null
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
    counters: () => ({ ...counters }),
  }
}
