import { expect, test } from 'vitest'
import type { z } from 'zod'
import { calls } from '../../../shared/contract/protocol.ts'

/** zod's own description of a schema, as far as texts may hide in it. */
type Def = {
  type: string
  innerType?: z.ZodType
  element?: z.ZodType
  valueType?: z.ZodType
  in?: z.ZodType
  shape?: Record<string, z.ZodType>
  options?: readonly z.ZodType[]
  items?: readonly z.ZodType[]
}

/** All texts that a schema takes, with the way to each. */
function textsOf(schema: z.ZodType, path: string): [path: string, schema: z.ZodType][] {
  const def = schema.def as unknown as Def
  if (def.type === 'string') return [[path, schema]]
  const inside: [string, z.ZodType][] = Object.entries(def.shape ?? {})
  for (const one of [def.innerType, def.element, def.valueType, def.in]) if (one) inside.push(['', one])
  for (const [index, one] of [...(def.options ?? []), ...(def.items ?? [])].entries())
    inside.push([String(index), one])
  return inside.flatMap(([name, one]) => textsOf(one, name === '' ? path : `${path}.${name}`))
}

/** No control characters, none that turn the direction of writing. */
const plain = /^[^\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]*$/u

const texts = Object.entries(calls).flatMap(([name, schema]) => textsOf(schema, name))

test('there are texts to look at', () => {
  expect(texts.length).toBeGreaterThan(100)
})

test.each(texts)(
  '%s is bounded, and keeps nothing that turns the writing or steers a terminal',
  (_path, schema) => {
    expect(schema.safeParse('x'.repeat(1_000_000)).success).toBe(false)
    for (const hostile of ['Ada\u202Eadmin', 'A\nB', '\u0007bell', '\u2066A', 'a\u001B[2J']) {
      const { data = '' } = schema.safeParse(hostile)
      expect(data, JSON.stringify(hostile)).toMatch(plain)
    }
  },
)
