import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { demoFileName } from '../data-dir.ts'

/** The demo's OKR cycle: local dates, both included. */
export type DemoCycle = { name: string; start: string; end: string }

const weeks = 13
/** The demo opens this long into its cycle. */
const weeksBehind = 7
const saved = z.object({ cycle: z.object({ name: z.string(), start: z.iso.date(), end: z.iso.date() }) })

/** The cycle of a demo store: fixed at its first run, so that a later run goes on with the same story. */
export async function demoCycle(dataDir: string, timeZone: string, nowMs: number): Promise<DemoCycle> {
  const file = join(dataDir, demoFileName)
  const known = await readFile(file, 'utf8')
    .then((text) => saved.safeParse(JSON.parse(text)))
    .catch(() => null)
  if (known?.success) return known.data.cycle
  const cycle = cycleAround(timeZone, nowMs)
  await writeFile(`${file}.new`, `${JSON.stringify({ cycle }, null, 2)}\n`)
  await rename(`${file}.new`, file)
  return cycle
}

/** Thirteen weeks from the Monday seven to eight weeks ago, named after the quarter in which its middle lies. */
export function cycleAround(timeZone: string, nowMs: number): DemoCycle {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate()
  const start = today.subtract({ weeks: weeksBehind, days: today.dayOfWeek - 1 })
  const middle = start.add({ weeks: Math.floor(weeks / 2) })
  return {
    name: `Q${Math.ceil(middle.month / 3)} ${middle.year}`,
    start: start.toString(),
    end: start.add({ days: 7 * weeks - 1 }).toString(),
  }
}

/** Start of the first and end of the last day of a cycle in a time zone. */
export function cycleSpan(cycle: DemoCycle, timeZone: string): { startMs: number; endMs: number } {
  const midnight = (date: Temporal.PlainDate) => date.toZonedDateTime(timeZone).epochMilliseconds
  return {
    startMs: midnight(Temporal.PlainDate.from(cycle.start)),
    endMs: midnight(Temporal.PlainDate.from(cycle.end).add({ days: 1 })),
  }
}
