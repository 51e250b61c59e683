import type { SignalKind } from '../../../../shared/domain/line-model.ts'
import type { TopicRule } from '../../../../shared/settings/expand-topics.ts'
import type { CounterField, NumberField, TextField } from '../../../../shared/settings/topics.ts'
import type { CountField, CounterRules } from '../outcome.ts'
import { MappingProblem, readNumber, readText } from './read-field.ts'
import type { Place, Read } from './read-field.ts'
import { readMode, readState, readStopReason } from './read-state.ts'

/** Fields of a native message; undefined: the sample says nothing of this kind. */
type Fields = Record<string, unknown>
export type SignalReader = {
  kind: SignalKind
  read: Read<Fields>
  /** Of `state`: what the message tells of it. */
  tells?: 'state' | 'mode' | 'reason'
  counters?: Partial<Record<CountField, CounterRules>>
}

const nativeNames = { good: 'good', scrap: 'scrap', all: 'all', lateScrap: 'late_scrap' } as const
const countFields = Object.keys(nativeNames) as CountField[]
/** Scaled values this close to a whole number of pieces are one. */
const roundingError = 1e-6

/** What a rule finds in a sample, one reader for each kind of signal it maps. */
export function signalReaders(rule: TopicRule): SignalReader[] {
  const readers: SignalReader[] = []
  const { count, state, mode, stopReason, product, changeover, scrap, value, call } = rule
  if (count) readers.push(countReader(count))
  if (state) readers.push({ kind: 'state', tells: 'state', read: readState(state) })
  if (mode) readers.push({ kind: 'state', tells: 'mode', read: readMode(mode) })
  if (stopReason) readers.push({ kind: 'state', tells: 'reason', read: readStopReason(stopReason) })
  if (product) {
    const { idealCycleS, ...fields } = product
    readers.push({
      kind: 'product',
      read: needing('product', {
        ...texts('product', { product: fields.product, order: fields.order }),
        ...numbers('product', { target: fields.target, ideal_cycle_s: idealCycleS }),
      }),
    })
  }
  if (changeover)
    readers.push({ kind: 'changeover', read: needing('event', texts('changeover', changeover)) })
  if (scrap) {
    const { qty, reason, product: made, detected, included } = scrap
    const read = needing('qty', {
      ...numbers('scrap', { qty }),
      ...texts('scrap', { reason, product: made }),
      detected: () => detected,
      included: () => included,
    })
    readers.push({ kind: 'scrap', read })
  }
  if (value) {
    const { value: number, key, unit } = value
    readers.push({
      kind: 'value',
      read: needing('value', { ...numbers('value', { value: number }), ...texts('value', { key, unit }) }),
    })
  }
  if (call) readers.push({ kind: 'call', read: needing('event', texts('call', call)) })
  return readers
}

type Reads = Record<string, Read<unknown>>

function texts(kind: string, fields: Record<string, TextField | undefined>): Reads {
  return made(fields, (field, name) => readText(field, `${kind}.${name}`))
}

function numbers(kind: string, fields: Record<string, NumberField | undefined>): Reads {
  return made(fields, (field, name) => readNumber(field, `${kind}.${name}`))
}

function made<T>(
  fields: Record<string, T | undefined>,
  make: (field: T, name: string) => Read<unknown>,
): Reads {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field === undefined ? [] : [[name, make(field, name)]],
    ),
  )
}

/** All fields; a sample without the one that is asked for first says nothing. */
function needing(first: string, reads: Reads): Read<Fields> {
  const others = Object.entries(reads)
  return (place) => {
    const has = reads[first]?.(place)
    return has === undefined ? undefined : fieldsOf(others, place)
  }
}

function fieldsOf(reads: readonly (readonly [string, Read<unknown>])[], place: Place): Fields {
  const fields: Fields = {}
  for (const [name, read] of reads) fields[name] = read(place)
  return fields
}

function countReader(count: NonNullable<TopicRule['count']>): SignalReader {
  const pieces = countFields.flatMap((field) => {
    const rule = count[field]
    if (rule === undefined) return []
    const name = rule.kind === 'total' ? `total_${nativeNames[field]}` : nativeNames[field]
    return [{ name, read: piecesReader(rule, `count.${field}`) }]
  })
  const { reason, product, rework, replaces } = count
  const others = Object.entries({
    ...texts('count', { reason, product }),
    ...numbers('count', { rework }),
  })
  const counters = Object.fromEntries(
    countFields.flatMap((field) => {
      const rule = count[field]
      if (rule?.kind !== 'total') return []
      const { modulus, maxPerMinute } = rule
      return [[field, { modulus, maxPerMs: maxPerMinute === undefined ? undefined : maxPerMinute / 60_000 }]]
    }),
  )
  return {
    kind: 'count',
    counters,
    read: (place) => {
      const fields: Fields = {}
      let any = false
      for (const { name, read } of pieces) {
        const value = read(place)
        if (value === undefined) continue
        fields[name] = value
        any = true
      }
      if (!any) return undefined
      if (replaces) fields.replaces = true
      return Object.assign(fields, fieldsOf(others, place))
    },
  }
}

function piecesReader(rule: CounterField, name: string): Read<number> {
  const { kind, scale = 1 } = rule
  if (kind === 'message') return () => scale
  const read = readNumber(rule, name)
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    if (kind === 'total') return Math.floor(value + roundingError)
    const whole = Math.round(value)
    if (Math.abs(value - whole) > roundingError) {
      throw new MappingProblem('field', `${name}: must be whole pieces, found ${value}`)
    }
    return whole
  }
}
