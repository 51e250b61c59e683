import type { RawMetric } from './payload.ts'

/** A metric's value: whole numbers beyond 2^53 as bigint. */
export type MetricValue = number | bigint | boolean | string
export type ReadValue = { ok: true; value: MetricValue } | { ok: false; reason: string }

/** Sparkplug's data types by number (specification, chapter 6). */
const integers: ReadonlyMap<number, { bits: 8 | 16 | 32 | 64; signed: boolean }> = new Map([
  [1, { bits: 8, signed: true }],
  [2, { bits: 16, signed: true }],
  [3, { bits: 32, signed: true }],
  [4, { bits: 64, signed: true }],
  [5, { bits: 8, signed: false }],
  [6, { bits: 16, signed: false }],
  [7, { bits: 32, signed: false }],
  [8, { bits: 64, signed: false }],
  [13, { bits: 64, signed: false }],
])
const floatType = 9
const doubleType = 10
const booleanType = 11
/** String, Text, UUID. */
const textTypes: ReadonlySet<number> = new Set([12, 14, 15])

/**
 * The value of a metric that is not null, by the data type of its birth. Signed whole numbers travel as the two's complement
 * of their width, in 32 or 64 bits.
 */
export function metricValue(metric: RawMetric, datatype: number): ReadValue {
  const integer = integers.get(datatype)
  if (integer !== undefined) {
    if (metric.bits === undefined) return missing(datatype, 'a whole number')
    const { bits, signed } = integer
    const whole = signed ? BigInt.asIntN(bits, metric.bits) : BigInt.asUintN(bits, metric.bits)
    const number = Number(whole)
    return { ok: true, value: Number.isSafeInteger(number) ? number : whole }
  }
  if (datatype === floatType || datatype === doubleType) {
    if (metric.real === undefined) return missing(datatype, 'a number')
    if (!Number.isFinite(metric.real)) return { ok: false, reason: `is ${metric.real}` }
    return { ok: true, value: datatype === floatType ? shortest(metric.real) : metric.real }
  }
  if (datatype === booleanType) {
    return metric.boolean === undefined
      ? missing(datatype, 'true or false')
      : { ok: true, value: metric.boolean }
  }
  if (textTypes.has(datatype)) {
    return metric.text === undefined ? missing(datatype, 'a text') : { ok: true, value: metric.text }
  }
  return { ok: false, reason: `has data type ${datatype}, of which no signal can be made` }
}

function missing(datatype: number, what: string): ReadValue {
  return { ok: false, reason: `has data type ${datatype} but does not bring ${what}` }
}

/** The number a person meant who typed 0.1 into a 32-bit float, instead of 0.10000000149. */
function shortest(single: number): number {
  return Number(single.toPrecision(7))
}
