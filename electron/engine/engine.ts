import type { HealthPart } from '../../shared/contract/board.ts'
import type { KioskHealth } from '../../shared/contract/kiosk.ts'
import type { Channel } from '../../shared/contract/protocol.ts'
import { shiftAt } from '../../shared/domain/calendar.ts'
import { localDateAt, minuteOf } from '../../shared/domain/local-time.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { fiscalYearStart, type Plant } from '../../shared/settings/plant.ts'
import { signalIntervals } from '../../shared/settings/signal-intervals.ts'
import { lockDataDir } from '../../db/data-dir.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { openStore, type OpenStore } from '../../db/open-store.ts'
import { auditHead } from '../../db/queries/audit.ts'
import { readPeople } from '../../db/queries/people.ts'
import { createBacklogMonitor } from './backlog-monitor.ts'
import { createBoards } from './boards.ts'
import { createCallPublisher } from './call-publisher.ts'
import { CallFailure } from './call-failure.ts'
import { createCommands } from './commands.ts'
import { createDailyBoard } from './daily-board.ts'
import { spendReserve } from './disk-watch.ts'
import { createFeed, refuse, type Feed } from './feed.ts'
import { createFreshnessMonitor } from './freshness-monitor.ts'
import { createGuard } from './guard.ts'
import { healthReport } from './health-report.ts'
import { createHuddleBook } from './huddle/huddle-book.ts'
import { createHuddles } from './huddle/create-huddles.ts'
import { createShiftReports } from './huddle/shift-reports.ts'
import { createHistory } from './history.ts'
import { createIngest } from './ingest/ingest.ts'
import { createNightlyLint } from './okr/nightly-lint.ts'
import { createOkrCommands } from './okr/okr-commands.ts'
import { addPerson } from './people.ts'
import { createKpiBook } from './kpis/kpi-book.ts'
import { createKpiCommands } from './kpis/kpi-commands.ts'
import { createLineKpis } from './kpis/line-kpis.ts'
import { seedKpis } from './kpis/save-kpi.ts'
import { openRecorder, type Recorder } from './recorder.ts'
import { createReportedValues } from './reported-values.ts'
import { createSelfTest } from './self-test.ts'
import { createStoreCare } from './store-care.ts'
import { createTeam, seedTeam } from './team.ts'
import { healthView } from './views/health.ts'
import { openCalls, type CallRules } from './views/open-calls.ts'
import { siteView } from './views/site.ts'

/** Time moves on the board at this pace. Milliseconds. */
export const tickMs = 1_000

