import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, Menu, powerSaveBlocker, session } from 'electron'
import { declareAppProtocol, serveAppProtocol, wordsUrl } from './app-protocol.ts'
import { keepCrashDumps } from './crash-dumps.ts'
import { rememberDevice } from './device-memory.ts'
import { superviseEngine } from './engine-supervisor.ts'
import { chooseGraphics } from './graphics.ts'
import { keepHealth } from './kiosk-health.ts'
import { openKioskWindows } from './kiosk-windows.ts'
import { lockSession } from './lock-down.ts'
import { keepLog, log, surviveClosedOutput } from './log.ts'
import { watchMemory } from './memory-watch.ts'
import { placeProfile } from './profile.ts'
import { readStartOptions } from './start-options.ts'
import { superviseTrial } from './update/trial.ts'
import { watchdog } from './watchdog.ts'
import { wordsPage } from './words-page.ts'

// The kiosk: the board in a full-screen window (and the touch pages in a second one), one engine process, and the supervision of all. What the board shows and does is
// the page's and the engine's business.

/** Asks the service manager for a new start (EX_TEMPFAIL). */
const exitForRestart = 75
/** An error of main later than this is answered by a new start, an earlier one by the exit that systemd sees. */
const relaunchAfterS = 10

surviveClosedOutput()
const options = readStartOptions(process.argv.slice(1), {
  env: process.env,
  platform: process.platform,
  home: homedir(),
})
const profile = placeProfile(options.dataDir)
app.setPath('userData', profile.dir)
if (profile.problem) log('error', profile.problem)
const logFolder = join(options.dataDir, 'logs')
let exitCode = 0

keepLog(logFolder)
const dumps = keepCrashDumps()
const graphics = chooseGraphics(profile.dir, startAgain)

let quitting = false

/** By whoever started this process and watches it, since systemd would end what this process starts; else by itself. */
const isWatched = Boolean(process.env.NOTIFY_SOCKET ?? process.env.LINESIDE_INSTALL)

function startAgain(): void {
  if (isWatched) exitCode = exitForRestart
  else app.relaunch()
  app.quit()
}

process.on('uncaughtException', (error) => {
  log('error', `The kiosk met an error: ${error.stack ?? error.message}`)
  if (process.uptime() > relaunchAfterS && !isWatched) app.relaunch()
  app.exit(1)
})

function openBoard(): void {
  Menu.setApplicationMenu(null)
  lockSession(session.defaultSession)
  const device = rememberDevice(profile.dir, app.getLocale())
  let troubleSinceMs = 0
  let engineTrouble: string | null = null
  let engineIsReady = false
  serveAppProtocol(
    join(__dirname, '../renderer'),
    {
      [wordsUrl]: () =>
        wordsPage(
          device.now().language,
          {
            isEngine: engineTrouble !== null,
            reason: engineTrouble ?? windows.board.page.trouble(),
            sinceMs: troubleSinceMs,
          },
          logFolder,
        ),
    },
    () => device.now().language,
  )
  powerSaveBlocker.start('prevent-display-sleep')

  const health = keepHealth((state) => engine.tell({ type: 'kiosk', health: state }))
  const engine = superviseEngine({
    entry: join(__dirname, 'engine.cjs'),
    args: options.engineArgs,
    onSpawn: () => windows.all().forEach(({ ports }) => ports.engineCame()),
    onGone: (reason) => {
      engineIsReady = false
      health.restarted('engine', reason)
      windows.all().forEach(({ ports }) => ports.engineWent())
    },
    onReport: (report) => {
      if (report.type === 'leave') leave(report.by)
      if (report.type !== 'ready') return
      engineIsReady = true
      device.learn(report.device)
      windows.arrange()
      engine.tell({ type: 'kiosk', health: health.now() })
    },
    onTrouble: (reason) => {
      engineTrouble = reason
      explain(reason)
    },
  })
  const explain = (reason: string | null) => windows.all().forEach(({ page }) => page.explain(reason))
  const windows = openKioskWindows(
    () => ({
      output: options.output ?? device.now().output,
      touchOutput: options.touchOutput ?? device.now().touchOutput,
    }),
    {
      attach: engine.attach,
      reports: join(options.dataDir, 'reports'),
      onFailure: (reason) => {
        health.restarted('page', reason)
        dumps.sweepSoon()
      },
      onTrouble: () => {
        const trouble = windows.board.page.trouble()
        if (trouble !== null && troubleSinceMs === 0) troubleSinceMs = Date.now()
        if (trouble === null) troubleSinceMs = 0
        health.trouble(trouble)
      },
      onBlank: () => graphics.fault('blank'),
      onHopeless: startAgain,
      isQuitting: () => quitting,
    },
    ({ page }) => engineTrouble !== null && page.explain(engineTrouble),
  )
  const memory = watchMemory(
    {
      pagePids: () => windows.all().map(({ contents }) => contents.getOSProcessId()),
      enginePid: engine.pid,
    },
    (part, megabytes, pid) => {
      const reason = `it holds ${megabytes} MB (memory)`
      if (part === 'engine') engine.restart(reason)
      else if (part === 'main') startAgain()
      else
        windows
          .all()
          .find(({ contents }) => contents.getOSProcessId() === pid)
          ?.page.fail(reason)
    },
  )
  const trial = superviseTrial({
    root: process.env.LINESIDE_INSTALL,
    isWell: () => engineIsReady && windows.board.page.trouble() === null && windows.board.page.hasContent(),
    isInTrouble: () => windows.board.page.trouble() !== null,
    onFailed: startAgain,
  })
  const systemd = watchdog(process.env, windows.board.page.answers)

  function leave(by: string): void {
    log('info', `${by} ends the board.`)
    app.quit()
  }

  // Electron lets a page close its window past the window's own `close`; the default answer would be the end of the board.
  windows.board.contents.on('destroyed', () => {
    if (quitting) return
    log('error', 'The window is gone: the board starts again.')
    startAgain()
  })
  app.on('window-all-closed', () => {})
  app.on('second-instance', windows.board.focus)
  app.on('child-process-gone', (_event, { type, name, reason, exitCode: code }) => {
    if (quitting) return
    log('warn', `A ${name ?? type} process is gone (${reason} ${code}).`)
    dumps.sweepSoon()
    if (type !== 'GPU') return
    health.restarted('graphics', `${reason} ${code}`)
    if (reason !== 'killed' && reason !== 'clean-exit') graphics.fault(`${reason} ${code}`)
  })
  // SIGTERM, SIGINT and SIGHUP arrive here too: Chromium turns them into app.quit().
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    if (quitting) return
    quitting = true
    for (const part of [windows, memory, trial, health, systemd]) part.stop()
    engine.stop().then(() => {
      stopped = true
      // Later, also when there is no engine to wait for: the event that is refused here would undo an order given within it.
      setImmediate(() => (exitCode === 0 ? app.quit() : app.exit(exitCode)))
    })
  })

  engine.start()
  systemd.ready()
}

if (app.requestSingleInstanceLock()) {
  // With --no-sandbox (root in a test rig) this call would make every child process die.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  // Without it, six crashes of the GPU process end the main process.
  app.commandLine.appendSwitch('disable-gpu-process-crash-limit')
  app.commandLine.appendSwitch('disable-pinch')
  app.commandLine.appendSwitch('overscroll-history-navigation', '0')
  declareAppProtocol()
  app.on('quit', profile.discard)
  app.whenReady().then(openBoard)
} else {
  log('info', `A board already shows the data in ${options.dataDir}. This one ends.`)
  app.exit(0)
}
