import { atPointer, parseQuery } from '../../../../shared/settings/query.ts'
import type { TopicRule } from '../../../../shared/settings/expand-topics.ts'
import type { NumberField, TextField } from '../../../../shared/settings/topics.ts'
import { reject } from '../outcome.ts'
import type { RejectCode } from '../../../../shared/contract/health.ts'
import type { Rejected } from '../outcome.ts'

/** What one sample of a message offers to a mapping. */
export type Place = {
  topic: string
  /** Values of the topic's named segments. */
  segments: Readonly<Record<string, string>>
  /** The whole payload: JSON value, or text where it is none. */
  payload: unknown
  /** The payload, or one entry of it. */
  sample: unknown
}

/** Answers a field's value; undefined: this message does not have it. Throws MappingProblem. */
export type Read<T> = (place: Place) => T | undefined

/** Why a sample can't be used; never leaves the mapping. */
export class MappingProblem extends Error {
  readonly rejected: Rejected
  constructor(code: RejectCode, reason: string) {
    super(reason)
    this.rejected = reject(code, reason)
  }
}

/** `text`: a query of plant.yaml, checked when the file was loaded. null counts as absent. */
export function readQuery(text: string): Read<unknown> {
  const query = parseQuery(text)
  switch (query.kind) {
    case 'whole':
      return ({ sample }) => sample ?? undefined
    case 'segment':
      return ({ segments }) => segments[query.name]
    case 'pointer':
      return ({ sample }) => {
        if (typeof sample !== 'object' || sample === null) {
          throw new MappingProblem('shape', `payload: must be JSON with a field ${text}`)
        }
        return atPointer(sample, query.steps) ?? undefined
      }
    case 'expression':
      return ({ sample }) => {
        try {
          return query.evaluate(sample) ?? undefined
        } catch (error) {
          throw new MappingProblem(
            'shape',
            `${text}: ${error instanceof Error ? error.message : String(error)}`,
          )
        }
      }
  }
}

/** True where the message has the field of the rule's state or pieces, and says null: its source does not know it now. */
export function nullReader({ state, count }: Pick<TopicRule, 'state' | 'count'>): (place: Place) => boolean {
  const fields = [
    state?.from,
    count?.good?.from,
    count?.scrap?.from,
    count?.all?.from,
    count?.lateScrap?.from,
  ]
  const queries = fields.flatMap((text) => (text === undefined ? [] : [parseQuery(text)]))
  return ({ sample }) =>
    queries.some((query) => {
      if (query.kind === 'whole') return sample === null
      if (query.kind === 'pointer') return atPointer(sample, query.steps) === null
      // An expression answers null for what is missing too: only the usual envelope is told apart.
      return query.kind === 'expression' && atPointer(sample, ['value']) === null
    })
}

/** Like readQuery, but what a sample does not have is looked for in the whole payload. */
export function readAround(text: string): Read<unknown> {
  const read = readQuery(text)
  return (place) => {
    if (place.sample === place.payload) return read(place)
    const own = typeof place.sample === 'object' ? read(place) : undefined
    return own ?? read({ ...place, sample: place.payload })
  }
}

const decimal = /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/

/** A finite number; texts that read as one and true or false (1 and 0) are taken too. */
export function toNumber(value: unknown, name: string): number {
  let number = NaN
  if (typeof value === 'number') number = value
  else if (typeof value === 'boolean') number = value ? 1 : 0
  else if (typeof value === 'bigint') number = Number(value)
  else if (typeof value === 'string' && value.length <= 40 && decimal.test(value)) number = Number(value)
  if (Number.isFinite(number)) return number
  throw new MappingProblem('field', `${name}: must be a number, found ${shown(value)}`)
}

export function readNumber(field: NumberField, name: string): Read<number> {
  const { from, const: fixed, scale = 1, offset = 0 } = field
  if (from === undefined) return () => fixed
  const read = readQuery(from)
  return (place) => {
    const value = read(place)
    return value === undefined ? undefined : toNumber(value, name) * scale + offset
  }
}

/** A number, text or truth value as text. */
export function toText(value: unknown, name: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  throw new MappingProblem('field', `${name}: must be a text or a number, found ${shown(value)}`)
}

export function readText(field: TextField, name: string): Read<string> {
  const { from, const: fixed } = field
  if (from === undefined) return () => fixed
  const read = readQuery(from)
  const map = field.map === undefined ? null : new Map(Object.entries(field.map))
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    const text = toText(value, name)
    if (map === null) return text === '' ? undefined : text
    const mapped = map.get(text) ?? map.get('*')
    if (mapped === undefined) throw new MappingProblem('field', `${name}: ${shown(text)} is not in its map`)
    return mapped
  }
}

/** A value in short, for a sentence. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
