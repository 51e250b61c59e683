import { z } from 'zod'
import type { OkrRow } from './load-okr-file.ts'
import { type FileKpi, kpiProblems, kpisSchema } from './kpi-file.ts'
import { schemaProblems } from './plant-problems.ts'
import type { PlantError, PlantProblem, ReadFile } from './read-yaml.ts'

type Column = { name: string; path: readonly string[]; number?: true }

const textColumn = (name: string, ...path: string[]): Column => ({
  name,
  path: path.length > 0 ? path : [name],
})
const numberColumn = (name: string, ...path: string[]): Column => ({
  ...textColumn(name, ...path),
  number: true,
})

/** One row a KPI, in the order in which they are written. `follows` is a formula of the line, `values` a key of reported ones. */
export const kpiColumns: readonly Column[] = [
  textColumn('kpi', 'id'),
  textColumn('line'),
  textColumn('name'),
  textColumn('use'),
  textColumn('theme'),
  textColumn('kind'),
  textColumn('formula'),
  textColumn('unit'),
  numberColumn('decimals'),
  textColumn('direction'),
  textColumn('follows', 'source', 'formula'),
  textColumn('values', 'source', 'key'),
  textColumn('combine', 'source', 'combine'),
  numberColumn('target'),
  numberColumn('green', 'bands', 'green'),
  numberColumn('amber', 'bands', 'amber'),
  textColumn('owner'),
  textColumn('objective'),
  textColumn('trigger', 'protocol', 'trigger'),
  numberColumn('trigger_shifts', 'protocol', 'triggerShifts'),
  textColumn('first_response', 'protocol', 'firstResponse'),
  textColumn('who', 'protocol', 'who'),
  numberColumn('within_min', 'protocol', 'withinMin'),
  textColumn('escalate_to', 'protocol', 'escalateTo'),
  textColumn('drives'),
]

/** A column that only a file of KPIs has. */
export const kpiFileMark = 'theme'

const noSource =
  'expected a formula of the line in the column follows, or a key of reported values in the column values'

const fileSchema = z.strictObject({ kpis: kpisSchema })

/** Reads CSV rows; the mistakes name line and column. */
export function loadKpiRows(rows: readonly OkrRow[], lineIds: readonly string[]): ReadFile<FileKpi[]> {
  const raw = { kpis: rows.map(({ cells }) => rawOf(cells)) }
  const parsed = fileSchema.safeParse(raw)
  const problems = [
    ...(parsed.success ? [] : schemaProblems(parsed.error, raw, fileSchema)),
    ...kpiProblems(raw.kpis, ['kpis'], lineIds),
  ]
  if (parsed.success && problems.length === 0) return { value: parsed.data.kpis }
  const errors = problems.map((problem) => placed(problem, rows))
  return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column) }
}

/** One KPI as a cell for each column; null: nothing to write. */
export function kpiCells(kpi: Partial<FileKpi>): (string | number | null)[] {
  return kpiColumns.map(({ path }) => {
    let value: unknown = kpi
    for (const key of path) value = isGroup(value) ? value[key] : undefined
    return typeof value === 'string' || typeof value === 'number' ? value : null
  })
}

function rawOf(cells: OkrRow['cells']): Record<string, unknown> {
  const raw: Record<string, unknown> = {}
  for (const { name, path, number } of kpiColumns) {
    const text = cells[name]
    if (text === undefined) continue
    const value = number && Number.isFinite(Number(text)) ? Number(text) : text
    const [key, inner] = path as [string, string?]
    if (inner === undefined) raw[key] = value
    else raw[key] = { ...(raw[key] as object | undefined), [inner]: value }
  }
  if (isGroup(raw.source)) raw.source = { from: 'formula' in raw.source ? 'line' : 'values', ...raw.source }
  return raw
}

function placed({ path, message }: PlantProblem, rows: readonly OkrRow[]): PlantError {
  const [, index, ...inside] = path.map(String)
  const begins = (of: readonly string[], with_: readonly string[]) => with_.every((key, i) => of[i] === key)
  // The column itself, or the first one of a group of them.
  const column = kpiColumns.findIndex((one) => inside.length > 0 && begins(one.path, inside))
  const row = rows[Number(index)]
  return {
    line: row?.line ?? 1,
    column: column + 1,
    path: kpiColumns[column]?.name ?? inside.join('.'),
    message: inside.join('.') === 'source' ? noSource : message,
  }
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
