/**
 * What the store costs after 400 days of one count a second on 3 lines: size by level, start-up, and every query of the
 * screens. Counts of the last 30 days come through the recorder like live ones, older ones through its roll-up code.
 * Arguments: [days] [raw days] [lines]
 */
import { statSync } from 'node:fs'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { readCounts, readScraps } from '../../db/queries/counts.ts'
import { readShifts } from '../../db/queries/history.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { retentionWriter } from '../../db/writers/retention-writer.ts'
import { createEngine } from '../../electron/engine/engine.ts'
import { retentionChunk } from '../../electron/engine/retention.ts'
import { connectPage } from '../helpers/page-client.ts'
import { logQueries } from '../helpers/query-log.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { countingPlant, fillStore } from '../helpers/year-of-counts.ts'

const days = Number(process.argv[2] ?? 400)
const rawDays = Number(process.argv[3] ?? 30)
const plant = countingPlant(Number(process.argv[4] ?? 3))
const dayMs = 86_400_000
const nowMs = Math.floor(Date.now() / 1_000) * 1_000
const dir = makeTempDir('bench-store')
const file = databaseFile(dir.path)
const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2)} s`
const since = (startedMs: number): number => performance.now() - startedMs

async function fill(): Promise<void> {
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
  let worstMs = 0
  for (let more = true; more;) {
    const chunkMs = performance.now()
    const gone = prune.prune(cutoffs, retentionChunk)
    worstMs = Math.max(worstMs, since(chunkMs))
    deleted += gone
    more = gone > 0
  }
  console.log(`retention deleted ${deleted} rows; longest wait of a commit for it ${worstMs.toFixed(1)} ms`)
  database.write.pragma('wal_checkpoint(TRUNCATE)')
  const tables = database.write
    .prepare<[], { name: string; bytes: number }>(
      `SELECT coalesce(m.tbl_name, s.name) AS name, sum(s.pgsize) AS bytes FROM dbstat s
       LEFT JOIN sqlite_schema m ON m.name = s.name GROUP BY 1 ORDER BY bytes DESC LIMIT 8`,
    )
    .all()
  console.log(
    `\nsize ${mega(statSync(file).size)}: ${tables.map(({ name, bytes }) => `${name} ${mega(bytes)}`).join(', ')}`,
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
  database.close()
}

/** Starts the product's engine on the store and waits for the first board of a page. */
async function start(name: string): Promise<void> {
  const engine = createEngine({
    plant,
    dataDir: dir.path,
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
function charts(): void {
  const database = openDatabase({ file })
  const line = plant.lines[0]!.id
  const window = (length: number) => ({ startMs: nowMs - length * dayMs, endMs: nowMs })
  const asked: [string, () => unknown[]][] = [
    [
      'facts of a shift, a month ago',
      () => [
        readLineFacts(database.read, line, { startMs: nowMs - 29 * dayMs, endMs: nowMs - 28.67 * dayMs }),
      ],
    ],
    [
      'facts of a shift, at the other end',
      () => [
        readLineFacts(database.read, line, {
          startMs: nowMs - (days - 1) * dayMs,
          endMs: nowMs - (days - 1.33) * dayMs,
        }),
      ],
    ],
    ['minutes of a day', () => readCounts(database.read, 'minute', line, window(1))],
    ['hours of 30 days', () => readCounts(database.read, 'hour', line, window(30))],
    ['hours of all days', () => readCounts(database.read, 'hour', line, window(days))],
    ['shifts of all days', () => readCounts(database.read, 'shift', line, window(days))],
    ['scrap by reason, shifts of 30 days', () => readScraps(database.read, 'shift', line, window(30))],
    ['scrap by reason, shifts of all days', () => readScraps(database.read, 'shift', line, window(days))],
    ['results of finished shifts, all days', () => readShifts(database.read, line, nowMs - days * dayMs)],
  ]
  for (const [name, ask] of asked) {
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

try {
  await fill()
  await start('\nfirst start, every shift to be summed up')
  const log = logQueries()
  await start('later starts')
  console.log('\nstatements of that start and the boards of all lines, slowest first (worst of all calls):')
  const slowest = log.queries().sort((a, b) => b.worstMs - a.worstMs)
  for (const { sql, calls, worstMs, rows } of slowest.slice(0, 12)) {
    console.log(
      `  ${worstMs.toFixed(2).padStart(8)} ms  ${calls} calls, up to ${rows} rows: ${sql.slice(0, 90)}`,
    )
  }
  log.stop()
  console.log('\ncharts (median of 5):')
  charts()
} finally {
  dir.remove()
}
