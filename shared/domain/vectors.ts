import { parsePrinted, PrintedNumber } from './printed-number.ts'
import { type Fields, isFields, VectorInputError } from './vector-inputs.ts'
import { vectorSections, type VectorSolver } from './vector-sections.ts'

/** What became of one output field of one published example. */
export type VectorOutcome = {
  section: string
  /** The vector's id, or "#3" for the third of its section when it has none. Only a name: nothing is looked up by it. */
  id: string
  /** Output field, or null when the vector as a whole is meant. */
  field: string | null
  /** unknown: this program cannot compute it. */
  status: 'pass' | 'fail' | 'unknown'
  /** One sentence; empty for a pass. */
  message: string
  /** As its publisher prints it; null when the vector as a whole is meant. */
  published: string | null
  /** With more digits than the publisher's; null when nothing could be computed. */
  computed: string | null
}

export type VectorReport = {
  outcomes: readonly VectorOutcome[]
  /** Numbers of outcomes. */
  passed: number
  failed: number
  unknown: number
}

/** The file is no vector file at all. One sentence that says where and why. */
export class VectorFileError extends Error {}

function shown(value: unknown): string {
  if (value instanceof PrintedNumber) return value.text
  if (typeof value === 'number') return String(Number(value.toPrecision(10)))
  return Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : (JSON.stringify(value) ?? 'nothing')
}

function agrees(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'number') return agrees(new PrintedNumber(String(expected)), actual)
  if (expected instanceof PrintedNumber) return typeof actual === 'number' && expected.accepts(actual)
  if (!Array.isArray(expected)) return expected === actual
  return (
    Array.isArray(actual) &&
    actual.length === expected.length &&
    expected.every((one, i) => agrees(one, actual[i]))
  )
}

const isKnown = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(isKnown) : value !== undefined && !Number.isNaN(value)

/** The calculation whose fields fit, or why none does. */
function solverFor(solvers: readonly VectorSolver[], fields: Fields): VectorSolver | string {
  const names = Object.keys(fields)
  if (names.length === 0) return 'it has no input'
  const able = solvers.filter((solver) => solver.needs.every((name) => names.includes(name)))
  let strange: string[] = names
  for (const solver of able) {
    const left = names.filter((name) => !solver.needs.includes(name) && !solver.takes.includes(name))
    if (left.length === 0) return solver
    if (left.length < strange.length) strange = left
  }
  return `cannot compute from ${strange.map((name) => `"${name}"`).join(', ')}`
}

type Verdict = Omit<VectorOutcome, 'section' | 'id'>

function judge(solvers: readonly VectorSolver[], input: Fields, out: Fields): Verdict[] {
  const solver = solverFor(solvers, input)
  const all = (status: 'fail' | 'unknown', message: string): Verdict[] =>
    Object.entries(out).map(([field, value]) => ({
      field,
      status,
      message,
      published: shown(value),
      computed: null,
    }))
  if (typeof solver === 'string') return all('unknown', solver)
  let computed: Record<string, unknown>
  try {
    computed = solver.solve(input)
  } catch (error) {
    if (error instanceof VectorInputError) return all('fail', error.message)
    if (!(error instanceof RangeError)) throw error
    const refused = { computed: `refused: ${error.message}` }
    return Object.entries(out).map(([field, value]) => ({
      field,
      published: shown(value),
      ...refused,
      ...(field === 'error'
        ? { status: 'pass', message: '' }
        : { status: 'fail', message: refused.computed }),
    }))
  }
  return Object.entries(out).map(([field, expected]) => {
    const published = shown(expected)
    if (field === 'error') {
      const message = `expected to be refused (${published}), but was computed`
      return { field, status: 'fail', message, published, computed: 'not refused' }
    }
    const actual = Object.hasOwn(computed, field) ? computed[field] : undefined
    if (!isKnown(actual)) {
      const message = 'cannot be computed from this input'
      return { field, status: 'unknown', message, published, computed: null }
    }
    const both = { field, published, computed: shown(actual) }
    if (agrees(expected, actual)) return { ...both, status: 'pass', message: '' }
    return { ...both, status: 'fail', message: `expected ${published}, computed ${both.computed}` }
  })
}

function vectorsOf(file: unknown): { section: string; id: string; input: Fields; out: Fields }[] {
  if (!isFields(file))
    throw new VectorFileError('a vector file must be a JSON object with one list per section')
  return Object.entries(file).flatMap(([section, list]) => {
    if (typeof list === 'string') return []
    if (!Array.isArray(list)) throw new VectorFileError(`"${section}" must be a list of vectors`)
    return list.map((vector: unknown, i) => {
      const where = `${section}[${i}]`
      if (!isFields(vector)) throw new VectorFileError(`${where} must be an object with "in" and "out"`)
      for (const part of ['in', 'out'] as const) {
        if (!isFields(vector[part])) throw new VectorFileError(`${where} needs an object "${part}"`)
      }
      const id = typeof vector.id === 'string' ? vector.id : `#${i + 1}`
      return { section, id, input: vector.in as Fields, out: vector.out as Fields }
    })
  })
}

/**
 * Recomputes published examples: an object {section: [{id, in, out}]} (strings beside the sections are remarks). It goes by the
 * section and the fields present, never by the id, and accepts half of the last printed digit. Give the file's text rather
 * than the parsed object: only the text knows that 19.0 was printed with one decimal. `out: {error}` expects a refusal.
 * Throws a VectorFileError when the file is malformed or holds no vector.
 */
export function checkVectors(file: unknown): VectorReport {
  let parsed = file
  if (typeof file === 'string') {
    try {
      parsed = parsePrinted(file)
    } catch (error) {
      throw new VectorFileError(`the vector file is not JSON: ${(error as Error).message}`)
    }
  }
  const vectors = vectorsOf(parsed)
  if (vectors.length === 0) throw new VectorFileError('the vector file holds no vector')
  const outcomes = vectors.flatMap(({ section, id, input, out }): VectorOutcome[] => {
    const about = { section, id }
    const solvers = Object.hasOwn(vectorSections, section) ? vectorSections[section]! : null
    const whole = { ...about, field: null, status: 'unknown', published: null, computed: null } as const
    if (!solvers) return [{ ...whole, message: `unknown section "${section}"` }]
    if (Object.keys(out).length === 0) return [{ ...whole, message: 'it has no output to compare' }]
    return judge(solvers, input, out).map((verdict) => ({ ...about, ...verdict }))
  })
  const count = (status: VectorOutcome['status']) => outcomes.filter((one) => one.status === status).length
  return { outcomes, passed: count('pass'), failed: count('fail'), unknown: count('unknown') }
}
