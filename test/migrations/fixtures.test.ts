import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { newestVersion } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open-database.ts'
import { readTallies } from '../../db/queries/line-state.ts'
import { readRejects } from '../../db/queries/rejects.ts'
import { compareWithRebuild } from '../../db/rebuild.ts'
import { recordingRules } from '../../electron/engine/model/line-setup.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { testPlant } from '../helpers/recording.ts'
import { sampleStore } from '../helpers/sample-store.ts'
import { dumpStore, fromDump, rowCounts } from '../helpers/store-dump.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const folder = join(import.meta.dirname, 'fixtures')
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup()
})

function tempFile(): string {
  const dir = makeTempDir('fixtures')
  cleanups.push(dir.remove)
  return join(dir.path, 'lineside.db')
}

/** Tables whose rows a migration lets go of on purpose: they are made anew from the others. */
const madeAnew = new Set(['shift_result'])

if (process.env.UPDATE_FIXTURES === '1') {
  const file = tempFile()
  sampleStore(file)
  const db = new Sqlite(file, { readonly: true })
  writeFileSync(join(folder, `format-${newestVersion()}.sql`), dumpStore(db))
  db.close()
}

const fixtures = readdirSync(folder).filter((name) => name.endsWith('.sql'))

describe('stores of older formats', () => {
  it('there is one of the newest format', () => {
    expect(
      fixtures,
      'Run UPDATE_FIXTURES=1 npx vitest run test/migrations and commit the new file; those of older formats stay as they are',
    ).toContain(`format-${newestVersion()}.sql`)
  })

  it.each(fixtures)('%s is brought to the newest format with all that it holds', (name) => {
    const file = tempFile()
    fromDump(readFileSync(join(folder, name), 'utf8'), file)
    const old = new Sqlite(file, { readonly: true })
    const before = rowCounts(old)
    old.close()

    const database = openDatabase({ file })
    cleanups.push(database.close)
    expect(database.read.pragma('user_version', { simple: true })).toBe(newestVersion())
    const after = rowCounts(database.read as never)
    for (const [table, count] of Object.entries(before)) {
      if (!madeAnew.has(table)) expect([table, after[table]]).toEqual([table, count])
    }

    const plant = testPlant()
    const nowMs = Date.parse('2026-03-02T12:00:00Z')
    const recorder = openRecorder({ database, plant, now: () => nowMs })
    const { facts, totals, values } = recorder.model('a')
    expect(facts.counts.reduce((sum, { good }) => sum + good, 0)).toBe(47)
    expect(facts.states.map(({ state }) => state)).toEqual(['running', 'stopped', 'running'])
    expect(totals['filler/good']?.total).toBe(107)
    expect(values.temperature?.value).toBe(21.5)
    expect(readTallies(database.read).get('stored')).toBeGreaterThan(10)
    expect(readRejects(database.read, 10).map(({ reason }) => reason)).toContain('payload: is not JSON')
    if (Number(/\d+/.exec(name)) >= 20) {
      const one = (sql: string): unknown => database.read.prepare(sql).pluck().get()
      expect(one("SELECT target FROM key_result_target WHERE key_result_id = 'k1'")).toBe(80)
      expect(one('SELECT name FROM person')).toBe('Ada')
      expect(one('SELECT sentence FROM check_in')).toBe('On the way')
    }
    for (const line of plant.lines) {
      const { rows, differences } = compareWithRebuild(
        database.read,
        line.id,
        recordingRules(line, 'Europe/Berlin'),
      )
      expect(differences).toEqual([])
      if (line.id === 'a') expect(rows).toBeGreaterThan(0)
    }
  })
})
