import type { IncomingMessage } from '../recorder.ts'

/** The socket a message came from; acknowledgements go there or nowhere. */
export type AckStream = { write: (chunk: Buffer) => unknown; destroyed?: boolean }

/** Between two tries while the disk refuses. Milliseconds. */
export const firstRetryMs = 250
export const lastRetryMs = 10_000

/**
 * The first sync after `quietMs` waits this long, so that the disk is not at work while the screens are drawn that show what
 * was committed; not for as many messages as `gatherBelow`. Milliseconds.
 */
export const gatherMs = 8
export const quietMs = 50
/** Fewer than a broker sends without an acknowledgement: mosquitto holds back after 20. */
export const gatherBelow = 8

export type AckAfterSyncOptions = {
  /** Ends when all that was committed before survives a power cut. */
  sync: () => Promise<void>
  /** The connection that is up now. */
  stream: () => AckStream | null
  /** The disk refused; null: it took everything after that. */
  onRefused: (error: unknown) => void
  /** Something was acknowledged. */
  onRoom: () => void
}

/** Acknowledges committed messages when they are safe on the disk. One sync at a time, for all commits before it. */
export type AckAfterSync = {
  /** What was committed just now, and the connection each message came from (null: no acknowledgement). */
  add: (batch: readonly IncomingMessage[], from: readonly (AckStream | null)[]) => void
  /** Messages that are committed and wait. */
  waiting: () => number
  /** Ends when nothing waits, or the disk refuses. */
  settled: () => Promise<void>
  close: () => void
}

type Acks = { from: AckStream; bytes: Buffer }

export function createAckAfterSync(options: AckAfterSyncOptions): AckAfterSync {
  let acks: Acks[] = []
  let count = 0
  let running: Promise<void> | null = null
  let retry: NodeJS.Timeout | null = null
  let failures = 0
  let closed = false
  let hurry: (() => void) | null = null
  let syncedAt = -Infinity

  async function gathered(): Promise<void> {
    if (count >= gatherBelow || performance.now() - syncedAt < quietMs) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    hurry = null
  }

  async function syncAll(): Promise<void> {
    while (count > 0 && !closed) {
      await gathered()
      if (closed) return
      const covered = acks
      const coveredCount = count
      acks = []
      try {
        await options.sync()
      } catch (error) {
        acks = [...covered, ...acks]
        if (closed) return
        const waitMs = Math.min(lastRetryMs, firstRetryMs * 2 ** failures++)
        retry = setTimeout(() => {
          retry = null
          start()
        }, waitMs)
        return options.onRefused(error)
      }
      count -= coveredCount
      syncedAt = performance.now()
      if (failures > 0) {
        failures = 0
        options.onRefused(null)
      }
      for (const { from, bytes } of covered)
        if (from === options.stream() && !from.destroyed) from.write(bytes)
      options.onRoom()
    }
  }

  function start(): void {
    if (running || retry || closed || count === 0) return
    running = syncAll().finally(() => (running = null))
  }

  return {
    add: (batch, from) => {
      count += batch.length
      const stream = options.stream()
      if (stream && !stream.destroyed) {
        const bytes = pubacks(batch, from, stream)
        if (bytes.length > 0) acks.push({ from: stream, bytes })
      }
      if (count >= gatherBelow) hurry?.()
      start()
    },
    waiting: () => count,
    settled: async () => {
      hurry?.()
      while (running) await running
    },
    close: () => {
      closed = true
      hurry?.()
      if (retry) clearTimeout(retry)
    },
  }
}

/** Only of what came on this connection: to another one the broker sends it again, and it is known then. */
function pubacks(
  batch: readonly IncomingMessage[],
  from: readonly (AckStream | null)[],
  stream: AckStream,
): Buffer {
  const acks = Buffer.allocUnsafe(batch.length * 4)
  let size = 0
  for (let index = 0; index < batch.length; index++) {
    const { packetId } = batch[index]!
    if (from[index] !== stream || packetId === null) continue
    acks.writeUInt16BE(0x4002, size)
    acks.writeUInt16BE(packetId, size + 2)
    size += 4
  }
  return acks.subarray(0, size)
}
