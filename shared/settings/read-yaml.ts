import { LineCounter, isMap, isNode, isPair, isSeq, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import type { z } from 'zod'
import { schemaProblems } from './plant-problems.ts'

/** One mistake in a plant file. Line and column count from 1. */
export type PlantError = {
  line: number
  column: number
  /** Where in the file, as "lines[0].shifts[1].start"; empty for the whole file. */
  path: string
  /** One sentence: what is wrong and what was expected. */
  message: string
}

/** A kind of file: what it must hold, what its entries must be to each other, and how somebody finds out who has none. */
export type FileKind<T> = {
  schema: z.ZodType<T>
  references: (raw: unknown) => PlantProblem[]
  /** "expected site, broker and lines" */
  expected: string
}

export type ReadFile<T> = { value: T } | { errors: readonly PlantError[] }

/** A mistake before its place in the text is known. `at` says whether the value or the last key of the path is meant. */
export type PlantProblem = { path: readonly PropertyKey[]; message: string; at: 'key' | 'value' }

/** At most this many mistakes are listed; a file with more is usually not a plant file. */
export const plantErrorLimit = 100

/** Reads a file's text (YAML, so JSON too). Finds every mistake, not only the first, in the order of the text. */
export function readYaml<T>(text: string, { schema, references, expected }: FileKind<T>): ReadFile<T> {
  const tooDeep = `This is nested too deeply: ${expected}`
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const wholeFile = (message: string) => ({ errors: [{ line: 1, column: 1, path: '', message }] })
  if (text.includes('\0')) return wholeFile('This is not a text file: check the path')
  if (document.errors.some((error) => /call stack|stack overflow/i.test(error.message))) {
    return wholeFile(tooDeep)
  }
  const syntax = document.errors.map((error) => ({
    ...at(error.pos[0]),
    path: '',
    message: `This is not valid YAML: ${syntaxWords[error.code] ?? error.message}`,
  }))
  if (syntax.length > 0) return { errors: syntax.slice(0, plantErrorLimit) }
  if (document.contents === null) {
    return wholeFile(`The file is empty: ${expected}`)
  }

  let raw: unknown
  try {
    raw = document.toJS()
  } catch (error) {
    return wholeFile(
      error instanceof ReferenceError ? 'Aliases ("*name") multiply too much: expected plain text' : tooDeep,
    )
  }
  const parsed = schema.safeParse(raw)
  const problems = [...(parsed.success ? [] : schemaProblems(parsed.error, raw, schema)), ...references(raw)]
  if (parsed.success && problems.length === 0) return { value: parsed.data }
  const errors = problems.map((problem) => ({
    ...at(offsetOf(document, problem)),
    path: pathText(problem.path),
    message: problem.message,
  }))
  errors.sort((a, b) => a.line - b.line || a.column - b.column)
  return { errors: errors.slice(0, plantErrorLimit) }
}

const syntaxWords: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'there is a second document ("---"): expected one in a file',
}

/** "plant.yaml:12:5 lines[0].name: expected ..." */
export function plantErrorText(file: string, error: PlantError): string {
  const path = error.path === '' ? '' : `${error.path}: `
  return `${file}:${error.line}:${error.column} ${path}${error.message}`
}

/** Offset of the deepest node that exists on the way to the problem. */
function offsetOf(document: Document, problem: PlantProblem): number {
  let node: Node | null = isNode(document.contents) ? document.contents : null
  let offset = node?.range?.[0] ?? 0
  for (const [depth, step] of problem.path.entries()) {
    const last = depth === problem.path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(step))
      if (!pair) return offset
      const key = pair.key as Node
      offset = key.range?.[0] ?? offset
      if (last && problem.at === 'key') return offset
      node = isNode(pair.value) ? pair.value : null
    } else if (isSeq(node)) {
      const item = node.items[Number(step)]
      node = isNode(item) ? item : null
    } else {
      return offset
    }
    offset = node?.range?.[0] ?? offset
  }
  return offset
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key)
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '')
}
