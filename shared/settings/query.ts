import { compile, TreeInterpreter } from '@jmespath-community/jmespath'
import type { JSONValue } from '@jmespath-community/jmespath'

/**
 * Where a mapped value comes from, as one text of plant.yaml: "@" the whole payload, "/a/0/b" a JSON pointer (RFC 6901),
 * "+name" a named segment of the topic, anything else a JMESPath expression over the payload.
 */
export type Query =
  | { kind: 'whole' }
  | { kind: 'pointer'; steps: readonly string[] }
  | { kind: 'segment'; name: string }
  | { kind: 'expression'; evaluate: (payload: unknown) => unknown }

/** Named segments are "+" with letters, digits and "_". */
export const segmentName = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Throws an Error with one sentence of what is wrong. */
export function parseQuery(text: string): Query {
  if (text === '@') return { kind: 'whole' }
  if (text.startsWith('/')) return { kind: 'pointer', steps: pointerSteps(text) }
  if (text.startsWith('+')) {
    const name = text.slice(1)
    if (!segmentName.test(name)) throw new Error('a segment of the topic is written "+name"')
    return { kind: 'segment', name }
  }
  const tree = compile(text)
  return { kind: 'expression', evaluate: (payload) => TreeInterpreter.search(tree, payload as JSONValue) }
}

function pointerSteps(text: string): string[] {
  if (/~(?![01])/.test(text)) throw new Error('in a JSON pointer "~" is written "~0" and "/" is written "~1"')
  return text
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What the pointer names in the payload; undefined: nothing. Only own members, never those that every object has. */
export function atPointer(payload: unknown, steps: readonly string[]): unknown {
  let value = payload
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value)) {
      if (!/^(0|[1-9]\d{0,8})$/.test(step)) return undefined
      value = value[Number(step)] as unknown
    } else {
      if (!Object.hasOwn(value, step)) return undefined
      value = (value as Record<string, unknown>)[step]
    }
  }
  return value
}
