import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { messagePortChannel } from '../../electron/host/message-port-channel.ts'
import { until } from '../helpers/until.ts'

let pair: MessageChannel
beforeEach(() => {
  pair = new MessageChannel()
})
afterEach(() => {
  pair.port1.close()
  pair.port2.close()
})

describe('messagePortChannel over a real MessagePort', () => {
  test('delivers everything in order, also what came before the first listener', async () => {
    const here = messagePortChannel(pair.port1)
    const there = messagePortChannel(pair.port2)
    const sent = Array.from({ length: 500 }, (_, at) => ({ at, text: 'ä'.repeat(at) }))
    for (const message of sent) here.send(message)
    const received: unknown[] = []
    there.onMessage((message) => received.push(message))
    await until('all messages', () => received.length === sent.length)
    expect(received).toEqual(sent)
  })

  test('both sides hear of a close, once, and a listener that comes late too', async () => {
    const here = messagePortChannel(pair.port1)
    const there = messagePortChannel(pair.port2)
    let closes = 0
    here.onClose(() => closes++)
    const closed = once(pair.port2, 'close')
    there.onMessage(() => {})
    here.close()
    here.close()
    await closed
    expect(closes).toBe(1)
    let late = false
    there.onClose(() => (late = true))
    expect(late).toBe(true)
    there.send('nobody listens')
  })
})
