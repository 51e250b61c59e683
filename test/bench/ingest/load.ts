import { plantSchema } from '../../../shared/settings/plant.ts'
import type { Plant } from '../../../shared/settings/plant.ts'

/** A plant of `lines` lines named l1, l2, ... */
export function benchPlant(url: string, clientId: string, lines: number): Plant {
  return plantSchema.parse({
    site: { name: 'Bench', timeZone: 'Europe/Berlin' },
    broker: { url, clientId },
    lines: Array.from({ length: lines }, (_, index) => ({
      id: `l${index + 1}`,
      name: `Line ${index + 1}`,
      expectedIntervalS: 10,
      products: [{ id: 'cola', name: 'Cola', idealCycleS: 1.2 }],
      defaultProduct: 'cola',
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00' },
        { name: 'Late', start: '14:00', end: '22:00' },
        { name: 'Night', start: '22:00', end: '06:00' },
      ],
    })),
  })
}

/** One count a second and line, until now: what a broker has kept while the board was away. */
export function countMessages(options: { count: number; lines: number; bytes: number; endMs: number }) {
  const { count, lines, bytes, endMs } = options
  const startMs = endMs - Math.ceil(count / lines) * 1000
  return (index: number): { topic: string; payload: string } => {
    const ts = startMs + Math.floor(index / lines) * 1000 + (index % lines)
    const start = `{"ts":${ts},"good":1,"scrap":${index % 50 === 0 ? 1 : 0},"product":"cola","cell":"filler","serial":"SN-${index}-`
    const payload = `${start}${'0'.repeat(Math.max(0, bytes - start.length - 2))}"}`
    return { topic: `lineside/v1/l${(index % lines) + 1}/count`, payload }
  }
}
