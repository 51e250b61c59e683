import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { connectAsync } from 'mqtt'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { startAedes } from '../helpers/aedes.ts'
import { expectSentence } from '../helpers/cli-store.ts'
import { build, lineside } from '../helpers/lineside.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

let dir: ReturnType<typeof makeTempDir>
let data: string
beforeAll(build)
beforeEach(() => {
  dir = makeTempDir('cli-recording')
  data = join(dir.path, 'data')
})
afterEach(() => dir.remove())

const plantFile = (url = 'mqtt://127.0.0.1:9') => {
  const file = join(dir.path, 'plant.yaml')
  const line =
    '{ id: l1, name: Line 1, expectedIntervalS: 60, shifts: [{ name: Day, start: "06:00", end: "14:00" }] }'
  writeFileSync(file, `site: { name: Works, timeZone: UTC }\nbroker: { url: '${url}' }\nlines: [${line}]\n`)
  return file
}
const recording = (...lines: unknown[]) => {
  const file = join(dir.path, 'recording.jsonl')
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
  return file
}
const ofStore = (...args: string[]) => lineside([...args, '--data', data])
const rows = async (what: string) => {
  const run = await ofStore('export', '--line', 'l1', '--what', what, '--format', 'jsonl')
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
const topic = (kind: string) => `lineside/v1/l1/${kind}`

test('what a broker sends is recorded until Ctrl-C, text and bytes, and replayed', async () => {
  const broker = await startAedes()
  const client = await connectAsync(broker.url)
  const plant = plantFile(broker.url)
  const file = join(dir.path, 'night.jsonl')
  const child = spawn(process.execPath, [
    'dist/app/lineside.cjs',
    'record',
    file,
    '--plant',
    plant,
    '--topic',
    'lineside/#',
    'plc/#',
  ])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  try {
    await until('recording', () => output.includes('Recording lineside/#, plc/#'))
    for (let n = 1; n <= 20; n++)
      await client.publishAsync(topic('count'), JSON.stringify({ good: n, id: `m${n}` }), { qos: 1 })
    const bytes = Buffer.from([0, 255, 10, 13, 128])
    await client.publishAsync('plc/raw', bytes, { qos: 1, retain: true })
    await client.publishAsync('other/topic', 'not asked for', { qos: 1 })
    await until('all there', () => readFileSync(file, 'utf8').split('\n').length === 22)
    child.kill('SIGINT')
    expect(await exited).toBe(0)
    expect(output).toMatch(/21 messages \(0\.0 MB\) in .*night\.jsonl\.\n$/)
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines[0]).toMatchObject({
      topic: topic('count'),
      payload: '{"good":1,"id":"m1"}',
      qos: 1,
      retain: false,
    })
    expect(Date.now() - Number(lines[0]?.timestamp)).toBeLessThan(60_000)
    expect(lines[20]).toMatchObject({
      topic: 'plc/raw',
      payload: bytes.toString('base64'),
      encoding: 'base64',
    })
    expectSentence(await lineside(['record', file, '--plant', plant]), 2, /night\.jsonl is there already/)
  } finally {
    child.kill('SIGKILL')
    await client.endAsync(true)
    await broker.stop()
  }
  const run = await lineside(['replay', file, '--plant', plant, '--data', data])
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run.stdout).toContain('20 stored, 0 repeated, 1 rejected')
  expect(run.stdout).toMatch(/\n0 lines skipped\.\n$/)
  expect((await rows('minutes')).reduce((sum, { good }) => sum + Number(good), 0)).toBe(210)
  expect(await rows('rejects')).toMatchObject([{ topic: 'plc/raw' }])
  const again = await lineside(['replay', file, '--plant', plant, '--data', data])
  expect(again.stdout).toContain('20 stored, 20 repeated, 2 rejected')
  const gone = join(dir.path, 'gone.jsonl')
  expectSentence(await lineside(['record', gone, '--plant', plant]), 2, /Nothing answers at 127\.0\.0\.1/)
}, 90_000)

