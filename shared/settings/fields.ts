import { z } from 'zod'
import { plainText } from '../domain/plain-text.ts'

export { plainText }

/** Parts of plant.yaml that several of its subjects use. */

export const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, "-" and "_", at most 40')
  .meta({ description: 'Stable name used in topics and in the store' })
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a local time such as "06:00"')
export const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as "2026-12-24"')
export const localMoment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/,
    'a date, with or without a local time, such as "2026-12-24" or "2026-12-24T06:00"',
  )
/** A day is longer than anything on a line that is timed. */
export const seconds = z.number().min(0.001).max(86_400)
/** Pieces; beyond it sums would lose digits. */
export const pieces = z.int().positive().max(1_000_000_000)
export const amount = z.number().min(-1e12).max(1e12)
export const named = (max: number) =>
  plainText.min(1).max(max).regex(/^$|\S/, 'a text that is not only spaces')

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
