import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import { until } from '../../helpers/until.ts'
import type { Bench, Load } from './drain.ts'
import { flood } from './flood.ts'
import { countMessages } from './load.ts'

/** Outside the project; kept between runs, since building it takes minutes. */
const peerDir = process.env.LINESIDE_PEER_DIR ?? join(tmpdir(), 'lineside-peer')
const packages = ['node-red@5.0.7', 'node-red-node-sqlite@1.1.1']
const startMs = 120_000
/** Without a new row for this long nothing more will come. Milliseconds. */
const stillMs = 10_000

export type PeerResult = { published: number; stored: number; perSecond: number }

/** Installs Node-RED with its SQLite node when it is not there. */
export function installPeer(): void {
  if (existsSync(join(peerDir, 'node_modules/node-red-node-sqlite'))) return
  mkdirSync(peerDir, { recursive: true })
  const args = ['install', '--prefix', peerDir, '--no-audit', '--no-fund', '--loglevel=error', ...packages]
  execFileSync('npm', args, { stdio: 'inherit' })
}

/** The flow that a user would draw: mqtt in -> function -> sqlite, one row a message. */
function flow(brokerPort: number, file: string): object[] {
  const tab = { id: 'tab', type: 'tab', label: 'Peer' }
  const broker = {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: String(brokerPort),
    clientid: 'node-red-peer',
    autoConnect: true,
    protocolVersion: '5',
    keepalive: '60',
    cleansession: false,
    sessionExpiry: '3600',
  }
  const input = {
    id: 'in',
    type: 'mqtt in',
    z: 'tab',
    topic: 'lineside/v1/+/count',
    qos: '1',
    datatype: 'json',
    broker: 'broker',
    inputs: 0,
    wires: [['fn']],
  }
  const code =
    'msg.params = { $ts: msg.payload.ts, $line: msg.topic.split("/")[2], $good: msg.payload.good, $scrap: msg.payload.scrap, $serial: msg.payload.serial }; return msg;'
  const build = { id: 'fn', type: 'function', z: 'tab', func: code, outputs: 1, wires: [['db']] }
  const store = { id: 'store', type: 'sqlitedb', db: file, mode: 'RWC' }
  const insert = {
    id: 'db',
    type: 'sqlite',
    z: 'tab',
    mydb: 'store',
    sqlquery: 'prepared',
    sql: 'INSERT OR IGNORE INTO sample VALUES ($ts, $line, $good, $scrap, $serial)',
    wires: [[]],
  }
  return [tab, broker, store, input, build, insert]
}

/** Publishes while the flow runs. `kill`: ends it once with -9 after a third and starts it again. */
export async function runPeer(bench: Bench, load: Load, kill: boolean): Promise<PeerResult> {
  const dir = join(bench.dir, `node-red-${kill}-${Date.now()}`)
  mkdirSync(dir)
  const file = join(dir, 'peer.db')
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.exec(
    'CREATE TABLE sample (ts INTEGER, line TEXT, good INTEGER, scrap INTEGER, serial TEXT, PRIMARY KEY (ts, line)) WITHOUT ROWID',
  )
  const stored = db.prepare('SELECT count(*) FROM sample').pluck()
  writeFileSync(join(dir, 'flows.json'), JSON.stringify(flow(bench.broker.port, file)))
  const nodes = JSON.stringify(join(peerDir, 'node_modules/node-red-node-sqlite'))
  writeFileSync(
    join(dir, 'settings.js'),
    `module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, httpNodeRoot: false, flowFile: 'flows.json', nodesDir: [${nodes}], credentialSecret: false }\n`,
  )
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    const started = spawn(process.execPath, [join(peerDir, 'node_modules/node-red/red.js'), '-u', dir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    let output = ''
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8_000)))
    }
    await until(
      'Node-RED connected',
      () => {
        if (started.exitCode !== null || !output.includes('Connected to broker')) throw new Error(output)
        return true
      },
      startMs,
    )
  }
  const end = async (): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.kill('SIGKILL')
    })
  }
  try {
    await start()
    const message = countMessages({ ...load, endMs: Date.now() })
    const beganMs = performance.now()
    const published = flood({ port: bench.broker.port, qos: load.qos, count: load.count, message })
    if (kill) {
      await until('a third stored', () => Number(stored.get()) > load.count / 3, startMs)
      await end()
      await start()
    }
    await published
    let count = Number(stored.get())
    let changedMs = performance.now()
    while (count < load.count && performance.now() - changedMs < stillMs) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const now = Number(stored.get())
      if (now === count) continue
      count = now
      changedMs = performance.now()
    }
    const perSecond = (count * 1000) / (changedMs - beganMs)
    return { published: load.count, stored: count, perSecond }
  } finally {
    await end()
    db.close()
  }
}
