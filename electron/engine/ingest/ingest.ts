import { randomBytes } from 'node:crypto'
import type { HealthPart } from '../../../shared/contract/board.ts'
import type { KioskHealth } from '../../../shared/contract/kiosk.ts'
import type { HealthReport } from '../../../shared/contract/health.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { Plant } from '../../../shared/settings/plant.ts'
import type { StoreProblem } from '../model/store-error.ts'
import type { Recorder } from '../recorder.ts'
import { boardStatusTopic, kioskStatus, statusIntervalMs } from './board-status.ts'
import { createBrokerLink, type Publication } from './broker-link.ts'
import { createGroupCommit } from './group-commit.ts'
import { subscriptions } from './mapping/create-mapping.ts'
import { createSparkplug } from './sparkplug/create-sparkplug.ts'

/** Least time between two commits while messages keep coming, where the broker's window is ours. Milliseconds. */
const commitPaceMs = 10

export type IngestOptions = {
  plant: Plant
  recorder: Recorder
  now: () => number
  /** Broker password, already read from its environment variable or file. */
  password: string | undefined
  /** Of the product, for the board's status topic. */
  version: string
  /** Of the audit trail: kept at the broker, an edit of the store cannot reach it. */
  auditHead: () => string
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The connection to the plant's broker. A broker that is away or refuses is a state, never an error thrown. */
export type Ingest = {
  start: () => void
  /** Stores what has come, acknowledges it and disconnects. Idempotent. */
  stop: () => Promise<void>
  broker: () => HealthPart['broker']
  /** Of the plain connection and of the Sparkplug host apart. */
  health: () => Pick<HealthReport, 'broker' | 'sparkplug' | 'queued'>
  /** Since when a Sparkplug source that the line's numbers are made of is gone; null: none is. */
  lostSince: (lineId: string) => EpochMs | null
  /** One sentence while storing fails; nothing is acknowledged meanwhile. */
  storeProblem: () => StoreProblem | null
  /** How the kiosk around this engine is; published with the board's status. */
  noteKiosk: (health: KioskHealth) => void
  /** What it said last; null: there is no kiosk, or it has said nothing yet. */
  kiosk: () => KioskHealth | null
  /** False: there is no connection, or too much waits for it already. */
  publish: (publication: Publication) => boolean
  /** Called when `broker` or `storeProblem` change. Returns the unsubscribe function. */
  onChange: (listener: () => void) => () => void
}

const clientIdMemo = 'mqtt-client-id'
const filtersMemo = 'mqtt-filters'

export function createIngest(options: IngestOptions): Ingest {
  const { plant, recorder, now, log } = options
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  let problem: StoreProblem | null = null
  let stopping: Promise<void> | null = null

  const commit = createGroupCommit({
    record: (batch) => recorder.record(batch),
    sync: recorder.synced,
    paceMs: () => (link.version() === 5 ? commitPaceMs : 0),
    stream: () => link.stream(),
    onProblem: (next) => {
      if (next?.text === problem?.text) return
      problem = next
      if (next === null) log('info', 'Storing works again')
      else log('error', next.text)
      publishStatus()
      changed()
    },
  })

  const clientId = plant.broker.clientId ?? ownClientId(recorder)
  const startedMs = now()
  const status = plant.broker.status ? boardStatusTopic(plant.broker.prefix, clientId, now) : null
  let statusTimer: NodeJS.Timeout | null = null
  let kiosk: KioskHealth | null = null

  function publishStatus(): void {
    const { stored, duplicates, rejected } = recorder.counters()
    const published = status?.online({
      version: options.version,
      uptime_s: Math.round((now() - startedMs) / 1000),
      lines: plant.lines.map((line) => line.id),
      mqtt: link.grants()?.mqtt ?? null,
      stored,
      duplicates,
      rejected,
      queued: commit.queued(),
      store_problem: problem?.text ?? null,
      audit_head: options.auditHead(),
      kiosk: kioskStatus(kiosk),
      lost_lines: plant.lines.flatMap(({ id }) => (sparkplug?.lostSince(id) != null ? [id] : [])),
    })
    if (published) link.publish(published)
  }

  const filters = subscriptions(plant)
  const link = createBrokerLink({
    broker: plant.broker,
    password: options.password,
    clientId,
    session: 'kept',
    filters,
    reads: `${plant.broker.prefix}/...`,
    will: () => status?.will() ?? null,
    farewell: () => status?.offline() ?? null,
    oldFilters: JSON.parse(recorder.memo.get(filtersMemo) ?? '[]') as string[],
    now,
    onMessage: (message, from, next) => {
      commit.push(message, from)
      pace(next)
    },
    onNewSession: () => aside(() => recorder.forgetInFlight()),
    onSubscribed: () => aside(() => recorder.memo.set(filtersMemo, JSON.stringify(filters))),
    onReady: publishStatus,
    onLost: () => {},
    onChange: changed,
    log,
  })

  function pace(next: () => void): void {
    if (commit.isFull()) commit.whenRoom(next)
    else next()
  }

  const sparkplug = createSparkplug({
    plant,
    password: options.password,
    clientId,
    recorder,
    now,
    push: (message) => commit.push(message, null),
    pace,
    onChange: changed,
    aside,
    log,
  })

  /** Book-keeping that may wait while the store refuses. */
  function aside(work: () => void): void {
    try {
      work()
    } catch (error) {
      log('warn', `The store refused a note: ${String(error)}`)
    }
  }

  return {
    start: () => {
      if (stopping) return
      link.start()
      sparkplug?.start()
      statusTimer ??= setInterval(publishStatus, statusIntervalMs)
    },
    stop: () =>
      (stopping ??= (async () => {
        if (statusTimer) clearInterval(statusTimer)
        await sparkplug?.stop()
        await commit.flushAll()
        commit.close()
        await link.stop()
      })()),
    // The worse of the two connections.
    broker: () => {
      const plain = link.state()
      const other = plain.state === 'connected' ? sparkplug?.broker() : undefined
      return other && other.state !== 'connected' ? other : plain
    },
    health: () => ({
      broker: link.state(),
      sparkplug: sparkplug && {
        broker: sparkplug.broker(),
        ...sparkplug.sources(),
        counters: { ...sparkplug.counters() },
      },
      queued: commit.queued(),
    }),
    lostSince: (lineId) => sparkplug?.lostSince(lineId) ?? null,
    storeProblem: () => problem,
    noteKiosk: (health) => {
      const events = ({ parts, trouble }: KioskHealth) => JSON.stringify([parts, trouble])
      const isNews = kiosk === null || events(kiosk) !== events(health)
      kiosk = health
      if (isNews) publishStatus()
    },
    kiosk: () => kiosk,
    publish: link.publish,
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** A client id of this store, made once: the broker keeps messages for it while the board is away. */
function ownClientId(recorder: Recorder): string {
  const known = recorder.memo.get(clientIdMemo)
  if (known !== null) return known
  const made = `lineside-${randomBytes(6).toString('hex')}`
  recorder.memo.set(clientIdMemo, made)
  return made
}
