import { dayMs } from '../../shared/domain/local-time.ts'
import { testLine } from './view-input.ts'

/** The line of `engine-child.ts`: its shifts run all day. */
export const killedLine = testLine({
  shifts: [{ name: 'Day', start: '00:00', end: '00:00' }],
  scrapReasons: ['Cap', 'Label'],
  stopReasons: ['Jam', 'Sensor'],
  changeoverSteps: [{ name: 'Clean' }],
  figures: [{ id: 'present', theme: 'people', name: 'People present', target: 6 }],
})

/** Its stops: so many, so long, so far apart, of the UTC day before. Milliseconds. */
const stops = 120
const everyMs = 10 * 60_000
export const stopMs = 5 * 60_000

/** Where each of them begins, oldest first. */
export function stopsOfYesterday(nowMs: number): number[] {
  const startMs = Math.floor(nowMs / dayMs - 1) * dayMs
  return Array.from({ length: stops }, (_, index) => startMs + (index + 1) * everyMs)
}
