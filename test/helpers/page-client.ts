import { MessageChannel } from 'node:worker_threads'
import { messagePortChannel } from '../../electron/host/message-port-channel.ts'
import type { Board } from '../../shared/contract/board.ts'
import { protocolVersion } from '../../shared/contract/protocol.ts'
import type {
  Answer,
  CallMessage,
  CallName,
  CallResult,
  Channel,
  Push,
} from '../../shared/contract/protocol.ts'

/** The page's side of a real MessagePort, written from the protocol alone. */
export type PageClient = {
  call: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<Answer<CallResult[N]>>
  /** Sends anything as it is. */
  raw: (message: unknown) => void
  /** Answers to raw messages, by their id. */
  answers: Map<string, unknown>
  pushes: Push[]
  /** The board as this page knows it from snapshot and patches. */
  board: () => Board
  /** False: pushes are left without an ack. */
  acking: boolean
  ack: () => void
  hello: (lineId?: string | null) => Promise<void>
  /** Waits for a push after which `done` is true. */
  until: (done: (board: Board) => boolean, what: string, deadlineMs?: number) => Promise<Board>
  close: () => void
}

export function connectPage(attach: (channel: Channel) => void): PageClient {
  const { port1, port2 } = new MessageChannel()
  const answers = new Map<string, unknown>()
  const waiting = new Map<string, (answer: unknown) => void>()
  const watchers = new Set<() => void>()
  const pushes: Push[] = []
  let board: Board | null = null
  let calls = 0
  /** Nobody is shown a board that is made of two. */
  let whole = false

  const client: PageClient = {
    answers,
    pushes,
    acking: true,
    raw: (message) => port2.postMessage(message),
    call: (name, input) =>
      new Promise((resolve) => {
        const id = `call-${(calls += 1)}`
        waiting.set(id, (answer) => resolve(answer as never))
        port2.postMessage({ t: 'q', i: id, m: name, a: [input] })
      }),
    ack: () => {
      const last = pushes[pushes.length - 1]
      if (last) port2.postMessage({ t: 'q', m: 'ack', a: [{ seq: last.seq }] })
    },
    board: () => {
      if (board === null) throw new Error('no snapshot has come yet')
      return board
    },
    hello: async (lineId = null) => {
      const answer = await client.call('hello', { protocol: protocolVersion, lineId })
      if (!answer.ok) throw new Error(answer.error.message)
      await client.until((b) => lineId === null || b.site.lineId === lineId, 'the first snapshot')
    },
    until: (done, what, deadlineMs = 10_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (board === null || !whole || !done(board)) return
          finish()
          resolve(board)
        }
        const timer = setTimeout(() => {
          finish()
          reject(
            new Error(`waited ${deadlineMs} ms in vain for ${what}; line: ${JSON.stringify(board?.line)}`),
          )
        }, deadlineMs)
        const finish = () => {
          clearTimeout(timer)
          watchers.delete(look)
        }
        watchers.add(look)
        look()
      }),
    close: () => port2.close(),
  }

  port2.on('message', (message: { t: string; i?: string; r?: unknown; m?: string; a?: [Push] }) => {
    if (message.t === 's' && message.i !== undefined) {
      answers.set(message.i, message.r)
      waiting.get(message.i)?.(message.r)
      waiting.delete(message.i)
    } else if (message.m === 'push' && message.a) {
      const push = message.a[0]
      pushes.push(push)
      if (push.type === 'snapshot') board = push.board
      else if (push.type === 'patch' && board) board = { ...board, ...push.parts }
      else if (push.type === 'counts' && board)
        board = { ...board, status: { ...board.status, ...push.counts } }
      if (client.acking) client.ack()
      whole = push.type !== 'counts'
      for (const look of [...watchers]) look()
    }
  })
  attach(messagePortChannel(port1))
  return client
}
