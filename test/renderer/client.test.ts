import { createBirpc } from 'birpc'
import { afterEach, expect, test, vi } from 'vitest'
import type { OpenChannel } from '../../renderer/link/channel.ts'
import { CallFailure, createClient } from '../../renderer/link/client.ts'
import { reloadOnNewVersion } from '../../renderer/link/reload.ts'
import type { Answer, Push } from '../../shared/contract/protocol.ts'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

/** A client whose far end is a real birpc server over a real MessagePort. */
function makePair(functions: Record<string, (input: unknown) => unknown>, deadlineMs = 5_000) {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const closers: (() => void)[] = []
  const channel: OpenChannel = {
    send: (message) => port1.postMessage(message),
    onMessage: (listener) => {
      port1.onmessage = ({ data }) => listener(data)
    },
    onClose: (listener) => void closers.push(listener),
    close: () => port1.close(),
  }
  const pushes: Push[] = []
  const client = createClient(channel, { deadlineMs, onPush: (push) => pushes.push(push) })
  const server = createBirpc<{ push: (push: Push) => void }>(functions, {
    post: (message) => port2.postMessage(message),
    on: (listener) => {
      port2.onmessage = ({ data }) => listener(data)
    },
    timeout: -1,
  })
  return { client, server, pushes, drop: () => closers.forEach((close) => close()) }
}

async function failureOf(call: Promise<unknown>): Promise<CallFailure> {
  return call.then(
    () => expect.fail('the call should have failed'),
    (error: unknown) => error as CallFailure,
  )
}

const undo = { lineId: 'line-3', entryId: 'e1' }

test('an answer envelope becomes a value or a typed failure', async () => {
  const answers: Record<string, Answer<unknown>> = {
    undo: { ok: true, value: { entryId: 'e1', atMs: 5 } },
    openStops: { ok: false, error: { code: 'locked', message: 'Wait a minute.', retryMs: 60_000 } },
  }
  const { client } = makePair({ undo: () => answers.undo, openStops: () => answers.openStops })
  await expect(client.call('undo', undo)).resolves.toEqual({ entryId: 'e1', atMs: 5 })
  const failure = await failureOf(client.call('openStops', { lineId: 'line-3' }))
  expect(failure).toBeInstanceOf(CallFailure)
  expect([failure.code, failure.retryMs, failure.message]).toEqual(['locked', 60_000, 'Wait a minute.'])
})

test('a call without an answer fails after the deadline', async () => {
  const { client } = makePair({ undo: () => new Promise(() => undefined) }, 30)
  expect((await failureOf(client.call('undo', undo))).code).toBe('deadline')
})

test('calls under way when the channel closes are unanswered, and later ones are known not to be saved', async () => {
  const { client, drop } = makePair({ undo: () => new Promise(() => undefined) })
  const pending = [client.call('undo', undo), client.call('undo', undo)].map(failureOf)
  drop()
  expect((await Promise.all(pending)).map(({ code }) => code)).toEqual(['deadline', 'deadline'])
  expect((await failureOf(client.call('undo', undo))).code).toBe('closed')
})

test('pushes arrive, and each can be acknowledged', async () => {
  const acked: unknown[] = []
  const { client, server, pushes } = makePair({ ack: (input) => void acked.push(input) })
  await server.$callEvent('push', { type: 'tick', seq: 4, nowMs: 1 })
  client.ack(4)
  await vi.waitFor(() => expect(acked).toEqual([{ seq: 4 }]))
  expect(pushes).toEqual([{ type: 'tick', seq: 4, nowMs: 1 }])
})

function makePlace(built?: string) {
  const kept = new Map<string, string>()
  const reloads = { count: 0 }
  const greet = reloadOnNewVersion({
    built,
    storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    reload: () => void reloads.count++,
  })
  return { greet, reloads }
}

test('a page of another version reloads itself once and never loops', () => {
  const { greet, reloads } = makePlace('1.0.0')
  greet('1.0.0')
  expect(reloads.count).toBe(0)
  greet('1.1.0')
  greet('1.1.0')
  expect(reloads.count).toBe(1)
})

test('a page that does not know its version takes the first engine’s', () => {
  const { greet, reloads } = makePlace()
  greet('1.0.0')
  expect(reloads.count).toBe(0)
  greet('1.1.0')
  expect(reloads.count).toBe(1)
})
