import { extname, resolve } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { readObjectives } from '../../../db/queries/objectives.ts'
import { lint } from '../../../shared/domain/okr/lint.ts'
import { lintObjective } from '../../../shared/domain/okr/lint-objective.ts'
import { lintRules } from '../../../shared/domain/okr/lint-rules.ts'
import {
  loadOkrRows,
  loadOkrYaml,
  milestonesText,
  okrColumns,
  type OkrRow,
} from '../../../shared/settings/load-okr-file.ts'
import { type FileObjective, fileOfObjective, objectiveOfFile } from '../../../shared/settings/okr-file.ts'
import { plantErrorText, type ReadFile } from '../../../shared/settings/read-yaml.ts'
import { yamlText } from '../../../shared/settings/yaml-text.ts'
import { CallFailure } from '../../engine/call-failure.ts'
import { misplaced, takeOver } from '../../engine/okr/take-over.ts'
import { csvRow, type Cell } from '../csv.ts'
import { changeStore } from '../change-store.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { withLines } from '../open-line.ts'
import { plantOfData, readTextFile } from '../plant-file.ts'
import { printOut } from '../print-out.ts'

export type OkrImportOptions = { data: string; by: string; plant?: string; check?: boolean }
export type OkrExportOptions = { data: string; format: 'yaml' | 'csv'; plant?: string }

/** `lineside okr import FILE`: all of it or nothing; mistakes with line and column, exit code 1. What could be better is advice. */
export async function importOkrs(file: string, options: OkrImportOptions): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, options.plant)
  const lineIds = plant.lines.map(({ id }) => id)
  const read = readOkrFile(await readTextFile(file, 'file of objectives'), file, lineIds)
  if ('errors' in read) {
    for (const error of read.errors) console.log(plantErrorText(file, error))
    console.log(
      read.errors.length === 1
        ? '1 mistake: nothing was imported.'
        : `${read.errors.length} mistakes: nothing was imported.`,
    )
    process.exitCode = 1
    return
  }
  const objectives = read.value.map(objectiveOfFile)
  for (const lineId of lineIds) {
    const own = objectives.filter((one) => one.lineId === lineId).map((one) => lintObjective(one))
    for (const { rule, severity, subject, sentence } of lint({ kpis: null, objectives: own })) {
      console.log(
        `${severity} ${rule} ${lineId}${subject ? `/${subject}` : ''}: ${sentence}. ${lintRules[rule].fix}`,
      )
    }
  }
  if (options.check)
    return console.log(`${file} is right: ${objectives.length} objectives. Nothing was imported.`)
  await changeStore(
    dataDir,
    'import the file',
    (database) => {
      const taken = misplaced(database.write, objectives)
      if (taken.length > 0) {
        throw new HostError(`${taken.join(', ')}: of another objective in the store; give other ids.`)
      }
      const caller = { device: 'command line', by: options.by, personId: null, role: null }
      const how = {
        caller,
        atMs: Date.now(),
        action: 'importObjectives',
        reason: `from ${file}`.slice(0, 200),
      }
      const { created, changed, same } = takeOver(database.write, objectives, how)
      console.log(`${created} objectives made, ${changed} changed, ${same} as they were.`)
    },
    (error) => (error instanceof CallFailure ? new HostError(error.message) : null),
  )
}

/** `lineside okr export`: the running objectives of all lines and above them, as a file that `import` takes. */
export async function exportOkrs(options: OkrExportOptions): Promise<void> {
  await withLines({ ...options, line: 'all' }, async ({ lines, read }) => {
    const objectives = ['', ...lines.map(({ id }) => id)]
      .flatMap((lineId) => readObjectives(read, lineId))
      .filter(({ ended }) => ended === null)
      .map((one) => ({ ...one, keyResults: one.keyResults.filter(({ ended }) => ended === null) }))
      .filter(({ keyResults }) => keyResults.length > 0)
      .map(fileOfObjective)
    await printOut(options.format === 'yaml' ? yamlText({ objectives }) : csvText(objectives))
  })
}

function readOkrFile(text: string, file: string, lineIds: readonly string[]): ReadFile<FileObjective[]> {
  if (extname(file).toLowerCase() !== '.csv') return loadOkrYaml(text, lineIds)
  const rows = csvRows(text)
  return 'errors' in rows ? rows : loadOkrRows(rows.value, lineIds)
}

type Record = { record: string[]; info: { lines: number } }

/** Rows under a header of known columns. `lines` of csv-parse is where a record ends. */
function csvRows(text: string): ReadFile<OkrRow[]> {
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
  const known = okrColumns.map(({ name }) => name)
  const strange = names.findIndex((name) => !known.includes(name))
  if (strange >= 0 || names.length === 0) {
    const message = `"${names[strange] ?? ''}" is not a known column: expected ${known.join(', ')}`
    return wrong(1, strange + 1, '', message)
  }
  return {
    value: records.slice(1).map(({ record, info }) => ({
      line: info.lines - record.join('').split('\n').length + 1,
      cells: Object.fromEntries(
        names.flatMap((name, at) => {
          const text = record[at]?.trim() ?? ''
          // The apostrophe that the export puts before what a spreadsheet would run.
          return text === '' ? [] : [[name, text.replace(/^'(?=[=+\-@])/, '')]]
        }),
      ),
    })),
  }
}

function csvText(objectives: readonly FileObjective[]): string {
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
