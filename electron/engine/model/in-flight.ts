import type { InFlight } from '../../../db/writers/ledger-writer.ts'

/**
 * A message without time and id is remembered until this many more have come: twice what the broker may have in flight to us,
 * since mosquitto 2.0.11 sends more than it may, and half of all packet ids, so that none is remembered when its id comes
 * round again.
 */
export const inFlightLimit = 32_768

/**
 * Which payload each packet id carried last, of messages that nothing else tells apart. A message that the broker marks as
 * delivered before, with the same packet id and payload, was committed before its acknowledgement got lost.
 */
export type InFlightBook = {
  /** Starts a transaction's page; nothing counts before `keep`. */
  page: () => InFlightPage
  clear: () => void
}
export type InFlightPage = {
  wasCommitted: (packetId: number, hash: number) => boolean
  note: (item: InFlight) => void
  /** The packet id now stands for another message. */
  forget: (packetId: number) => void
  noted: () => readonly InFlight[]
  keep: () => void
}

export function inFlightBook(committed: readonly InFlight[]): InFlightBook {
  const known = new Map<number, number>()
  const put = (packetId: number, hash: number): void => {
    known.delete(packetId)
    known.set(packetId, hash)
    if (known.size <= inFlightLimit) return
    const [oldest] = known.keys()
    known.delete(oldest!)
  }
  for (const { packetId, hash } of committed) put(packetId, hash)
  return {
    clear: () => known.clear(),
    page: () => {
      const noted: InFlight[] = []
      const changes = new Map<number, number | null>()
      return {
        wasCommitted: (packetId, hash) => {
          const change = changes.get(packetId)
          return (change === undefined ? known.get(packetId) : change) === hash
        },
        note: (item) => {
          noted.push(item)
          changes.set(item.packetId, item.hash)
        },
        forget: (packetId) => {
          if (known.has(packetId) || changes.has(packetId)) changes.set(packetId, null)
        },
        noted: () => noted,
        keep: () => {
          for (const [packetId, hash] of changes) {
            if (hash === null) known.delete(packetId)
            else put(packetId, hash)
          }
        },
      }
    },
  }
}
