import { z } from 'zod'
import type { PlantProblem } from './read-yaml.ts'

type Issue = z.core.$ZodIssue

/** zod's issues in the words of the person who wrote the file: what was expected, what was found. */
export function schemaProblems(error: z.ZodError, raw: unknown, schema: z.ZodType): PlantProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, raw, schema))
}

function problemsOf(issue: Issue, raw: unknown, schema: z.ZodType): PlantProblem[] {
  const path = writtenPath(issue.path, raw)
  const found = valueAt(raw, path)
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path, schema)
    return issue.keys.map((key) => ({
      path: [...path, key],
      at: 'key',
      message: unknownKey(key, known),
    }))
  }
  const expected = expectation(issue)
  if (found === undefined && path.length > 0) {
    const key = String(path[path.length - 1])
    return [{ path, at: 'key', message: `"${key}" is missing: expected ${expected}` }]
  }
  return [{ path, at: 'value', message: `expected ${expected}, found ${shown(found)}` }]
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected
    case 'invalid_value':
      return `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? 'another form' : issue.message
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', Number(issue.minimum))
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', Number(issue.maximum))
    case 'invalid_union':
      return issue.message
        .replace(/^Invalid discriminator value. Expected /, 'one of ')
        .replaceAll(' | ', ', ')
    default:
      return issue.message
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list ("- ..." lines)',
  object: 'a group of keys',
  boolean: 'true or false',
}

function bound(origin: string, word: string, limit: number): string {
  if (origin === 'string') return `${word} ${limit} character${limit === 1 ? '' : 's'}`
  if (origin === 'array') return `${word} ${limit} ${limit === 1 ? 'entry' : 'entries'}`
  return `${word} ${limit}`
}

/** Keys that files of earlier versions have, and what takes their place. */
const goneKeys = new Map([['callAnswerS', 'give each kind of help under "calls" its own "answerWithinS"']])

function unknownKey(key: string, known: readonly string[]): string {
  const instead = goneKeys.get(key)
  if (instead) return `"${key}" is no longer known: ${instead}`
  const near = known.find((name) => editDistance(name.toLowerCase(), key.toLowerCase()) <= 2)
  const hint = near ? `did you mean "${near}"?` : `expected one of ${known.join(', ')}`
  return `"${key}" is not a known key: ${hint}`
}

/** Keys that the schema allows at a path of the file. */
function knownKeys(path: readonly PropertyKey[], root: z.ZodType): string[] {
  let schema: unknown = root
  for (const step of path) {
    schema = bare(schema)
    if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodObject) schema = schema.shape[String(step)]
    else return []
  }
  schema = bare(schema)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function bare(schema: unknown): unknown {
  let inner = schema
  for (;;) {
    if (inner instanceof z.ZodPipe) inner = inner.out
    else if (
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodPrefault ||
      inner instanceof z.ZodOptional
    ) {
      inner = inner.unwrap()
    } else return inner
  }
}

/** Where the mistake stands in the file: a text may be short for a group of keys, which then are not there. */
function writtenPath(path: readonly PropertyKey[], raw: unknown): readonly PropertyKey[] {
  for (let length = 0; length < path.length; length++) {
    const value = valueAt(raw, path.slice(0, length))
    if (value !== undefined && (typeof value !== 'object' || value === null)) return path.slice(0, length)
  }
  return path
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

/** What was found, in short, without a password that stands in an address. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a group of keys'
  const text = JSON.stringify(value).replace(/:\/\/.*@/, '://...@')
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
