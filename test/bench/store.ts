/**
 * What the store costs after 100 and 400 days of one count a second on 3 lines: size by table, growth per day, start-up with its
 * check, and every query of the screens. Counts of the last 30 days come through the recorder like live ones, older ones through
 * its roll-up code. Arguments: [days, comma separated: 100,400] [raw days] [lines]
 */
import { statSync } from 'node:fs'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { checkAtStart } from '../../db/quick-check.ts'
import { retentionWriter } from '../../db/writers/retention-writer.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { nextChunk, retentionChunk } from '../../electron/engine/retention.ts'
import { chartQueries } from '../helpers/chart-queries.ts'
import { connectPage } from '../helpers/page-client.ts'
import { logQueries } from '../helpers/query-log.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { countingPlant, fillStore } from '../helpers/year-of-counts.ts'

const sizes = (process.argv[2] ?? '100,400').split(',').map(Number)
const rawDays = Number(process.argv[3] ?? 30)
const plant = countingPlant(Number(process.argv[4] ?? 3))
const dayMs = 86_400_000
const nowMs = Math.floor(Date.now() / 1_000) * 1_000
const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`
const since = (startedMs: number): number => performance.now() - startedMs

/** Bytes by table, and of the whole file. */
type Sizes = { days: number; file: number; tables: Map<string, number> }

async function fill(file: string, days: number): Promise<Sizes> {
  const startedMs = performance.now()
  const database = openDatabase({ file })
  const filled = await fillStore(database, plant, { nowMs, days, rawDays }, (text) =>
    console.log(`  ${text}`),
  )
  console.log(
    `${filled.messages} messages through the recorder, ${filled.rolledUp} counts through its roll-ups: ${seconds(since(startedMs))}`,
  )
  const cutoffs = { rawMs: nowMs - rawDays * dayMs, minutesMs: nowMs - 400 * dayMs }
  const prune = retentionWriter(database.write)
  let deleted = 0
  const waits: number[] = []
  for (let chunk = retentionChunk / 4, more = true; more;) {
    const chunkMs = performance.now()
    const gone = prune.prune(cutoffs, chunk)
    waits.push(since(chunkMs))
    chunk = nextChunk(chunk, since(chunkMs))
    deleted += gone
    more = gone > 0
  }
  waits.sort((a, b) => a - b)
  console.log(
    `retention deleted ${deleted} rows in ${waits.length} chunks; a commit waited for one ${waits[waits.length >> 1]!.toFixed(1)} ms, at worst ${waits[waits.length - 1]!.toFixed(1)} ms`,
  )
  database.write.pragma('wal_checkpoint(TRUNCATE)')
  const tables = database.write
    .prepare<[], { name: string; bytes: number }>(
      `SELECT coalesce(m.tbl_name, s.name) AS name, sum(s.pgsize) AS bytes FROM dbstat s
       LEFT JOIN sqlite_schema m ON m.name = s.name GROUP BY 1 ORDER BY bytes DESC`,
    )
    .all()
  console.log(
    `\nsize ${mega(statSync(file).size)}: ${tables
      .slice(0, 8)
      .map(({ name, bytes }) => `${name} ${mega(bytes)}`)
      .join(', ')}`,
  )
  const levels = database.write
    .prepare<[], { level: string; rows: number }>(
      'SELECT level, count(*) AS rows FROM count_rollup GROUP BY level',
    )
    .all()
  console.log(`rows of pieces: ${levels.map(({ level, rows }) => `${level} ${rows}`).join(', ')}`)
  const checkMs = performance.now()
  database.write.pragma('quick_check(1)')
  console.log(`quick check of the whole file ${seconds(since(checkMs))}`)
  const startCheckMs = performance.now()
  checkAtStart(database.write)
  console.log(`check at start ${seconds(since(startCheckMs))}`)
  database.close()
  return {
    days,
    file: statSync(file).size,
    tables: new Map(tables.map(({ name, bytes }) => [name, bytes])),
  }
}

/** Starts the product's engine on the store and waits for the first board of a page. */
async function start(dataDir: string, name: string): Promise<void> {
  const engine = createEngine({
    plant,
    dataDir,
    demo: null,
    version: 'bench',
    now: () => nowMs,
    log: () => {},
  })
  const startedMs = performance.now()
  await engine.start()
  const upMs = since(startedMs)
  const page = connectPage((channel) => engine.attach(channel))
  await page.hello(plant.lines[0]!.id)
  const firstMs = since(startedMs)
  await engine.settled()
  const settledMs = since(startedMs)
  for (const line of plant.lines) {
    const next = connectPage((channel) => engine.attach(channel))
    await next.hello(line.id)
    next.close()
  }
  page.close()
  await engine.stop()
  console.log(
    `${name}: engine up ${seconds(upMs)}, first board ${seconds(firstMs)}, all trends ${seconds(settledMs)}`,
  )
}

/** What charts ask for, beside what the model holds in memory. */
function charts(file: string, days: number): void {
  const database = openDatabase({ file })
  for (const [name, ask] of chartQueries(database.read, plant.lines[0]!.id, nowMs, days)) {
    const times: number[] = []
    let rows = 0
    for (let round = 0; round < 5; round++) {
      const startedMs = performance.now()
      rows = ask().length
      times.push(since(startedMs))
    }
    times.sort((a, b) => a - b)
    console.log(`  ${times[2]!.toFixed(2).padStart(8)} ms  ${name} (${rows} rows)`)
  }
  database.close()
}

async function measure(days: number): Promise<Sizes> {
  const dir = makeTempDir('bench-store')
  const file = databaseFile(dir.path)
  console.log(`${days} days, messages of the last ${rawDays}, ${plant.lines.length} lines`)
  try {
    const sizes = await fill(file, days)
    await start(dir.path, '\nfirst start, every shift to be summed up')
    const log = logQueries()
    await start(dir.path, 'later starts, with the check')
    console.log('\nstatements of that start and the boards of all lines, slowest first (worst of all calls):')
    const slowest = log.queries().sort((a, b) => b.worstMs - a.worstMs)
    for (const { sql, calls, worstMs, rows } of slowest.slice(0, 8)) {
      console.log(
        `  ${worstMs.toFixed(2).padStart(8)} ms  ${calls} calls, up to ${rows} rows: ${sql.slice(0, 90)}`,
      )
    }
    log.stop()
    console.log('\ncharts (median of 5):')
    charts(file, days)
    console.log('')
    return sizes
  } finally {
    dir.remove()
  }
}

/** What a further day costs, between two sizes. */
function growth(from: Sizes, to: Sizes): void {
  const perDay = (a: number, b: number): number => (b - a) / (to.days - from.days)
  const tables = [...to.tables]
    .map(([name, bytes]) => ({ name, bytes: perDay(from.tables.get(name) ?? 0, bytes) }))
    .sort((a, b) => b.bytes - a.bytes)
    .filter(({ bytes }) => Math.abs(bytes) >= 500)
    .map(({ name, bytes }) => `${name} ${(bytes / 1_000).toFixed(1)} kB`)
  console.log(
    `growth from ${from.days} to ${to.days} days: ${(perDay(from.file, to.file) / 1_000).toFixed(1)} kB a day (${tables.join(', ')})`,
  )
}

const measured: Sizes[] = []
for (const days of sizes) measured.push(await measure(days))
for (const [index, to] of measured.slice(1).entries()) growth(measured[index]!, to)
