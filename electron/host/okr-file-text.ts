import { extname } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import type { FileKpi } from '../../shared/settings/kpi-file.ts'
import { kpiCells, kpiColumns, kpiFileMark, loadKpiRows } from '../../shared/settings/load-kpi-rows.ts'
import {
  loadOkrRows,
  loadOkrYaml,
  milestonesText,
  okrColumns,
  type OkrFile,
  type OkrRow,
} from '../../shared/settings/load-okr-file.ts'
import type { FileObjective } from '../../shared/settings/okr-file.ts'
import type { PlantError, ReadFile } from '../../shared/settings/read-yaml.ts'
import { csvRow, type Cell } from './csv.ts'

/** Objectives and KPIs of a file by its name: .csv holds one of the two, everything else is read as YAML. */
export function readOkrFile(text: string, file: string, lineIds: readonly string[]): ReadFile<OkrFile> {
  if (extname(file).toLowerCase() !== '.csv') return loadOkrYaml(text, lineIds)
  const read = csvRows(text)
  if ('errors' in read) return read
  const { rows, names, ofKpis } = read.value
  const loaded = ofKpis ? loadKpiRows(rows, lineIds) : loadOkrRows(rows, lineIds)
  if ('errors' in loaded) return { errors: loaded.errors.map((error) => inColumnOf(error, names)) }
  return { value: { objectives: [], kpis: [], [ofKpis ? 'kpis' : 'objectives']: loaded.value } }
}

/** The column as the file has them, where it has it. */
function inColumnOf(error: PlantError, names: readonly string[]): PlantError {
  return { ...error, column: Math.max(1, names.indexOf(error.path) + 1) }
}

type Record = { record: string[]; info: { lines: number } }

/** Rows under a header of known columns. `lines` of csv-parse is where a record ends. */
function csvRows(text: string): ReadFile<{ rows: OkrRow[]; names: string[]; ofKpis: boolean }> {
  const wrong = (line: number, column: number, path: string, message: string) => ({
    errors: [{ line, column, path, message }],
  })
  // No name of a column holds one of these.
  const header = text.split('\n', 1)[0] ?? ''
  let records: Record[]
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      delimiter: [';', '\t'].find((one) => header.includes(one)) ?? ',',
    }) as unknown as Record[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return wrong(Number(error.lines ?? 1), 1, '', `This is not valid CSV: ${error.message}`)
  }
  const names = records[0]?.record.map((name) => name.trim()) ?? []
  const ofKpis = names.includes(kpiFileMark)
  const known = (ofKpis ? kpiColumns : okrColumns).map(({ name }) => name)
  const strange = names.findIndex((name) => !known.includes(name))
  if (strange >= 0 || names.length === 0) {
    const message = `"${names[strange] ?? ''}" is not a known column: expected ${known.join(', ')}`
    return wrong(1, strange + 1, '', message)
  }
  const rows = records.slice(1).map(({ record, info }) => ({
    line: info.lines - record.join('').split('\n').length + 1,
    cells: Object.fromEntries(
      names.flatMap((name, at) => {
        const text = record[at]?.trim() ?? ''
        // The apostrophe that the export puts before what a spreadsheet would run.
        return text === '' ? [] : [[name, text.replace(/^'(?=[=+\-@])/, '')]]
      }),
    ),
  }))
  return { value: { rows, names, ofKpis } }
}

export function objectivesCsv(objectives: readonly FileObjective[]): string {
  const rows = objectives.flatMap(({ keyResults, cycle, ...objective }) =>
    keyResults.map((keyResult) => {
      const parts = { objective, cycle, keyResult } as unknown as { [of: string]: { [key: string]: Cell } }
      return okrColumns.map(({ of, key }): Cell => {
        if (key === 'milestones') return keyResult.milestones ? milestonesText(keyResult.milestones) : null
        return parts[of]?.[key] ?? null
      })
    }),
  )
  return [okrColumns.map(({ name }) => name), ...rows].map(csvRow).join('')
}

export function kpisCsv(kpis: readonly Partial<FileKpi>[]): string {
  return [kpiColumns.map(({ name }) => name), ...kpis.map(kpiCells)].map(csvRow).join('')
}
