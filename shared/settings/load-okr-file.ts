import type { z } from 'zod'
import { kpiProblems } from './kpi-file.ts'
import type { FileObjective } from './okr-file.ts'
import { schemaProblems } from './plant-problems.ts'
import { objectiveProblems } from './plant-references.ts'
import { type PlantError, type PlantProblem, readYaml, type ReadFile } from './read-yaml.ts'
import { group, list } from './reference-checks.ts'
import { seedSchema } from './seed.ts'

/** A file of objectives and KPIs: as in plant.yaml's seed. */
const okrFileSchema = seedSchema
export type OkrFile = z.infer<typeof okrFileSchema>

/** Reads YAML. `lineIds`: the plant's lines. */
export function loadOkrYaml(text: string, lineIds: readonly string[]): ReadFile<OkrFile> {
  return readYaml(text, {
    schema: okrFileSchema,
    references: (raw) => [
      ...objectiveProblems(list(group(raw).objectives), ['objectives'], lineIds),
      ...kpiProblems(list(group(raw).kpis), ['kpis'], lineIds),
    ],
    expected: 'expected objectives or kpis, as docs/okr-file.md shows',
  })
}

/** A row of a CSV file with the line on which it begins, from 1. Empty cells are left out. */
export type OkrRow = { line: number; cells: Readonly<Record<string, string>> }

type Column = { name: string; of: 'objective' | 'cycle' | 'keyResult'; key: string; number?: true }

const objectiveColumn = (name: string, key: string): Column => ({ name, of: 'objective', key })
const cycleColumn = (name: string, key: string): Column => ({ name, of: 'cycle', key })
const keyResultColumn = (name: string, key = name): Column => ({ name, of: 'keyResult', key })
const numberColumn = (name: string, key = name): Column => ({ name, of: 'keyResult', key, number: true })

/** One row a key result; those of an objective repeat it. In the order in which they are written. */
export const okrColumns: readonly Column[] = [
  objectiveColumn('objective', 'id'),
  objectiveColumn('level', 'level'),
  objectiveColumn('line', 'line'),
  objectiveColumn('title', 'title'),
  objectiveColumn('objective_owner', 'owner'),
  objectiveColumn('objective_serves', 'serves'),
  cycleColumn('cycle_kind', 'kind'),
  cycleColumn('cycle', 'name'),
  cycleColumn('start', 'start'),
  cycleColumn('end', 'end'),
  keyResultColumn('key_result', 'id'),
  keyResultColumn('name'),
  keyResultColumn('sentence'),
  keyResultColumn('unit'),
  numberColumn('baseline'),
  numberColumn('target'),
  numberColumn('decimals'),
  keyResultColumn('kpi'),
  keyResultColumn('values'),
  keyResultColumn('combine'),
  numberColumn('shifts'),
  keyResultColumn('window'),
  keyResultColumn('milestones'),
  keyResultColumn('owner'),
  keyResultColumn('due'),
  keyResultColumn('commitment'),
  numberColumn('weight'),
  keyResultColumn('serves'),
  numberColumn('hold_shifts', 'holdShifts'),
]

type Raw = Record<string, unknown> & { cycle: Record<string, unknown>; keyResults: Record<string, unknown>[] }
/** Which rows a part of the raw file came from. */
type Origin = { objective: number; keyResults: number[] }

/** Reads CSV rows; the mistakes name line and column. */
export function loadOkrRows(rows: readonly OkrRow[], lineIds: readonly string[]): ReadFile<FileObjective[]> {
  const raw: Raw[] = []
  const origins: Origin[] = []
  for (const [index, { cells }] of rows.entries()) {
    const id = cells.objective
    let at = raw.findIndex((one) => id !== undefined && one.id === id)
    if (at < 0) {
      at = raw.length
      raw.push({ ...partOf('objective', cells), cycle: partOf('cycle', cells), keyResults: [] })
      origins.push({ objective: index, keyResults: [] })
    }
    raw[at]!.keyResults.push(partOf('keyResult', cells))
    origins[at]!.keyResults.push(index)
  }
  const whole = { objectives: raw }
  const parsed = okrFileSchema.safeParse(whole)
  const problems = [
    ...rows.flatMap((row, index) => repeated(row, rows, index)),
    ...[
      ...(parsed.success ? [] : schemaProblems(parsed.error, whole, okrFileSchema)),
      ...objectiveProblems(raw, ['objectives'], lineIds),
    ].map((problem) => placed(problem, rows, origins)),
  ]
  if (parsed.success && problems.length === 0) return { value: parsed.data.objectives }
  return { errors: problems.sort((a, b) => a.line - b.line || a.column - b.column) }
}

function partOf(of: Column['of'], cells: OkrRow['cells']): Record<string, unknown> {
  const part: Record<string, unknown> = {}
  for (const column of okrColumns) {
    const text = cells[column.name]
    if (column.of !== of || text === undefined) continue
    part[column.key] =
      column.key === 'milestones' ? milestonesOf(text) : column.number ? numberOf(text) : text
  }
  return part
}

/** What is no number stays text, so that the mistake names it. */
function numberOf(text: string): number | string {
  const number = Number(text)
  return Number.isFinite(number) ? number : text
}

/** "Delivered @2026-10-30; Runs all products *3": weight and due date may be left out. */
function milestonesOf(text: string): Record<string, unknown>[] {
  return text.split(';').map((part) => {
    const due = /@(\S+)/.exec(part)?.[1]
    const weight = /\*(\S+)/.exec(part)?.[1]
    const name = part.replace(/[@*]\S+/g, '').trim()
    return { name, ...(weight ? { weight: numberOf(weight) } : {}), ...(due ? { due } : {}) }
  })
}

/** The text of milestones for a cell. */
export function milestonesText(
  milestones: NonNullable<FileObjective['keyResults'][number]['milestones']>,
): string {
  return milestones
    .map(({ name, weight, due }) =>
      [name, weight === 1 ? '' : `*${weight}`, due ? `@${due}` : ''].filter(Boolean).join(' '),
    )
    .join('; ')
}

/** Rows of one objective that say different things about it. */
function repeated(row: OkrRow, rows: readonly OkrRow[], index: number): PlantError[] {
  const first = rows.findIndex(({ cells }) => cells.objective === row.cells.objective)
  if (first === index || row.cells.objective === undefined) return []
  return okrColumns.flatMap((column, at) => {
    if (column.of === 'keyResult') return []
    const [here, there] = [row.cells[column.name], rows[first]!.cells[column.name]]
    if (here === undefined || here === there) return []
    const message = `differs from line ${rows[first]!.line} of the same objective: expected ${JSON.stringify(there ?? '')}`
    return [{ line: row.line, column: at + 1, path: column.name, message }]
  })
}

function placed(
  { path, message }: PlantProblem,
  rows: readonly OkrRow[],
  origins: readonly Origin[],
): PlantError {
  const [, objective, part, at, key] = path
  const origin = origins[Number(objective)]
  const ofKeyResult = part === 'keyResults' && origin !== undefined && typeof at === 'number'
  const index = ofKeyResult ? origin.keyResults[at] : origin?.objective
  const of = ofKeyResult ? 'keyResult' : part === 'cycle' ? 'cycle' : 'objective'
  const wanted = String((ofKeyResult ? key : part === 'cycle' ? at : part) ?? '')
  const column = okrColumns.findIndex((one) => one.of === of && one.key === wanted)
  return {
    line: index === undefined ? 1 : rows[index]!.line,
    column: column + 1,
    path: okrColumns[column]?.name ?? wanted,
    message,
  }
}