test('a recording goes in at its own times, however it was written; other lines are skipped and counted', async () => {
  const at = (time: string) => `2024-02-05T${time}Z`
  const file = recording(
    {
      topic: topic('state'),
      payload: '{"state":"running"}',
      timestamp: Date.parse(at('06:00:00')),
      qos: 1,
      retain: false,
    },
    { topic: topic('count'), payload: { good: 5 }, timestamp: at('06:00:20') },
    {
      topic: topic('count'),
      payload: Buffer.from('{"good":7,"scrap":1}').toString('base64'),
      encoding: 'base64',
      timestamp: Date.parse(at('06:10:00')) / 1000,
    },
    '',
    '# a remark',
    { hello: 'world' },
    { topic: topic('count'), payload: '{"good":1}' },
    {
      tst: '2024-02-05T07:12:00.500000+0100',
      topic: topic('state'),
      qos: 0,
      retain: 0,
      payloadlen: 19,
      payload: '{"state":"stopped","reason":"jam"}',
    },
    { topic: topic('state'), payload: '{"state":"running"}', timestamp: at('06:15:00') },
    { topic: topic('count'), payload: '{"good":2}', timestamp: at('06:15:01') },
    { topic: topic('changeover'), payload: '{"event":"start","to":"x"}', timestamp: at('06:15:05') },
    { topic: topic('changeover'), payload: '{"event":"end"}', timestamp: at('06:15:25') },
    { topic: topic('count'), payload: '{"good":2}', timestamp: at('06:15:26') },
  )
  const run = await ofStore('replay', file, '--plant', plantFile())
  expect(run.code).toBe(0)
  expect(run.stderr.trim().split('\n')).toEqual([
    'Line 5 is not JSON: skipped.',
    expect.stringMatching(/^Line 6 is no recorded message \(topic: .*\): skipped\.$/),
    'Line 7 has no timestamp: skipped.',
  ])
  expect(run.stdout.split('\n')[0]).toBe('9 messages from 2024-02-05T06:00:00Z to 2024-02-05T06:15:26Z.')
  expect(run.stdout).toMatch(/9 stored, 0 repeated, 0 rejected[\s\S]*3 lines skipped\.\n$/)
  expect(await rows('hours')).toEqual([
    { start: '2024-02-05T06:00:00Z', product: '', good: 16, scrap: 1, rework: 0 },
  ])
  expect(await rows('shifts')).toMatchObject([{ start: '2024-02-05T06:00:00Z', good: 16 }])
  expect(await rows('scrap')).toEqual([
    { hour: '2024-02-05T06:00:00Z', reason: '', detected: 'internal', qty: 1 },
  ])
  const stops = await rows('stops')
  expect(stops).toMatchObject([
    {
      shift: 'Day',
      shift_date: '2024-02-05',
      start: '2024-02-05T06:12:00.5Z',
      end: '2024-02-05T06:15:00Z',
      reason: 'jam',
      planned_s: 179.5,
      micro: 0,
    },
  ])
  expect(await rows('changeovers')).toMatchObject([
    { start: '2024-02-05T06:15:05Z', end: '2024-02-05T06:15:25Z', to: 'x', planned_s: 20 },
  ])
  const kpi = await ofStore(
    'kpi',
    '--line',
    'l1',
    '--from',
    '2024-02-05T06:00',
    '--to',
    '2024-02-05T06:10',
    '--json',
  )
  // Silent from 06:00:20 to 06:10: that time is unknown, as on the board that night.
  expect(JSON.parse(kpi.stdout)).toMatchObject({ unknown_s: 580, run_s: 20 })

  const rebuilt = await ofStore('rebuild')
  expect(rebuilt).toMatchObject({ code: 0, stderr: '' })
  expect(rebuilt.stdout).toMatch(/^l1: \d+ rows compared, no differences\.\n$/)
  const db = new Sqlite(databaseFile(data))
  db.exec(`UPDATE count_rollup SET good = good + 1 WHERE level = 'hour'`)
  db.close()
  const differs = await ofStore('rebuild', '--line', 'l1')
  expect(differs.code).toBe(1)
  expect(differs.stdout).toMatch(
    /2 differences\.\n {2}counts by hour: missing .*\n {2}counts by hour: too much .*\n$/,
  )
  expectSentence(await ofStore('rebuild', '--line', 'l9'), 2, /give --line one of l1/)
}, 90_000)

test('what cannot be replayed is one sentence; --speed keeps the pace', async () => {
  const plant = plantFile()
  const replay = (file: string, ...args: string[]) => ofStore('replay', file, '--plant', plant, ...args)
  expectSentence(await replay(join(dir.path, 'none')), 2, /There is no recording/)
  const empty = await replay(recording('[1, 2]'))
  expect(empty.code).toBe(2)
  expect(empty.stderr).toMatch(/holds no recorded messages \(1 lines\): expected one JSON object a line/)
  expectSentence(await replay(recording(''), '--speed', 'fast'), 2, /--speed fast is not right/)
  const start = Date.parse('2024-02-05T06:00:00Z')
  const file = recording(
    ...[0, 10, 20].map((s) => ({
      topic: topic('count'),
      payload: '{"good":1}',
      timestamp: start + s * 1_000,
    })),
  )
  const startedMs = performance.now()
  expect((await replay(file, '--speed', '10')).code).toBe(0)
  expect(performance.now() - startedMs).toBeGreaterThan(2_000)
}, 60_000)
