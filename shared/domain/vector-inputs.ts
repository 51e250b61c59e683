import { minuteMs, minutesOfDay } from './local-time.ts'
import { PrintedNumber } from './printed-number.ts'

/** The input of a vector is not what its fields promise. One sentence for the person who wrote the file. */
export class VectorInputError extends Error {}

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof PrintedNumber)
  )
}

export function toNumber(value: unknown, name: string): number {
  const number = value instanceof PrintedNumber ? value.value : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  throw new VectorInputError(`"${name}" must be a number`)
}

export function toList(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new VectorInputError(`"${name}" must be a list`)
}

export function toFields(value: unknown, name: string): Fields {
  if (isFields(value)) return value
  throw new VectorInputError(`"${name}" must be an object`)
}

/** A field that is not given is NaN: not known, and nothing computed from it is. */
export function numberIn(fields: Fields, name: string): number {
  return fields[name] === undefined ? NaN : toNumber(fields[name], name)
}

/** A quantity of pieces or time: as `numberIn`, and refused (RangeError) below zero. */
export function amountIn(fields: Fields, name: string): number {
  const amount = numberIn(fields, name)
  if (amount < 0) throw new RangeError(`"${name}" must not be negative`)
  return amount
}

export function numbersIn(fields: Fields, name: string): number[] {
  return toList(fields[name], name).map((value, i) => toNumber(value, `${name}[${i}]`))
}

/** A number, or a list of numbers to be added. */
export function totalIn(fields: Fields, name: string): number {
  if (!Array.isArray(fields[name])) return amountIn(fields, name)
  const parts = numbersIn(fields, name)
  if (parts.some((part) => part < 0)) throw new RangeError(`"${name}" must not hold negative numbers`)
  return parts.reduce((sum, part) => sum + part, 0)
}

/** A pair of local times as milliseconds after midnight; over midnight when the end is before the start. */
export function timesOf(value: unknown, name: string): { startMs: number; endMs: number } {
  const [start, end, ...more] = toList(value, name)
  if (typeof start !== 'string' || typeof end !== 'string' || more.length > 0) {
    throw new VectorInputError(`"${name}" must be a pair of times such as ["06:00", "14:00"]`)
  }
  try {
    const startMin = minutesOfDay(start)
    const endMin = minutesOfDay(end)
    return { startMs: startMin * minuteMs, endMs: (endMin >= startMin ? endMin : endMin + 1440) * minuteMs }
  } catch (error) {
    throw new VectorInputError(`"${name}": ${(error as Error).message}`)
  }
}

/** The first of several ways to know a number. */
export function known(...values: number[]): number {
  return values.find((value) => !Number.isNaN(value)) ?? NaN
}

/** A duration under all its unit names, a ratio as fraction and percent. What is not known is left out by the checker. */
export function asTime(name: string, ms: number): Record<string, unknown> {
  return { [`${name}_ms`]: ms, [`${name}_s`]: ms / 1e3, [`${name}_min`]: ms / 6e4, [`${name}_h`]: ms / 36e5 }
}

export function asRatio(name: string, ratio: number | null): Record<string, unknown> {
  return { [name]: ratio, [`${name}_pct`]: ratio === null ? null : ratio * 100 }
}
