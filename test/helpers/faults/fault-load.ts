import { plantSchema } from '../../../shared/settings/plant.ts'
import type { Plant } from '../../../shared/settings/plant.ts'

const lineIds = ['a', 'b', 'c'] as const

export const faultPlant = (url: string): Plant =>
  plantSchema.parse({
    site: { name: 'Faults', timeZone: 'Europe/Berlin' },
    broker: { url, clientId: 'fault-run' },
    lines: lineIds.map((id) => ({
      id,
      name: `Line ${id}`,
      expectedIntervalS: 10,
      products: [
        { id: 'cola', name: 'Cola', idealCycleS: 0.4 },
        { id: 'water', name: 'Water', idealCycleS: 0.3 },
      ],
      defaultProduct: 'cola',
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00' },
        { name: 'Night', start: '22:00', end: '06:00' },
      ],
    })),
  })

export type LoadMessage = {
  topic: string
  body: string
  /** False: nothing tells a repeat from a new one. */ keyed: boolean
}

/** Half of the messages are of now; of the others the history begins so long ago, and each is a little later than the one before. */
const historyMs = 24 * 3_600_000
const stepMs = 700

/**
 * Messages of all kinds as a plant may send them, and what they add up to. Every body is different, except the pulses: those
 * are all alike and have neither time nor id.
 */
export function faultLoad(random: () => number, startMs: number) {
  const good = new Map<string, number>(lineIds.map((id) => [id, 0]))
  const scrap = new Map<string, number>(lineIds.map((id) => [id, 0]))
  const totals = new Map<string, number>(lineIds.map((id) => [id, 1_000]))
  const add = (sums: Map<string, number>, line: string, by: number): void =>
    void sums.set(line, (sums.get(line) ?? 0) + by)
  let n = 0

  function total(line: string): LoadMessage {
    const ts = startMs - historyMs + n * stepMs
    const topic = `lineside/v1/${line}/count`
    return {
      topic,
      body: JSON.stringify({ ts, total_good: totals.get(line), cell: 'counter', n: n++ }),
      keyed: true,
    }
  }

  return {
    /** The counters before the first fault: what they add is counted from here. */
    baselines: (): LoadMessage[] => lineIds.map(total),
    /** The counters after the last fault. */
    closing: (): LoadMessage[] => lineIds.map(total),
    next: (pulses: boolean): LoadMessage => {
      const line = lineIds[Math.floor(random() * lineIds.length)]!
      const isLive = random() < 0.5
      const ts = isLive ? Date.now() : startMs - historyMs + n * stepMs
      const kind = random()
      const message = (name: string, body: object): LoadMessage => ({
        topic: `lineside/v1/${line}/${name}`,
        body: JSON.stringify({ ...body, n: n++ }),
        keyed: true,
      })
      if (kind < 0.4) {
        const count = 1 + Math.floor(random() * 3)
        const bad = random() < 0.1 ? 1 : 0
        add(good, line, count)
        add(scrap, line, bad)
        return message('count', { ts, good: count, scrap: bad })
      }
      if (kind < 0.6) {
        add(good, line, 1)
        return message('count', { id: `m${n}`, good: 1 })
      }
      if (kind < 0.75) {
        add(totals, line, 1)
        add(good, line, 1)
        return total(line)
      }
      if (kind < 0.8) {
        add(scrap, line, 2)
        return message('scrap', { ts, qty: 2, reason: 'Label torn' })
      }
      if (kind < 0.84) return message('state', { ts, state: random() < 0.5 ? 'running' : 'stopped' })
      if (kind < 0.86) return message('product', { ts, product: random() < 0.5 ? 'cola' : 'water' })
      if (kind < 0.88)
        return message('value', { ts, key: 'temperature', value: Math.round(random() * 900) / 10 })
      if (pulses) {
        add(good, line, 1)
        return { topic: `lineside/v1/${line}/count`, body: '{"good":1}', keyed: false }
      }
      add(good, line, 1)
      return message('count', { ts, good: 1, cell: 'filler' })
    },
    sums: () => ({ good, scrap }),
  }
}
export type FaultLoad = ReturnType<typeof faultLoad>
