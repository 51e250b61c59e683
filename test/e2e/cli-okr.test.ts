import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { readObjectives } from '../../db/queries/objectives.ts'
import { rememberPlant } from '../../electron/host/plant-file.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { build, lineside } from '../helpers/lineside.ts'
import { compareAudit } from '../helpers/compare-audit.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { testLine } from '../helpers/view-input.ts'

beforeAll(build)
const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

async function folder() {
  const dir = makeTempDir('cli-okr')
  cleanUp.push(dir.remove)
  const plant = plantSchema.parse({
    site: { name: 'Plant', timeZone: 'UTC' },
    broker: { url: 'mqtt://127.0.0.1:1' },
    lines: [testLine()],
  })
  await rememberPlant(dir.path, plant)
  openDatabase({ file: databaseFile(dir.path) }).close()
  const file = (name: string, text: string) => {
    writeFileSync(join(dir.path, name), text)
    return join(dir.path, name)
  }
  return { dir: dir.path, file, data: ['--data', dir.path] }
}

function stored(dir: string) {
  const store = openReadonly({ file: databaseFile(dir) })
  try {
    const objectives = [...readObjectives(store.read, ''), ...readObjectives(store.read, 'l1')]
    return { objectives, differences: compareAudit(store.read).differences }
  } finally {
    store.close()
  }
}

/** The YAML of docs/okr-file.md, which so is known to be right. */
const documented = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/okr-file.md', 'utf8'))?.[1] ?? ''

test('what the documentation shows is taken over, comes back as YAML and as CSV, and is then known', async () => {
  const { dir, file, data } = await folder()
  const by = ['--by', 'Ana']
  const first = await lineside(['okr', 'import', file('a.yaml', documented), ...data, ...by])
  expect([first.stdout.trim().split('\n').at(-1), first.code]).toEqual([
    '2 objectives made, 0 changed, 0 as they were.',
    0,
  ])
  const { objectives, differences } = stored(dir)
  expect(differences).toEqual([])
  expect(objectives.map(({ id, level }) => [id, level])).toEqual([
    ['plant-flow', 'plant'],
    ['steady-line', 'line'],
  ])
  for (const format of ['yaml', 'csv']) {
    const out = await lineside(['okr', 'export', ...data, '--format', format])
    const again = await lineside(['okr', 'import', file(`b.${format}`, out.stdout), ...data, ...by])
    expect(again.stdout.trim().split('\n').at(-1)).toBe('0 objectives made, 0 changed, 2 as they were.')
  }
  const changed = documented.replace('target: 20', 'target: 18')
  await lineside(['okr', 'import', file('c.yaml', changed), ...data, ...by])
  const after = stored(dir)
  expect(after.differences).toEqual([])
  expect(after.objectives[1]?.keyResults[0]?.targets.map(({ target, by: who }) => [target, who])).toEqual([
    [20, 'Ana'],
    [18, 'Ana'],
  ])
})

test('every mistake is named by line and column, in YAML and in CSV, and nothing is taken over', async () => {
  const { dir, file, data } = await folder()
  const wrong = documented.replace('line: l1', 'line: l9').replace('target: 20', 'target: 45')
  const yaml = await lineside(['okr', 'import', file('w.yaml', wrong), ...data, '--by', 'Ana'])
  expect(yaml.code).toBe(1)
  expect(yaml.stdout).toMatch(/w\.yaml:\d+:\d+ objectives\[1\]\.line: "l9" is not among the lines/)
  expect(yaml.stdout).toMatch(/keyResults\[0\]\.target: .*target must differ from baseline/)
  expect(yaml.stdout).toContain('2 mistakes: nothing was imported.')
  const csv = [
    'objective,line,title,cycle,start,end,key_result,name,baseline,target',
    'o1,l1,"Right,\nfirst time",Q4,2026-10-01,2026-12-31,k1,Scrap,3,1',
    'o1,l1,Another title,Q4,2026-10-01,2026-12-31,k2,Speed,fast,10',
    'o2,l9,More,Q4,2026-10-01,2026-12-31,k1,Again,1,2',
  ].join('\n')
  const rows = await lineside(['okr', 'import', file('w.csv', csv), ...data, '--by', 'Ana'])
  const lines = rows.stdout.trim().split('\n')
  expect(lines.map((line) => /:(\d+):\d+ (\w+)/.exec(line)?.slice(1))).toEqual(
    expect.arrayContaining([
      ['2', 'title'],
      ['4', 'title'],
      ['4', 'baseline'],
      ['5', 'line'],
      ['5', 'key_result'],
    ]),
  )
  expect(stored(dir).objectives).toEqual([])
  const strange = await lineside(['okr', 'import', file('s.csv', 'objective,goal\n'), ...data, '--by', 'Ana'])
  expect(strange.stdout).toContain('s.csv:1:2 "goal" is not a known column')
})
