import fc from 'fast-check'
import { generate } from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'
import { expect, it } from 'vitest'
import { createPublishReader } from '../../../../electron/engine/ingest/publish-reader.ts'
import type { Published } from '../../../../electron/engine/ingest/publish-reader.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const arrivedMs = 1_785_000_000_000

/** Writes the chunks; `hold` says for each message whether the next one has to wait for a while. */
async function read(
  version: 4 | 5,
  chunks: readonly Buffer[],
  hold: (index: number) => boolean = () => false,
) {
  const published: Published[] = []
  const others: Buffer[] = []
  let waiting: (() => void) | null = null
  const reader = createPublishReader({
    now: () => arrivedMs,
    version,
    onPublish: (one, next) => {
      expect(waiting).toBeNull()
      if (hold(published.length)) waiting = next
      else next()
      published.push(one)
    },
  })
  reader.on('data', (chunk: Buffer) => others.push(chunk))
  for (const chunk of chunks) reader.write(chunk)
  for (;;) {
    await turn()
    const next = waiting as (() => void) | null
    if (next === null) return { published, others: Buffer.concat(others) }
    waiting = null
    next()
  }
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const size = sizes[index % sizes.length]!
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((topic) => !topic.includes('\0'))
const publish = fc.record({
  cmd: fc.constant('publish' as const),
  topic: fc.oneof(fc.constantFrom('lineside/v1/l1/count', 'lineside/v1/l2/count'), text),
  payload: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  qos: fc.constantFrom(0 as const, 1 as const),
  dup: fc.boolean(),
  retain: fc.boolean(),
  messageId: fc.integer({ min: 1, max: 65_535 }),
  userProperty: fc.option(text, { nil: undefined }),
})
const other = fc.constantFrom<Packet>(
  { cmd: 'pingresp' },
  { cmd: 'suback', messageId: 7, granted: [1] },
  { cmd: 'publish', topic: 't', payload: 'exactly once', qos: 2, dup: false, retain: false, messageId: 9 },
)

it('takes out every PUBLISH of QoS 0 and 1, wherever the stream is cut, and leaves the rest as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(4 as const, 5 as const),
      fc.array(fc.oneof(publish, other), { maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      async (version, packets, sizes, holds) => {
        const wanted: Published[] = []
        const rest: Buffer[] = []
        const stream = packets.map((packet) => {
          const properties =
            'userProperty' in packet && packet.userProperty !== undefined
              ? { userProperties: { key: packet.userProperty } }
              : undefined
          const bytes = generate({ ...packet, properties } as Packet, { protocolVersion: version })
          if (packet.cmd !== 'publish' || packet.qos === 2) rest.push(bytes)
          else {
            const { topic, payload, dup, retain, qos } = packet
            const packetId = qos === 0 ? null : (packet.messageId ?? null)
            wanted.push({ topic, payload: payload as Buffer, arrivedMs, dup, retain, qos, packetId })
          }
          return bytes
        })
        const all = await read(
          version,
          cut(Buffer.concat(stream), sizes),
          (index) => holds[index % holds.length]!,
        )
        expect(all.published).toEqual(wanted)
        expect(all.others).toEqual(Buffer.concat(rest))
      },
    ),
    { numRuns: 200 },
  )
})

it('hands a packet that is not as the standard has it to mqtt.js', async () => {
  const good = generate({ cmd: 'publish', topic: 't', payload: '1', qos: 0, dup: false, retain: false })
  const noTopic = Buffer.from([0x30, 4, 0, 0, 0x31, 0x31])
  const topicTooLong = Buffer.from([0x30, 4, 0, 9, 0x74, 0x31])
  const endless = Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01, 1, 2, 3])
  const all = await read(4, [good, noTopic, topicTooLong, good, endless, good])
  expect(all.published.map(({ topic }) => topic)).toEqual(['t', 't'])
  // Nobody knows where a packet without a length ends: mqtt.js gets everything from there on.
  expect(all.others).toEqual(Buffer.concat([noTopic, topicTooLong, endless, good]))
})

it('takes a packet of many chunks', async () => {
  const payload = Buffer.alloc(3_000_000, 'x')
  const packet = generate({
    cmd: 'publish',
    topic: 't',
    payload,
    qos: 1,
    messageId: 5,
    dup: false,
    retain: true,
  })
  const { published } = await read(4, cut(packet, [1_000]))
  expect(published.map((one) => one.payload.equals(payload))).toEqual([true])
})
