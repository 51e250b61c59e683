import { createBirpc } from 'birpc'
import type { Board } from '../../shared/contract/board.ts'
import {
  protocolVersion,
  type Answer,
  type CallInput,
  type CallName,
  type CallResult,
  type Channel,
  type Push,
} from '../../shared/contract/protocol.ts'
import { answerCall, type CallTable } from './answer-call.ts'
import { CallFailure } from './call-failure.ts'
import type { CountedBoard } from './board-diff.ts'
import type { Caller } from './caller.ts'
import type { Guard } from './guard.ts'
import { fitsCallSize } from './message-size.ts'
import { createPushStream } from './push-stream.ts'

/** Calls of one page that may wait for their answer at the same time. */
export const maxPendingCalls = 16
/** Longest id and name of a call. Characters. */
export const maxCallIdChars = 64

/** Calls that do something; the others belong to the session itself. */
export type CommandName = Exclude<CallName, 'hello' | 'ack' | 'signIn' | 'signInBadge' | 'signOut'>
/** Whoever calls was admitted by the guard, and their PIN is not among the input. Throws CallFailure for refusals. */
export type Commands = {
  [N in CommandName]: (input: Omit<CallInput<N>, 'pin'>, caller: Caller) => Promise<CallResult[N]>
}

export type SessionOptions = {
  id: string
  channel: Channel
  version: string
  now: () => number
  commands: Commands
  guard: Guard
  /** The line that a page shows which asks for none. */
  defaultLineId: string
  /** The line's board now; parts that did not change keep their identity. Null: no such line. May throw. */
  board: (lineId: string) => Board | null
  /** See PushStreamOptions. */
  numbers: (lineId: string) => CountedBoard | null
  log: (level: 'info' | 'warn' | 'error', message: string) => void
  onClose: () => void
}

export type SessionCounters = {
  pushes: number
  snapshots: number
  fellBehind: number
  /** Messages that were no call, or too long. */
  refusedMessages: number
}

/** One page. Sends nothing and allows nothing before the page said hello. */
export type Session = {
  readonly id: string
  /** Null before hello. */
  readonly lineId: string | null
  readonly closed: boolean
  changed: () => void
  tick: () => void
  /** Releases everything; the channel is deaf afterwards. */
  close: () => void
  counters: () => SessionCounters
}

type PageFunctions = { push: (push: Push) => void }

export function createSession(options: SessionOptions): Session {
  const { channel } = options
  let lineId: string | null = null
  let closed = false
  let pending = 0
  let refusedMessages = 0
  let problem = ''

  const stream = createPushStream({
    now: options.now,
    board: () => boardNow(options.board),
    numbers: () => boardNow(options.numbers),
    push: (push) => void rpc.push(push).catch(close),
  })

  const table: CallTable = {
    ...commandsOf(options.commands, options.guard, options.id),
    signIn: ({ pin }) => options.guard.signIn(pin, options.id),
    signInBadge: ({ badge }) => options.guard.signInBadge(badge, options.id),
    signOut() {
      options.guard.signOut(options.id)
      return null
    },
    hello(input) {
      if (input.protocol !== protocolVersion) {
        const both = `This page speaks protocol ${input.protocol} and the engine ${protocolVersion}`
        throw new CallFailure('version', `${both}: reload the page.`)
      }
      const wanted = input.lineId ?? options.defaultLineId
      if (options.board(wanted) === null) {
        throw new CallFailure('not-found', `There is no line "${wanted}" in plant.yaml.`)
      }
      lineId = wanted
      // After the answer, so that the page knows it is welcome before the first push.
      setImmediate(() => {
        if (!closed) stream.restart()
      })
      return { protocol: protocolVersion, version: options.version }
    },
    ack(input) {
      stream.ack(input.seq)
      return null
    },
  }

  async function answer(name: string, input: unknown): Promise<Answer<unknown>> {
    if (lineId === null && name !== 'hello') return refusal('not-allowed', 'Say hello first.')
    if (pending >= maxPendingCalls) return refusal('not-allowed', 'Too many calls at once: wait a moment.')
    pending += 1
    try {
      return await answerCall(table, name, input, options.log)
    } finally {
      pending -= 1
    }
  }

  // birpc sees only well-formed calls, and its resolver knows one function: the one that goes by our own list of names.
  const rpc = createBirpc<PageFunctions>(Object.create(null) as Record<string, unknown>, {
    post: (message: unknown) => {
      if (!closed) channel.send(message)
    },
    on: (listen) => {
      channel.onMessage((message) => {
        if (closed) return
        if (isCall(message)) listen(message)
        else refuseMessage(message)
      })
    },
    eventNames: ['push'],
    resolver: (name) => (input: unknown) => answer(name, input),
    onGeneralError: () => true,
  })

  function refuseMessage(message: unknown): void {
    refusedMessages += 1
    const { t, i } = (message ?? {}) as Record<string, unknown>
    if (t !== 'q' || typeof i !== 'string' || i.length > maxCallIdChars) return
    try {
      channel.send({ t: 's', i, r: refusal('bad-input', 'This message is not a call, or is too long.') })
    } catch {
      close()
    }
  }

  function boardNow<T>(made: (lineId: string) => T | null): T | null {
    if (lineId === null) return null
    try {
      const now = made(lineId)
      problem = ''
      return now
    } catch (error) {
      const stack = error instanceof Error ? error.stack : undefined
      if (String(error) !== problem) {
        options.log('error', `The board of ${lineId} could not be made: ${stack ?? String(error)}`)
      }
      problem = String(error)
      return null
    }
  }

  function close(): void {
    if (closed) return
    closed = true
    stream.close()
    rpc.$close()
    options.guard.signOut(options.id)
    options.onClose()
  }

  channel.onClose(close)

  return {
    id: options.id,
    get lineId() {
      return lineId
    },
    get closed() {
      return closed
    },
    changed: stream.changed,
    tick: stream.tick,
    close,
    counters: () => ({ ...stream.counters(), refusedMessages }),
  }
}

function commandsOf(commands: Commands, guard: Guard, sessionId: string) {
  const bound: Record<string, unknown> = {}
  for (const name of Object.keys(commands) as CommandName[]) {
    const run = commands[name] as (input: object, caller: Caller) => unknown
    bound[name] = async ({ pin, ...input }: { pin?: string }) =>
      run(input, await guard.admit(name, pin, sessionId))
  }
  return bound as { [N in CommandName]: (input: CallInput<N>) => Promise<CallResult[N]> }
}

function refusal(code: 'not-allowed' | 'bad-input', message: string): Answer<never> {
  return { ok: false, error: { code, message } }
}

function isCall(message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !fitsCallSize(message)) return false
  const { t, m, a, i } = message as Record<string, unknown>
  const fitting = (text: unknown) => typeof text === 'string' && text.length <= maxCallIdChars
  return t === 'q' && fitting(m) && Array.isArray(a) && a.length === 1 && (i === undefined || fitting(i))
}
