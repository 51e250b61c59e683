import { resolve } from 'node:path'
import { databaseFile } from '../../../db/data-dir.ts'
import { openReadonly } from '../../../db/open-database.ts'
import { compareWithRebuild } from '../../../db/rebuild.ts'
import { recordingRules } from '../../engine/model/line-setup.ts'
import { lineOfPlant } from '../open-line.ts'
import { plantOfData } from '../plant-file.ts'
import { storeFailure } from '../store-failure.ts'
import { isoTime } from '../time-argument.ts'

export type RebuildOptions = { data: string; line?: string; plant?: string }

/** `lineside rebuild`: makes the roll-ups anew and compares. Changes nothing. Exit code 1: there are differences. */
export async function rebuild(options: RebuildOptions): Promise<void> {
  const dataDir = resolve(options.data)
  const plant = await plantOfData(dataDir, options.plant)
  const lines = options.line === undefined ? plant.lines : [lineOfPlant(plant, options.line)]
  let found = 0
  try {
    const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
    const { read, close } = openReadonly({ file: databaseFile(dataDir), nativeBinding })
    try {
      // One snapshot for both sides, or a running board would change one of them in between.
      read.exec('BEGIN')
      for (const line of lines) {
        const rules = recordingRules(line, plant.site.timeZone)
        const { fromMs, rows, differences } = compareWithRebuild(read, line.id, rules)
        const since = fromMs === 0 ? '' : ` since ${isoTime(fromMs)}`
        const result = differences.length === 0 ? 'no differences' : `${differences.length} differences`
        console.log(`${line.id}: ${rows} rows compared${since}, ${result}.`)
        for (const difference of differences) console.log(`  ${difference}`)
        found += differences.length
      }
    } finally {
      close()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
  if (found > 0) process.exitCode = 1
}
