import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** Messages on their way to the broker at a time. */
const window = 2_000
const largestPacketId = 65_535

export type FloodOptions = {
  port: number
  qos: 0 | 1
  /** Messages; the topic and payload of each by its number. */
  count: number
  message: (index: number) => { topic: string; payload: string }
  /** Messages a second; left out: as fast as the broker takes them. */
  perSecond?: number
}

/**
 * Publishes over a bare socket, MQTT 3.1.1, so that the publisher costs as little as possible beside what is measured.
 * Resolves when the broker has acknowledged everything (QoS 1) or the socket has taken it (QoS 0).
 */
export async function flood(options: FloodOptions): Promise<void> {
  const { count, qos, perSecond } = options
  const socket = connect(options.port, '127.0.0.1')
  socket.setNoDelay(true)
  let acknowledged = 0
  let bytes = 0
  let wake = (): void => {}
  let failure: Error | null = null
  socket.on('error', (error) => {
    failure = error
    wake()
  })
  const connackBytes = 4
  socket.on('data', (chunk) => {
    bytes += chunk.length
    acknowledged = Math.max(0, Math.floor((bytes - connackBytes) / 4))
    wake()
  })
  socket.on('drain', () => wake())
  const event = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve
      setTimeout(resolve, 5)
    })
  socket.write(connectPacket(`flood-${process.pid}-${Math.random().toString(36).slice(2)}`))
  while (bytes < connackBytes) {
    if (failure) throw failure as Error
    await event()
  }
  const began = performance.now()
  for (let sent = 0; sent < count;) {
    if (failure) throw failure as Error
    const due =
      perSecond === undefined ? count : Math.min(count, ((performance.now() - began) * perSecond) / 1000)
    const upTo = Math.min(due, qos === 1 ? acknowledged + window : sent + window)
    const packets: Buffer[] = []
    for (; sent < upTo && packets.length < window; sent++) {
      const { topic, payload } = options.message(sent)
      packets.push(publishPacket(topic, payload, qos, (sent % largestPacketId) + 1))
    }
    if (packets.length === 0 || !socket.write(Buffer.concat(packets))) await event()
  }
  while (qos === 1 && acknowledged < count) {
    if (failure) throw failure as Error
    await event()
  }
  await goodbye(socket)
}

async function goodbye(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
    socket.end(Buffer.from([0xe0, 0x00]))
  })
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

function packet(head: number, body: Buffer): Buffer {
  const length: number[] = []
  for (let left = body.length; ;) {
    const byte = left % 128
    left = Math.floor(left / 128)
    length.push(left > 0 ? byte | 128 : byte)
    if (left === 0) return Buffer.concat([Buffer.from([head, ...length]), body])
  }
}

function connectPacket(clientId: string): Buffer {
  return packet(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, 2, 0, 0]), text(clientId)]))
}

function publishPacket(topic: string, payload: string, qos: 0 | 1, packetId: number): Buffer {
  const id = qos === 1 ? [Buffer.from([packetId >> 8, packetId & 255])] : []
  return packet(0x30 | (qos << 1), Buffer.concat([text(topic), ...id, Buffer.from(payload)]))
}
