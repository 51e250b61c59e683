import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { expectSentence, makeStore } from '../helpers/cli-store.ts'
import { build, lineside } from '../helpers/lineside.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

let dir: ReturnType<typeof makeTempDir>
let data: string
beforeAll(build)
beforeEach(() => {
  dir = makeTempDir('cli')
  data = join(dir.path, 'data')
})
afterEach(() => dir.remove())

const file = (name: string, text: string) => {
  writeFileSync(join(dir.path, name), text)
  return join(dir.path, name)
}

test('--help names every command and the exit codes; each command explains itself', async () => {
  const help = await lineside(['--help'])
  expect(help.code).toBe(0)
  const commands = [
    'start',
    'serve',
    'check',
    'kpi',
    'export',
    'backup',
    'restore',
    'rebuild',
    'record',
    'replay',
    'selftest',
    'check-audit',
    'person',
  ]
  for (const command of commands) {
    expect(help.stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
    const own = await lineside([command, '--help'])
    expect(own.code).toBe(0)
    expect(own.stdout).toContain(`Usage: lineside ${command}`)
  }
  expect(help.stdout).toContain('Exit codes:')
}, 60_000)

test('wrong input is one sentence and exit code 2', async () => {
  expectSentence(await lineside(['kpy']), 2, /unknown command 'kpy'/)
  expectSentence(await lineside(['start', '--port', 'x']), 2, /--port x is not a port/)
  expectSentence(
    await lineside(['start', '--headless', '--plant', join(dir.path, 'none.yaml')]),
    2,
    /none\.yaml/,
  )
  const kpi = ['kpi', '--line', 'l1', '--from', '2026-11-20', '--to', '2026-11-21']
  expectSentence(await lineside(kpi), 2, /required option '--data <dir>'/)
  expectSentence(await lineside([...kpi, '--data', data]), 2, /No data of Lineside in/)
}, 60_000)

describe('check', () => {
  test('the example is right', async () => {
    const run = await lineside(['check', 'assets/example/plant.yaml'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain('is right: Example Bottling, line3.')
  })

  test('every mistake with file, line, column and what was expected', async () => {
    const wrong = file(
      'wrong.yaml',
      'site: { name: Works, timeZone: Mars }\nbroker: {}\nlines:\n  - { id: l1, nam: Line }\n',
    )
    const run = await lineside(['check', wrong])
    expect(run.code).toBe(1)
    expect(run.stdout.trim().split('\n')).toEqual([
      `${wrong}:1:32 site.timeZone: expected an IANA time zone such as "Europe/Berlin", found "Mars"`,
      `${wrong}:2:9 broker.url: "url" is missing: expected a text`,
      `${wrong}:4:5 lines[0].name: "name" is missing: expected a text`,
      `${wrong}:4:15 lines[0].nam: "nam" is not a known key: did you mean "name"?`,
      '4 mistakes.',
    ])
  })

  test('start refuses such a file with the same list', async () => {
    const wrong = file('wrong.yaml', 'site: { name: Works, timeZone: Mars }\n')
    const run = await lineside(['start', '--headless', '--plant', wrong, '--data', data])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(`${wrong}:1:32 site.timeZone: expected an IANA time zone`)
  })
})

describe('kpi', () => {
  const state = (ts: string, name: string): [string, Record<string, unknown>] => [
    'state',
    { ts, state: name },
  ]

  test("times without a zone are the plant's; JSON and a table", async () => {
    await makeStore(data, [
      state('2026-11-20T06:00:00+01:00', 'running'),
      ['count', { ts: '2026-11-20T07:30:00+01:00', good: 90, scrap: 10 }],
      state('2026-11-20T07:00:00+01:00', 'stopped'),
      state('2026-11-20T07:10:00+01:00', 'running'),
      ['count', { ts: '2026-11-20T08:00:00+01:00', good: 1 }],
    ])
    const args = ['kpi', '--data', data, '--line', 'l1']
    const local = await lineside([
      ...args,
      '--from',
      '2026-11-20T06:00',
      '--to',
      '2026-11-20T08:00',
      '--json',
    ])
    const zoned = await lineside([
      ...args,
      '--from',
      '2026-11-20T05:00:00Z',
      '--to',
      '2026-11-20T08:00+01:00',
      '--json',
    ])
    expect(JSON.parse(local.stdout)).toMatchObject({
      from: '2026-11-20T05:00:00Z',
      planned_s: 7200,
      stop_s: 600,
      run_s: 6600,
      good: 90,
      scrap: 10,
      total: 100,
      availability: 6600 / 7200,
      performance: null,
      oee: null,
      quality_ratio: 0.9,
    })
    expect(zoned.stdout).toBe(local.stdout)
    const table = await lineside([...args, '--from', '2026-11-20T06:00', '--to', '2026-11-20T08:00'])
    expect(table.stdout).toContain('run           110.0 min')
    const night = await lineside([
      ...args,
      '--from',
      '2026-11-20T20:00',
      '--to',
      '2026-11-20T21:00',
      '--json',
    ])
    expect(JSON.parse(night.stdout)).toMatchObject({
      planned_s: 0,
      availability: null,
      oee: null,
      scrap_ratio: null,
    })
  }, 60_000)

  test('an unknown line and a wrong time say what to do', async () => {
    await makeStore(data, [state('2026-11-20T06:00:00+01:00', 'running')])
    const window = ['--from', '2026-11-20T06:00', '--to', '2026-11-20T08:00']
    expectSentence(
      await lineside(['kpi', '--data', data, '--line', 'l9', ...window]),
      2,
      /give --line one of l1/,
    )
    const args = ['kpi', '--data', data, '--line', 'l1']
    expectSentence(
      await lineside([...args, '--from', 'noon', '--to', '2026-11-20']),
      2,
      /--from noon is not a time/,
    )
    expectSentence(
      await lineside([...args, '--from', '2026-11-20', '--to', '2026-11-20']),
      2,
      /--to must lie after/,
    )
  }, 60_000)
})

test('export gives CSV that no spreadsheet runs as a formula, and JSON', async () => {
  await makeStore(data, [
    ['count', { ts: '2026-11-20T06:00:10Z', good: 5, product: '=evil' }],
    ['count', { ts: '2026-11-20T06:01:10Z', good: 3, scrap: 1, reason: '-2' }],
  ])
  const args = ['export', '--data', data, '--line', 'l1']
  const minutes = await lineside([...args, '--to', '2026-11-21'])
  expect(minutes.stdout).toBe(
    "start,product,good,scrap,rework\r\n2026-11-20T06:00:00Z,'=evil,5,0,0\r\n2026-11-20T06:01:00Z,,3,1,0\r\n",
  )
  const entries = await lineside([...args, '--what', 'entries', '--format', 'json'])
  expect(JSON.parse(entries.stdout)).toMatchObject([{ kind: 'scrap', who: 'touch', undone: null }])
  const readings = await lineside([...args, '--what', 'readings', '--format', 'csv'])
  expect(readings.stdout.split('\r\n')[1]).toMatch(/^2026-11-20T06:00:10Z,.*,count,"\{""/)
  const none = await lineside([...args, '--from', '2020-01-01', '--to', '2020-01-02', '--format', 'json'])
  expect(JSON.parse(none.stdout)).toEqual([])
}, 60_000)

describe('kpi of a named window', () => {
  test('with the window before and a week earlier; of all lines as sums; without a window it asks', async () => {
    await makeStore(data, [
      ['state', { ts: '2026-11-13T06:00:00+01:00', state: 'running' }],
      ['count', { ts: '2026-11-13T07:00:00+01:00', good: 40 }],
      ['count', { ts: '2026-11-19T07:00:00+01:00', good: 50 }],
      ['count', { ts: '2026-11-20T07:00:00+01:00', good: 60, scrap: 20 }],
    ])
    const args = ['kpi', '--data', data, '--line']
    const shift = ['--window', 'shift', '--at', '2026-11-20T08:00', '--json']
    const value = (report: { kpis: { id: string }[] }, id: string) => report.kpis.find((kpi) => kpi.id === id)
    const one = JSON.parse((await lineside([...args, 'l1', ...shift])).stdout)
    expect(one).toMatchObject({ window: '2026-11-20 Day', good: 60, from: '2026-11-20T05:00:00Z' })
    expect(value(one, 'scrap_ratio')).toMatchObject({
      value: 0.25,
      numerator: 20,
      denominator: 80,
      sample_size: 80,
    })
    expect(one.policy.breaks).toBe('cut out of planned time')
    expect(value(one.compared.previous, 'throughput')).toMatchObject({ value: 50 })
    expect(one.compared.same_weekday.window).toBe('2026-11-13 Day')
    expect(value(one.compared.same_weekday, 'throughput')).toMatchObject({ value: 40 })
    const all = JSON.parse((await lineside([...args, 'all', ...shift])).stdout)
    expect(all.lines).toEqual(['l1'])
    expectSentence(await lineside([...args, 'l1']), 2, /Give --from and --to, or --window/)
  }, 60_000)
})

describe('selftest', () => {
  const vectors = (keyResult: unknown) => file('vectors.json', JSON.stringify({ key_results: [keyResult] }))

  test('the examples that come with Lineside are recomputed', async () => {
    const run = await lineside(['selftest'])
    expect(run.stdout).toMatch(/\d+ ok, 0 differ, 0 cannot be computed\.\n$/)
    expect(run.code).toBe(0)
  })

  test('1 when one differs, 2 when one cannot be computed, which is named', async () => {
    const given = { id: 'x', in: { baseline: 10, target: 0, current: 7 } }
    expect(
      (await lineside(['selftest', '--vectors', vectors({ ...given, out: { progress: 0.3 } })])).code,
    ).toBe(0)
    const differs = await lineside(['selftest', '--vectors', vectors({ ...given, out: { progress: 0.4 } })])
    expect(differs.stdout).toMatch(/DIFFERS +key_results x progress/)
    expect(differs.code).toBe(1)
    const unknown = await lineside(['selftest', '--vectors', vectors({ ...given, out: { luck: 0.4 } })])
    expect(unknown.stdout).toMatch(/CANNOT COMPUTE +key_results x luck/)
    expect(unknown.code).toBe(2)
    expectSentence(
      await lineside(['selftest', '--vectors', join(dir.path, 'none.json')]),
      2,
      /none\.json cannot be used/,
    )
  }, 60_000)
})

test('a person is added with a PIN from standard input, never twice with the same PIN', async () => {
  await makeStore(data, [['state', { ts: '2026-11-20T06:00:00Z', state: 'running' }]])
  const add = (name: string) => [
    'person',
    'add',
    '--data',
    data,
    '--name',
    name,
    '--role',
    'lead',
    '--pin-stdin',
  ]
  expect(await lineside(add('Mira'), { input: '4711\n' })).toMatchObject({
    code: 0,
    stdout: 'Mira may now sign as lead.\n',
  })
  expectSentence(await lineside(add('Jonas'), { input: '4711\n' }), 2, /PIN/)
  expectSentence(await lineside(add('Leyla'), { input: 'abc\n' }), 2, /4 to 6 digits/)
  expectSentence(await lineside(add('Leyla').slice(0, -1)), 2, /--pin-stdin/)

  // Who forgot the PIN gets a new one at the machine; every step is in the trail, and the trail holds.
  const person = (command: string, name: string, ...more: string[]) =>
    lineside(['person', command, '--data', data, '--name', name, ...more], { input: '4812\n' })
  expect(await person('pin', 'Mira', '--pin-stdin')).toMatchObject({ stdout: 'Mira has a new PIN.\n' })
  expectSentence(await person('pin', 'Nobody', '--pin-stdin'), 2, /Nobody is called Nobody/)
  expect((await lineside(['person', 'list', '--data', data])).stdout).toBe('lead      Mira\n')
  expect(await person('retire', 'Mira')).toMatchObject({ code: 0 })
  expect((await lineside(['person', 'list', '--data', data])).stdout).toBe('')
  const trail = ['export', '--data', data, '--line', 'l1', '--what', 'audit']
  expect((await lineside(trail)).stdout).toMatch(/,addPerson,.*\r\n2,.*,resetPin,.*\r\n3,.*,retirePerson,/)
  const checked = await lineside(['check-audit', '--data', data])
  expect(checked).toMatchObject({ code: 0 })
  const head = /Head: (3:[0-9a-f]{64})\n/.exec(checked.stdout)?.[1] ?? ''
  const anchored = (anchor: string) => lineside(['check-audit', '--data', data, '--anchor', anchor])
  expect(await anchored(head.slice(0, 18))).toMatchObject({ code: 0 })
  expect(await anchored(`2:${head.slice(2)}`)).toMatchObject({ code: 1 })
  expectSentence(await anchored('3:12'), 2, /at least 16 digits/)
}, 120_000)

test('an older Node hands over to the pinned one', () => {
  const old = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path)) ?? process.execPath
  const run = spawnSync(old, ['dist/app/lineside.cjs', 'selftest'], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
})
