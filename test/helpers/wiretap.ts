import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import mqttPacket from 'mqtt-packet'
import type { Packet } from 'mqtt-packet'

/** Stands between a client and a broker and keeps what the client sends, packet by packet. */
export type Wiretap = {
  url: string
  /** All packets of the client so far, over all connections. */
  packets: Packet[]
  /** Ends all connections without a word; new ones are accepted. */
  cut: () => void
  /** New connections are refused from now on, or taken again. */
  block: (blocked: boolean) => void
  close: () => Promise<void>
}

export async function startWiretap(port: number): Promise<Wiretap> {
  const packets: Packet[] = []
  const sockets = new Set<Socket>()
  let isBlocked = false
  const server = createServer((client) => {
    if (isBlocked) return client.destroy()
    const broker = connect(port, '127.0.0.1')
    for (const [end, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(end)
      end.on('error', () => end.destroy())
      end.on('close', () => {
        sockets.delete(end)
        other.destroy()
      })
    }
    let parser: ReturnType<typeof mqttPacket.parser> | null = null
    client.on('data', (chunk) => {
      const version = chunk[chunk.indexOf('MQTT') + 4]
      if (parser === null) {
        parser = mqttPacket.parser({ protocolVersion: version === 5 ? 5 : 4 })
        parser.on('packet', (packet) => packets.push(packet))
        parser.on('error', () => {})
      }
      parser.parse(chunk)
    })
    client.pipe(broker).pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    packets,
    cut,
    block: (blocked) => {
      isBlocked = blocked
      if (blocked) cut()
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
