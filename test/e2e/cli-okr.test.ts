import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase, openReadonly } from '../../db/open-database.ts'
import { readObjectives } from '../../db/queries/objectives.ts'
import { readKpis } from '../../electron/engine/kpis/kpi-book.ts'
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
    const kpis = readKpis(store.read, 'l1')
    return { objectives, kpis, differences: compareAudit(store.read).differences }
  } finally {
    store.close()
  }
}

/** The YAML of docs/okr-file.md, which so is known to be right. */
const [documented = '', documentedKpis = ''] = [
  ...readFileSync('docs/okr-file.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g),
].map((block) => block[1])

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

test('KPIs go in and come out as YAML and as CSV; what a file changes becomes the next version, with its reason', async () => {
  const { dir, file, data } = await folder()
  const last = (out: { stdout: string }) => out.stdout.trim().split('\n').at(-1)
  const load = async (name: string, text: string) =>
    last(await lineside(['okr', 'import', file(name, text), ...data, '--by', 'Ana']))
  expect(await load('a.yaml', documentedKpis)).toBe('3 KPIs made, 0 changed, 0 as they were.')
  await load('o.yaml', documented)
  const made = stored(dir)
  expect(made.differences).toEqual([])
  expect(made.kpis.map(({ kpi, by, version }) => [kpi.id, kpi.use, kpi.drives, by, version])).toEqual([
    ['cap-torque', 'data', null, 'Ana', 1],
    ['changeover', 'kpi', 'delivered', 'Ana', 1],
    ['delivered', 'kpi', null, 'Ana', 1],
  ])

  const whole = (await lineside(['okr', 'export', ...data])).stdout
  expect(await load('b.yaml', whole)).toBe('0 KPIs made, 0 changed, 3 as they were.')
  for (const format of ['yaml', 'csv']) {
    const { stdout } = await lineside(['okr', 'export', ...data, '--format', format, '--only', 'kpis'])
    expect(await load(`c.${format}`, stdout)).toBe('0 KPIs made, 0 changed, 3 as they were.')
  }
  expect(stored(dir).kpis).toEqual(made.kpis)
  const onlyObjectives = await lineside(['okr', 'export', ...data, '--only', 'objectives'])
  expect(onlyObjectives.stdout).not.toContain('kpis:')

  expect(await load('d.yaml', documentedKpis.replace('target: 20', 'target: 18'))).toBe(
    '0 KPIs made, 1 changed, 2 as they were.',
  )
  const after = stored(dir)
  expect(after.differences).toEqual([])
  expect(after.kpis[1]).toMatchObject({ version: 2, kpi: { target: 18 } })
  const store = openReadonly({ file: databaseFile(dir) })
  const newest = store.read.prepare('SELECT action, detail FROM audit ORDER BY seq DESC LIMIT 1').get()
  store.close()
  expect(newest).toMatchObject({ action: 'importKpis' })
  expect(JSON.parse((newest as { detail: string }).detail)).toMatchObject({
    before: { target: 20 },
    after: { target: 18 },
    reason: expect.stringMatching(/^from .*d\.yaml$/) as string,
  })
})

test('mistakes in KPIs are named by line and column, and nothing of the file is taken over', async () => {
  const { dir, file, data } = await folder()
  const look = async (name: string, text: string) => {
    const { stdout, code } = await lineside(['okr', 'import', file(name, text), ...data, '--by', 'Ana'])
    return { lines: stdout.trim().split('\n'), code }
  }
  const wrong = documentedKpis
    .replace('from: line,', 'from: lines,')
    .replace('kind: leading', 'kind: early')
    .replace('drives: delivered', 'drives: changeover')
  const yaml = await look('w.yaml', `${documented}${wrong}`)
  expect(yaml.code).toBe(1)
  const at = (text: string) =>
    `${documented}${wrong}`.split('\n').findIndex((line) => line.includes(text)) + 1
  const found = yaml.lines.map((line) => /w\.yaml:(\d+):\d+ (\S+):/.exec(line)?.slice(1))
  expect(found.slice(0, -1)).toEqual([
    [String(at('kind: early')), 'kpis[0].kind'],
    [String(at('from: lines')), 'kpis[0].source.from'],
    [String(at('drives: changeover')), 'kpis[0].drives'],
  ])
  const csv = await look(
    'w.csv',
    [
      'theme;line;kpi;name;kind;formula;direction;follows;values;target;green;amber',
      'Quality;l1;a;A;leading;f;higher;oee;;many;;',
      'Quality;l2;b;B;leading;f;higher;;;;2;1',
      'Quality;l1;a;C;leading;f;higher;;k;;;',
    ].join('\n'),
  )
  expect(csv.lines.map((line) => /w\.csv:(\d+:\d+) (\S+):/.exec(line)?.slice(1)).slice(0, -1)).toEqual([
    ['2:10', 'target'],
    ['3:2', 'line'],
    ['3:8', 'follows'],
    ['4:3', 'kpi'],
  ])
  const lost = await look('l.yaml', documentedKpis.replace('id: delivered', 'id: other'))
  expect(lost.code).not.toBe(0)
  expect(stored(dir)).toMatchObject({ objectives: [], kpis: [] })
})
