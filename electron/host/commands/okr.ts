import { resolve } from 'node:path'
import { readObjectives } from '../../../db/queries/objectives.ts'
import { fileOfKpi, kpisOfLine } from '../../../shared/settings/kpi-file.ts'
import { fileOfObjective, objectiveOfFile } from '../../../shared/settings/okr-file.ts'
import { plantErrorText } from '../../../shared/settings/read-yaml.ts'
import { fileHints } from '../../../shared/settings/seed-lint.ts'
import { yamlText } from '../../../shared/settings/yaml-text.ts'
import { CallFailure } from '../../engine/call-failure.ts'
import { readKpis } from '../../engine/kpis/kpi-book.ts'
import { takeOverKpis } from '../../engine/kpis/take-over-kpis.ts'
import { misplaced, takeOver, type TakenOver } from '../../engine/okr/take-over.ts'
import { changeStore } from '../change-store.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError } from '../host-error.ts'
import { kpisCsv, objectivesCsv, readOkrFile } from '../okr-file-text.ts'
import { withLines } from '../open-line.ts'
import { plantOfData, readTextFile } from '../plant-file.ts'
import { printOut } from '../print-out.ts'

export type OkrImportOptions = { data: string; by: string; plant?: string; check?: boolean }
export type OkrExportOptions = {
  data: string
  format: 'yaml' | 'csv'
  only?: 'objectives' | 'kpis'
  plant?: string
}

/** `lineside okr import FILE`: all of it or nothing; mistakes with line and column, exit code 1. What could be better is advice. */
export async function importOkrs(file: string, options: OkrImportOptions): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, options.plant)
  const lineIds = plant.lines.map(({ id }) => id)
  const read = readOkrFile(await readTextFile(file, 'file of objectives and KPIs'), file, lineIds)
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
  const { kpis } = read.value
  const objectives = read.value.objectives.map(objectiveOfFile)
  for (const hint of fileHints(lineIds, read.value)) console.log(hint)
  if (options.check) {
    const found = [...counted(objectives, 'objectives'), ...counted(kpis, 'KPIs')].join(', ') || 'it is empty'
    return console.log(`${file} is right: ${found}. Nothing was imported.`)
  }
  await changeStore(
    dataDir,
    'import the file',
    ({ write }) => {
      const taken = misplaced(write, objectives)
      if (taken.length > 0) {
        throw new HostError(`${taken.join(', ')}: of another objective in the store; give other ids.`)
      }
      const caller = { device: 'command line', by: options.by, personId: null, role: null }
      const how = { atMs: Date.now(), reason: `from ${file}`.slice(0, 200) }
      const done = write.transaction(() => ({
        objectives: takeOver(write, objectives, { caller, action: 'importObjectives', ...how }),
        kpis: lineIds.map((lineId) =>
          takeOverKpis(
            write,
            { lineId, kpis: kpisOfLine(kpis, lineId) },
            { by: caller.by, device: caller.device, action: 'importKpis', ...how },
          ),
        ),
      }))()
      if (objectives.length > 0 || kpis.length === 0) console.log(sentence('objectives', [done.objectives]))
      if (kpis.length > 0) console.log(sentence('KPIs', done.kpis))
    },
    (error) => (error instanceof CallFailure ? new HostError(error.message) : null),
  )
}

function counted(list: readonly unknown[], what: string): string[] {
  return list.length === 0 ? [] : [`${list.length} ${what}`]
}

function sentence(what: string, parts: readonly TakenOver[]): string {
  const sum = (of: (part: TakenOver) => number) => parts.reduce((all, part) => all + of(part), 0)
  const same = sum((part) => part.same)
  return `${sum((part) => part.created)} ${what} made, ${sum((part) => part.changed)} changed, ${same} as they were.`
}

/** `lineside okr export`: running objectives of all lines and above them, and the KPIs, as a file that `import` takes. */
export async function exportOkrs(options: OkrExportOptions): Promise<void> {
  await withLines({ ...options, line: 'all' }, async ({ lines, read }) => {
    const objectives = ['', ...lines.map(({ id }) => id)]
      .flatMap((lineId) => readObjectives(read, lineId))
      .filter(({ ended }) => ended === null)
      .map((one) => ({ ...one, keyResults: one.keyResults.filter(({ ended }) => ended === null) }))
      .filter(({ keyResults }) => keyResults.length > 0)
      .map(fileOfObjective)
    const kpis = lines.flatMap(({ id }) => readKpis(read, id).map(({ kpi }) => fileOfKpi(id, kpi)))
    if (options.format === 'csv') {
      await printOut(options.only === 'kpis' ? kpisCsv(kpis) : objectivesCsv(objectives))
    } else {
      const all = { objectives, kpis }
      await printOut(yamlText(options.only === undefined ? all : { [options.only]: all[options.only] }))
    }
  })
}
