import type { Board } from '../../shared/contract/board.ts'
import type { Channel } from '../../shared/contract/protocol.ts'
import type { CountedBoard } from './board-diff.ts'
import { CallFailure } from './call-failure.ts'
import type { Guard } from './guard.ts'
import { createSession, type Commands, type Session } from './session.ts'

/** Pages that one engine serves at the same time. */
export const maxSessions = 32

export type FeedOptions = {
  version: string
  now: () => number
  defaultLineId: string
  commands: Commands
  guard: Guard
  board: (lineId: string) => Board | null
  numbers: (lineId: string) => CountedBoard | null
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** All pages that look at the engine. */
export type Feed = {
  attach: (channel: Channel) => void
  /** Lines that changed; null: something that all boards show. */
  changed: (lineIds: ReadonlySet<string> | null) => void
  tick: () => void
  close: () => void
  counters: () => { sessions: number; opened: number; refused: number }
}

export function createFeed(options: FeedOptions): Feed {
  const sessions = new Set<Session>()
  const counters = { opened: 0, refused: 0 }
  /** Said once, until there is room again. */
  let full = false

  return {
    attach(channel) {
      if (sessions.size >= maxSessions) {
        counters.refused += 1
        if (!full) options.log('warn', `Pages are refused: ${maxSessions} are connected already.`)
        full = true
        refuse(
          channel,
          new CallFailure('closed', `${maxSessions} screens are connected already: close one of them.`),
        )
        return
      }
      counters.opened += 1
      full = false
      const { version, now, defaultLineId, commands, guard, board, numbers, log } = options
      const session = createSession({
        id: `page-${counters.opened}`,
        channel,
        version,
        now,
        defaultLineId,
        commands,
        guard,
        board,
        numbers,
        log,
        onClose: () => {
          for (const one of sessions) if (one.closed) sessions.delete(one)
        },
      })
      if (!session.closed) sessions.add(session)
    },
    changed(lineIds) {
      for (const session of sessions) {
        if (session.lineId !== null && (lineIds === null || lineIds.has(session.lineId))) session.changed()
      }
    },
    tick() {
      for (const session of sessions) session.tick()
    },
    close() {
      for (const session of [...sessions]) session.close()
    },
    counters: () => ({ sessions: sessions.size, ...counters }),
  }
}

/** Answers every call of a page that gets no session with the reason. */
export function refuse(channel: Channel, failure: CallFailure): void {
  channel.onMessage((message) => {
    const { t, i } = (message ?? {}) as Record<string, unknown>
    if (t !== 'q' || typeof i !== 'string' || i.length > 64) return
    channel.send({ t: 's', i, r: { ok: false, error: failure.toCallError() } })
  })
}