export type EngineOptions = {
  plant: Plant
  /** Folder of the store; made when missing. */
  dataDir: string
  /** Not null: the board says "Demo", and somebody with this PIN may sign check-ins. */
  demo: { pin: string } | null
  version: string
  /** Epoch milliseconds; the system's clock by default. */
  now?: () => number
  /** Milliseconds of a clock that nobody sets; the system's by default, `now` where that is given. */
  steadyNow?: () => number
  /** Path of another better-sqlite3 binary. */
  nativeBinding?: string
  brokerPassword?: string
  /** Ends the kiosk around the engine for an admin; left out: there is none. */
  leave?: (by: string) => void
  /** Published worked examples for the self-test, as text (assets/published-examples.json). */
  examples?: string
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The product's process: reads the line, keeps the store, feeds the screens. */
export type Engine = {
  /**
   * Opens the store and starts everything. Fails with one sentence when the data directory is in use or the store cannot
   * be opened, never because a broker is missing.
   */
  start: () => Promise<void>
  /** Stores what has come and releases everything. Idempotent; an engine that was stopped stays stopped. */
  stop: () => Promise<void>
  /** Serves one more page. */
  attach: (channel: Channel) => void
  /** How the kiosk around the engine is, for the board's status topic. */
  noteKiosk: (health: KioskHealth) => void
  /** The one writer of the store. Throws while the engine does not run. */
  readonly recorder: Recorder
  /** Resolves when the results of all finished shifts are computed. */
  settled: () => Promise<void>
}

type Running = {
  recorder: Recorder
  feed: Feed
  settled: () => Promise<void>
  noteKiosk: (health: KioskHealth) => void
}
type Release = () => void | Promise<void>

export function createEngine(options: EngineOptions): Engine {
  const now = options.now ?? Date.now
  const releases: Release[] = []
  let running: Running | null = null
  let starting: Promise<void> | null = null
  let stopping: Promise<void> | null = null

  async function open(): Promise<void> {
    const lock = lockOnFullDisk()
    releases.push(lock.release)
    const { dataDir, nativeBinding } = options
    const store = openStore(dataDir, { nowMs: now(), nativeBinding })
    releases.push(store.database.close)
    await seed(store.database)
    if (stopping === null) running = run(store)
  }

  function lockOnFullDisk(): { release: () => void } {
    try {
      return lockDataDir(options.dataDir)
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC'
      if (!isFull || !spendReserve(options.dataDir)) throw error
      return lockDataDir(options.dataDir)
    }
  }

  async function seed(database: OpenDatabase): Promise<void> {
    if (seedTeam(database, options.plant.seed, now()))
      options.log('info', 'Took over the objectives of plant.yaml.')
    if (seedKpis(database, options.plant.seed, now()))
      options.log('info', 'Took over the KPIs of plant.yaml.')
    if (options.demo !== null && readPeople(database.read).length === 0) {
      await addPerson(database.write, { name: 'Demo', role: 'manager', pin: options.demo.pin }, now())
    }
  }

  function run(store: OpenStore): Running {
    const { plant, log } = options
    const { database } = store
    const startedMs = now()
    const steadyNow = options.steadyNow ?? options.now ?? (() => performance.now())
    const recorder = openRecorder({ database, plant, now, steadyNow, log })
    const lines = plant.lines.map((settings) => ({
      settings,
      rules: lineRules(settings, plant.site.timeZone),
      site: siteView(plant, settings, options.demo),
      intervals: signalIntervals(plant, settings.id),
    }))
    const ids = new Set(plant.lines.map((line) => line.id))
    const callRules = (lineId: string): CallRules =>
      plant.lines.find(({ id }) => id === lineId) ?? { calls: [] }
    const team = createTeam(database.read)
    const history = createHistory({
      database,
      lines: lines.map(({ settings, rules }) => ({ id: settings.id, rules })),
      onChange: (lineId) => changed(new Set([lineId])),
      log,
    })
    const kpiBook = createKpiBook(database.read)
    const values = createReportedValues(database.read)
    const kpis = createLineKpis({
      database,
      book: kpiBook,
      history: history.shifts,
      baselines: (id) => team.of(id).baselines,
      values,
    })
    const care = createStoreCare({
      dir: options.dataDir,
      store,
      plant,
      memo: recorder.memo,
      now,
      nativeBinding: options.nativeBinding,
      onChange: () => changed(null),
      log,
    })
    const ingest = createIngest({
      plant,
      recorder: { ...recorder, record: care.watched(recorder.record) },
      now,
      password: options.brokerPassword,
      version: options.version,
      auditHead: () => auditHead(database.read),
      log,
    })
    const lostSince = (lineId: string): number | null => {
      const times = [ingest.lostSince(lineId), recorder.withheldSince(lineId)].filter((time) => time !== null)
      return times.length === 0 ? null : Math.min(...times)
    }
    const nightly = createNightlyLint(database, plant.site.timeZone)
    const daily = createDailyBoard(database.read)
    const boards = createBoards({
      read: database.read,
      lines,
      now,
      model: recorder.model,
      shiftSums: recorder.shiftSums,
      history: history.shifts,
      values,
      isLost: (lineId) => lostSince(lineId) !== null,
      team: team.of,
      foundSince: nightly.foundSince,
      kpis,
      daily: daily.of,
      huddle: (view, keyResults) => huddles.part(view, keyResults),
      health: (): HealthPart => {
        const state = {
          broker: ingest.broker(),
          storeProblem: ingest.storeProblem()?.kind ?? null,
          storeNotice: care.notice(),
          catchingUp: backlog.state(),
        }
        return healthView(recorder, state, options.version)
      },
    })
    const huddleBook = createHuddleBook(database.read)
    const huddles = createHuddles({
      database,
      now,
      lines: lines.map(({ settings, rules }) => ({ id: settings.id, rules, huddle: settings.huddle })),
      book: huddleBook,
      kpiBook,
      reports: createShiftReports({ read: database.read, history: history.shifts, book: huddleBook }),
      view: boards.view,
      keyResults: boards.keyResults,
      changed: (lineId) => {
        huddleBook.changed(lineId)
        changed(new Set([lineId]))
      },
    })
    const selfTest = createSelfTest({
      read: database.read,
      now,
      version: options.version,
      examples: options.examples ?? null,
      model: recorder.model,
      view: boards.view,
    })
    const okr = createOkrCommands({
      database,
      now,
      hasLine: (lineId) => ids.has(lineId),
      keyResults: boards.openKeyResults,
      changed: (lineId) => {
        team.changed(lineId)
        // A gain that is locked in raises the target of its KPI.
        kpiBook.changed(lineId)
        changed(lineId === '' ? null : new Set([lineId]))
      },
    })
    const commands = createCommands({
      database,
      now,
      selfTest,
      hasLine: (lineId) => ids.has(lineId),
      recorder,
      stops: boards.stops,
      changeoverOpen: boards.changeoverOpen,
      health: () =>
        healthReport({
          dir: options.dataDir,
          version: options.version,
          startedMs,
          counters: recorder.counters(),
          ingest,
          catchingUp: backlog.state(),
          storeNotice: care.notice(),
          kiosk: ingest.kiosk(),
        }),
      leave: options.leave ?? null,
      callRules,
      today: () => localDateAt(plant.site.timeZone, now()),
      figures: (lineId) => plant.lines.find(({ id }) => id === lineId)?.figures ?? [],
      entered: (lineId) => {
        daily.changed(lineId)
        changed(new Set([lineId]))
      },
      shift: (lineId, atMs) => {
        const view = boards.view(lineId)
        if (view === null) return null
        return atMs === undefined ? view.moment.shift : shiftAt(view.rules.calendar, atMs)
      },
      okr,
      huddles: huddles.commands,
      kpis: createKpiCommands({
        database,
        now,
        hasLine: (lineId) => ids.has(lineId),
        book: kpiBook,
        okr,
        objectives: (lineId) => team.of(lineId).objectives,
        today: () => localDateAt(plant.site.timeZone, now()),
        fiscalYearStart: fiscalYearStart(plant),
        states: (lineId) => {
          const view = boards.view(lineId)
          return view === null ? [] : kpis.states(lineId, view)
        },
        changed: (lineId) => {
          kpiBook.changed(lineId)
          changed(new Set([lineId]))
        },
      }),
      log,
    })
    const defaultLineId = plant.display.line ?? plant.lines[0]?.id ?? ''
    const feed = createFeed({
      version: options.version,
      now,
      defaultLineId,
      commands,
      guard: createGuard({ database, settings: plant.people, now, log }),
      board: boards.board,
      numbers: boards.numbers,
      log,
    })
    const callPublisher = createCallPublisher({
      lineIds: [...ids],
      prefix: plant.broker.prefix,
      calls: (lineId) => openCalls(recorder.model(lineId).calls, callRules(lineId), now()),
      now,
      publish: ingest.publish,
      isConnected: () => ingest.broker().state === 'connected',
    })
    const backlog = createBacklogMonitor({
      lineIds: [...ids],
      model: recorder.model,
      stored: () => recorder.counters().stored,
    })
    const monitor = createFreshnessMonitor({
      lines: plant.lines,
      model: recorder.model,
      noteSilence: recorder.noteSilence,
      lostSince,
      noteLoss: recorder.noteLoss,
    })

    function changed(lineIds: ReadonlySet<string> | null): void {
      for (const lineId of lineIds ?? ids) boards.changed(lineId)
      feed.changed(lineIds)
    }

    /** Once a minute: red KPIs whose first response is late. */
    function escalate(nowMs: number): void {
      if (minuteOf(nowMs) === escalatedMinute) return
      escalatedMinute = minuteOf(nowMs)
      for (const lineId of ids) {
        const view = boards.view(lineId)
        if (view !== null && kpis.escalate(lineId, view)) changed(new Set([lineId]))
      }
    }

    let escalatedMinute = 0
    let lastProblem = ''
    function tick(): void {
      try {
        const nowMs = now()
        monitor.check(nowMs)
        backlog.look(nowMs)
        callPublisher.look()
        for (const lineId of ids) {
          history.refresh(lineId, nowMs)
          huddles.look(lineId, nowMs)
          nightly.look(lineId, nowMs, () => boards.findings(lineId))
        }
        escalate(nowMs)
        lastProblem = ''
      } catch (error) {
        const problem = String(error)
        if (problem !== lastProblem) log('error', `The board's clock met a problem: ${problem}`)
        lastProblem = problem
      }
      feed.tick()
    }

    const timer = setInterval(tick, tickMs)
    releases.push(
      recorder.onChange(changed),
      recorder.onChange(callPublisher.look),
      ingest.onChange(() => changed(null)),
    )
    releases.push(history.stop, feed.close, ingest.stop, care.stop, () => clearInterval(timer))
    tick()
    ingest.start()
    care.start()
    return { recorder, feed, settled: history.settled, noteKiosk: ingest.noteKiosk }
  }

  /** Newest first; one that fails does not keep the others. */
  async function release(): Promise<void> {
    running = null
    let failure: unknown = null
    for (let next = releases.pop(); next !== undefined; next = releases.pop()) {
      try {
        await next()
      } catch (error) {
        failure ??= error
      }
    }
    if (failure !== null) throw failure
  }

  async function stop(): Promise<void> {
    await starting?.catch(() => undefined)
    await release()
  }

  return {
    start() {
      if (stopping !== null) return Promise.reject(new Error('This engine was stopped: create a new one.'))
      starting ??= open().catch(async (error: unknown) => {
        await release().catch(() => undefined)
        throw error
      })
      return starting
    },
    stop: () => (stopping ??= stop()),
    attach(channel) {
      if (running !== null) running.feed.attach(channel)
      else refuse(channel, new CallFailure('closed', 'The engine is not running.'))
    },
    noteKiosk: (health) => running?.noteKiosk(health),
    get recorder() {
      if (running === null) throw new Error('The engine is not running: await start() first.')
      return running.recorder
    },
    settled: () => running?.settled() ?? Promise.resolve(),
  }
}
