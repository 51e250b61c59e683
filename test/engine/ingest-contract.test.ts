import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { connect } from 'mqtt'
import type { MqttClient } from 'mqtt'
import { generate, parser } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { afterEach, expect, it } from 'vitest'
import { until } from '../helpers/until.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A broker that says yes, sends the given packets and keeps what it hears. */
async function scriptedBroker(version: 4 | 5, packets: readonly Packet[]) {
  const heard: Packet[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    const reader = parser({ protocolVersion: version })
    reader.on('packet', (packet: Packet) => {
      heard.push(packet)
      if (packet.cmd !== 'connect') return
      socket.write(
        generate(
          { cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: true },
          { protocolVersion: version },
        ),
      )
      for (const each of packets) socket.write(generate(each, { protocolVersion: version }))
    })
    socket.on('data', (chunk) => reader.parse(chunk))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
}

const publish = (messageId: number): Packet => ({
  cmd: 'publish',
  topic: 't',
  payload: `m${messageId}`,
  qos: 1,
  dup: false,
  retain: false,
  messageId,
})

// The whole of acknowledge-after-commit rests on these two habits of mqtt.js. When this fails, do not upgrade it.
it.each([4, 5] as const)(
  'mqtt.js sends no PUBACK after an error, goes on, and lets us write it (MQTT %i)',
  async (version) => {
    const broker = await scriptedBroker(version, [publish(1), publish(2), publish(3)])
    const client = connect(broker.url, {
      protocolVersion: version,
      clean: false,
      clientId: 'x',
      reconnectPeriod: 0,
    })
    cleanups.push(() => void client.end(true))
    const errors: unknown[] = []
    client.on('error', (error) => errors.push(error))
    const seen: number[] = []
    client.handleMessage = (packet, done) => {
      seen.push(packet.messageId ?? 0)
      done(new Error('later'))
    }
    await until('all three handed over', () => seen.length === 3)
    client.stream.write(Buffer.from([0x40, 2, 0, 1, 0x40, 2, 0, 3]))
    await until('our acknowledgements', () => broker.heard.filter(({ cmd }) => cmd === 'puback').length === 2)
    expect(broker.heard.filter(({ cmd }) => cmd === 'puback').map(({ messageId }) => messageId)).toEqual([
      1, 3,
    ])
    expect(broker.heard.map(({ cmd }) => cmd)).toEqual(['connect', 'puback', 'puback'])
    expect(errors).toEqual([])
    expect(client.connected).toBe(true)
  },
)

// The reader of PUBLISH packets stands between the two.
it('mqtt.js builds its stream by `streamBuilder` when it connects, and reads it by `pipe`', async () => {
  const broker = await scriptedBroker(5, [publish(1)])
  const client = connect(broker.url, { protocolVersion: 5, manualConnect: true, reconnectPeriod: 0 })
  cleanups.push(() => void client.end(true))
  const inside = client as unknown as { streamBuilder: (client: MqttClient) => MqttClient['stream'] }
  const build = inside.streamBuilder
  const calls: string[] = []
  inside.streamBuilder = (of) => {
    calls.push('built')
    const stream = build(of)
    const pipe = stream.pipe.bind(stream)
    stream.pipe = (to) => {
      calls.push('piped')
      return pipe(to)
    }
    return stream
  }
  expect(client.stream).toBeUndefined()
  client.connect()
  await until('the message', () => broker.heard.some(({ cmd }) => cmd === 'puback'))
  expect(calls).toEqual(['built', 'piped'])
})

// An acknowledgement that we write ourselves takes the place of a ping, whose answer waits behind a backlog.
it('mqtt.js needs no answer to a ping while `reschedulePing` is called, and gives up when it is not', async () => {
  const broker = await scriptedBroker(5, [])
  const client = connect(broker.url, { protocolVersion: 5, keepalive: 1, reconnectPeriod: 0 })
  cleanups.push(() => void client.end(true))
  client.on('error', () => {})
  await until('connected', () => client.connected)
  for (let n = 0; n < 12; n++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    client.reschedulePing(true)
  }
  expect(client.connected).toBe(true)
  await until('given up', () => !client.connected)
})
