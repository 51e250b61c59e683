import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { checkArchitecture } from './helpers/architecture.ts'

const trees: string[] = []
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true })
})

function errorsOf(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'lineside-tree-'))
  trees.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return checkArchitecture(root).errors
}

test('the sources keep the rules', () => {
  const { errors, warnings } = checkArchitecture(join(import.meta.dirname, '..'))
  for (const warning of warnings) console.warn(warning)
  expect(errors.join('\n')).toBe('')
})

test('a clean tree has no findings', () => {
  const errors = errorsOf({
    'shared/domain/kpi.ts': "import { z } from 'zod'\nexport const a = z\n",
    'electron/engine/engine.ts':
      "import { a } from '../../shared/domain/kpi.ts'\nimport 'node:fs'\nexport const b = a\n",
    'renderer/App.tsx':
      "import { useState } from 'react'\nimport '@fontsource-variable/ibm-plex-sans'\nexport const c = useState\n",
  })
  expect(errors).toEqual([])
})

test.each([
  [
    'renderer/App.tsx',
    "import { openDatabase } from '../db/open-database.ts'",
    /renderer may import .*ask the engine/,
  ],
  ['renderer/App.tsx', "import type { X } from '../db/handles.ts'", /db\/handles\.ts/],
  ['renderer/App.tsx', "import { readFile } from 'node:fs'", /runs without Node/],
  [
    'electron/engine/engine.ts',
    "import { app } from 'electron'",
    /imports electron: .*windows belong in electron\/main/,
  ],
  ['electron/engine/engine.ts', "const w = await import('ws')", /imports ws: .*servers in electron\/host/],
  ['electron/engine/engine.ts', "const e = require('electron')", /imports electron/],
  ['electron/engine/engine.ts', "export { x } from '../host/log.ts'", /imports electron\/host\/log\.ts/],
  ['electron/main/main.ts', "import { createEngine } from '../engine/engine.ts'", /knows as a file path/],
  ['electron/preload/preload.ts', "import 'node:fs'", /runs without Node/],
  ['electron/host/serve.ts', "import Database from 'better-sqlite3'", /imports better-sqlite3/],
  ['electron/host/serve.ts', "import { Aedes } from 'aedes'", /imports aedes/],
  ['shared/domain/kpi.ts', "import { parse } from 'yaml'", /The KPI core is pure/],
  ['shared/domain/kpi.ts', "type P = import('../settings/plant.ts').Plant", /shared\/settings\/plant\.ts/],
  ['db/open.ts', "import { x } from '../test/helpers/temp-dir.ts'", /nothing imports tests/],
  ['db/index.ts', 'export const a = 1', /no barrels/],
  ['db/all.ts', "export * from './open.ts'", /barrel/],
  ['db/utils.ts', 'export const a = 1', /name a file after/],
  ['db/open.ts', 'export default function open() {}', /export by name/],
  ['db/open.ts', 'const a = 1\nexport default a', /export by name/],
])('finds in %s: %s', (file, code, message) => {
  const errors = errorsOf({ [file]: `${code}\n` })
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatch(message)
})

test('finds a file that grew past 500 lines, and asks about one past 300', () => {
  const lines = (count: number) => 'const a = 1\n'.repeat(count)
  expect(errorsOf({ 'db/open.ts': lines(500) })).toEqual([])
  expect(errorsOf({ 'db/open.ts': lines(501) })[0]).toMatch(/db\/open\.ts has 501 lines, more than 500/)
  const root = trees[0] ?? ''
  expect(checkArchitecture(root).warnings[0]).toMatch(/has 500 lines, more than 300/)
})
