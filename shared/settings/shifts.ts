import { z } from 'zod'
import { slotKinds } from '../domain/planned-slots.ts'
import { localDate, localTime, named, pieces } from './fields.ts'

/** The shift calendar of a line in plant.yaml. */

const weekdays = z.array(z.int().min(1).max(7)).min(1)

const times = {
  name: named(24),
  start: localTime,
  end: localTime,
  breaks: z
    .array(z.strictObject({ name: named(24).default('Break'), start: localTime, end: localTime }))
    .default([]),
  movingBreakMin: z.int().min(0).max(240).default(0),
  target: pieces.optional(),
}

/** At most a year of days. */
const rota = z.strictObject({
  from: localDate,
  every: z.enum(['day', 'week']).default('day'),
  crews: z.array(named(12)).min(1).max(366),
})

/** Name of no crew in a rota: the shift does not run. */
export const noCrew = 'off'

export const shiftSchema = z.strictObject({
  ...times,
  days: weekdays.default([1, 2, 3, 4, 5, 6, 7]),
  rota: rota.optional(),
})

const slot = z.strictObject({
  name: named(24),
  kind: z.enum(slotKinds).default('other'),
  start: localTime,
  end: localTime,
  date: localDate.optional(),
  days: weekdays.optional(),
  from: localDate.optional(),
  until: localDate.optional(),
})

/** Keys of a line that say when it is meant to run. */
export const calendarKeys = {
  shifts: z.array(shiftSchema).default([]),
  shiftChanges: z.array(z.strictObject({ from: localDate, shifts: z.array(shiftSchema) })).default([]),
  closedDates: z.array(localDate).default([]),
  exceptions: z
    .array(
      z.strictObject({
        date: localDate,
        name: named(24).optional(),
        shifts: z.array(z.strictObject(times)).default([]),
      }),
    )
    .default([]),
  extraShifts: z.array(z.strictObject({ date: localDate, ...times })).default([]),
  longerShifts: z
    .array(
      z.strictObject({
        date: localDate,
        shift: named(24),
        start: localTime.optional(),
        end: localTime.optional(),
        target: pieces.optional(),
      }),
    )
    .default([]),
  plannedSlots: z.array(slot).default([]),
  /** Under 15 min an hour-by-hour board has more rows than anybody reads. */
  pitchMin: z.int().min(15).max(240).default(60),
  /** Rows of so many planned pieces, in shifts that have a target. */
  pitchPieces: pieces.optional(),
}

export const calendarSchema = z.object(calendarKeys)
export type CalendarSettings = z.infer<typeof calendarSchema>
