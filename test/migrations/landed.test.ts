import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { migrations } from '../../db/migrations/migrations.ts'

/** Hash of each migration that has landed, by its number. */
const landedFile = join(import.meta.dirname, 'landed.json')
const hashOf = (sql: string): string => createHash('sha256').update(sql).digest('hex')

it('a migration that has landed is never edited: stores out there have run it', () => {
  const landed = JSON.parse(existsSync(landedFile) ? readFileSync(landedFile, 'utf8') : '{}') as Record<
    string,
    string
  >
  if (process.env.UPDATE_LANDED === '1') {
    for (const { version, sql } of migrations) landed[version] ??= hashOf(sql)
    writeFileSync(landedFile, `${JSON.stringify(landed, null, 2)}\n`)
  }
  const known = new Map(migrations.map(({ version, sql }) => [String(version), hashOf(sql)]))
  for (const [version, hash] of Object.entries(landed)) {
    expect(
      known.get(version),
      `Migration ${version} is not what landed as ${version}: stores that have run it would never get the change. Put it back as it was, and make the change in a new migration. Only for one that was never on the main branch: delete its line in test/migrations/landed.json and run UPDATE_LANDED=1 npx vitest run test/migrations`,
    ).toBe(hash)
  }
  const missing = migrations.filter(({ version }) => landed[version] === undefined)
  expect(
    missing.map(({ version }) => version),
    'A new migration: note its hash in test/migrations/landed.json, and add a store of its format, with UPDATE_LANDED=1 UPDATE_FIXTURES=1 npx vitest run test/migrations, and commit both',
  ).toEqual([])
})
