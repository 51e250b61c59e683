import { createBirpc } from 'birpc'
import type {
  Answer,
  CallError,
  CallMessage,
  CallName,
  CallResult,
  Push,
} from '../../shared/contract/protocol.ts'
import type { OpenChannel } from './channel.ts'

/** A call that did not succeed; `message` is one sentence for the person at the screen. */
export class CallFailure extends Error {
  readonly code: CallError['code']
  readonly retryMs: number | null
  constructor(error: CallError) {
    super(error.message)
    this.code = error.code
    this.retryMs = error.retryMs ?? null
  }
}

/** Calls the engine. Rejects with CallFailure only. */
export type Call = <N extends CallName>(name: N, input: CallMessage<N>) => Promise<CallResult[N]>

export type Client = { call: Call; ack: (seq: number) => void; close: () => void }

export const closedError: CallError = {
  code: 'closed',
  message: 'No connection to the engine, so nothing was saved. Try again in a moment.',
}
/** Nobody knows whether the engine has it: also of calls that were under way when the channel closed. */
const unansweredError: CallError = {
  code: 'deadline',
  message: 'The engine did not answer. Check the board before you try again.',
}

/** No answer of the engine: nothing was sent, or nobody knows. */
export const unanswered: readonly CallError['code'][] = ['closed', 'deadline']

/** One page's client over one channel. Every call fails after `deadlineMs`, and at once when the channel closes or is closed. */
export function createClient(
  channel: OpenChannel,
  options: { deadlineMs: number; onPush: (push: Push) => void },
): Client {
  const pending = new Set<(failure: CallFailure) => void>()
  let closed = false
  const rpc = createBirpc<Record<string, (input: unknown) => unknown>, { push: (push: Push) => void }>(
    { push: options.onPush },
    {
      post: (message: unknown) => channel.send(message),
      on: (listener) => channel.onMessage((message) => isMessage(message) && listener(message)),
      timeout: -1,
      bind: 'functions',
    },
  )
  const close = () => {
    if (closed) return
    closed = true
    for (const fail of pending) fail(new CallFailure(unansweredError))
    pending.clear()
    rpc.$close()
    channel.close()
  }
  channel.onClose(close)

  const call: Call = (name, input) =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new CallFailure(closedError))
      const settle = () => {
        clearTimeout(timer)
        pending.delete(fail)
      }
      const fail = (failure: CallFailure) => {
        settle()
        reject(failure)
      }
      const timer = setTimeout(() => fail(new CallFailure(unansweredError)), options.deadlineMs)
      pending.add(fail)
      rpc.$call(name, input).then(
        (answer) => {
          settle()
          const { ok, value, error } = answer as Answer<never> & { value?: never; error?: CallError }
          if (ok) resolve(value)
          else reject(new CallFailure(error ?? closedError))
        },
        () => fail(new CallFailure(unansweredError)),
      )
    })

  return {
    call,
    ack: (seq) => void rpc.$callEvent('ack', { seq }).catch(() => undefined),
    close,
  }
}

function isMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 't' in message
}
