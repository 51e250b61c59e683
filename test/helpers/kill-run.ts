import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { openReadonly } from '../../db/open-database.ts'
import type { ReadDb } from '../../db/handles.ts'
import { readTallies } from '../../db/queries/line-state.ts'
import { compareWithRebuild } from '../../db/rebuild.ts'
import { recordingRules } from '../../electron/engine/model/line-setup.ts'
import { startMosquitto } from './mosquitto.ts'
import { seededRandom } from './random.ts'
import { testPlant } from './recording.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

export type KillRun = {
  kills: number
  published: { withId: number; withTime: number; pulses: number }
  stored: { withId: number; withTime: number; pulses: number }
  /** Ids and times published but not stored, and stored but not published. */
  missing: number
  unknown: number
  good: number
  /** Messages that came a second time and were known. */
  duplicates: number
  rebuildRows: number
  differences: string[]
  integrity: string
}

const childFile = join(import.meta.dirname, '../engine/kill-child.ts')
/** Messages of one burst and the time between two bursts: about 3,000 messages a second. */
const burst = 60
const burstMs = 20

/** Kills the real ingest `kills` times under load, starts it again each time, and looks what the store then holds. */
export async function killRun(options: { kills: number; seed: number }): Promise<KillRun> {
  const random = seededRandom(options.seed)
  const dir = makeTempDir('kill')
  const file = join(dir.path, 'lineside.db')
  const broker = await startMosquitto(dir.path)
  let child: ChildProcess | null = null
  let errors = ''
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(process.execPath, [childFile, file, broker.url], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    started.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)))
    let output = ''
    started.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await until('child connected', () => {
      if (started.exitCode !== null) throw new Error(`the child ended by itself: ${errors}`)
      return output.includes('connected')
    })
    return started
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.kill(signal)
    })
  }
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

  try {
    await start()
    const publisher = await connectAsync(broker.url, { reconnectPeriod: 0 })
    const ids = new Set<string>()
    const times = new Set<number>()
    let pulses = 0
    const baseMs = Date.now() - 3_600_000
    let n = 0
    let loading = true
    const acknowledged: Promise<unknown>[] = []
    const send = (body: string): void =>
      void acknowledged.push(publisher.publishAsync('lineside/v1/a/count', body, { qos: 1 }))
    const load = (async () => {
      while (loading) {
        for (let k = 0; k < burst; k++, n++) {
          if (n % 3 === 0) {
            ids.add(`m${n}`)
            send(`{"id":"m${n}","good":1}`)
          } else if (n % 3 === 1) {
            times.add(baseMs + n)
            send(`{"ts":${baseMs + n},"good":1}`)
          } else {
            pulses++
            send('{"good":1}')
          }
        }
        await pause(burstMs)
      }
    })()
    for (let kill = 0; kill < options.kills; kill++) {
      await pause(120 + random() * 700)
      await end('SIGKILL')
      await pause(random() * 300)
      await start()
    }
    loading = false
    await load
    await Promise.all(acknowledged)
    const total = ids.size + times.size + pulses
    await until('everything stored', () => withStore(file, storedCount) >= total, 60_000)
    // A message stored twice would come within this time.
    await pause(300)
    await end('SIGTERM')
    await publisher.endAsync()
    return withStore(file, (db) => inspect(db, options.kills, ids, times, pulses))
  } finally {
    await end('SIGKILL')
    await broker.stop()
    dir.remove()
  }
}

function withStore<T>(file: string, look: (db: ReadDb) => T): T {
  const store = openReadonly({ file })
  try {
    return look(store.read)
  } finally {
    store.close()
  }
}

const storedCount = (db: ReadDb): number => readTallies(db).get('stored') ?? 0

function inspect(db: ReadDb, kills: number, ids: Set<string>, times: Set<number>, pulses: number): KillRun {
  const storedIds = db
    .prepare<[], { id: string }>('SELECT id FROM message_id')
    .all()
    .map((row) => row.id)
  const storedTimes = db
    .prepare<[], { ts: number }>(`SELECT ts FROM reading WHERE body LIKE '{"ts"%'`)
    .all()
    .map((row) => row.ts)
  const count = (sql: string): number => db.prepare<[], { n: number }>(sql).get()?.n ?? -1
  const line = testPlant().lines[0]!
  const report = compareWithRebuild(db, line.id, recordingRules(line, 'Europe/Berlin'))
  const stored = [...storedIds.filter((id) => ids.has(id)), ...storedTimes.filter((ts) => times.has(ts))]
  return {
    kills,
    published: { withId: ids.size, withTime: times.size, pulses },
    stored: {
      withId: count(`SELECT count(*) AS n FROM reading WHERE body LIKE '{"id"%'`),
      withTime: storedTimes.length,
      pulses: count('SELECT count(*) AS n FROM reading WHERE hash < 0'),
    },
    missing: ids.size + times.size - new Set(stored).size,
    unknown: storedIds.length + storedTimes.length - stored.length,
    good: count(`SELECT sum(good) AS n FROM count_rollup WHERE level = 'minute'`),
    duplicates: readTallies(db).get('duplicates') ?? 0,
    rebuildRows: report.rows,
    differences: report.differences,
    integrity: String(db.pragma('integrity_check', { simple: true })),
  }
}
