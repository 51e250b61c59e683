import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, Menu, powerSaveBlocker, session } from 'electron'
import { boardUrl, declareAppProtocol, serveAppProtocol, wordsUrl } from './app-protocol.ts'
import { keepCrashDumps } from './crash-dumps.ts'
import { superviseEngine } from './engine-supervisor.ts'
import { chooseGraphics } from './graphics.ts'
import { keepHealth } from './kiosk-health.ts'
import { lockContents, lockSession } from './lock-down.ts'
import { keepLog, log, surviveClosedOutput } from './log.ts'
import { watchMemory } from './memory-watch.ts'
import { drivePanelPower } from './panel-power.ts'
import { supervisePage } from './page-supervisor.ts'
import { probePixels } from './pixel-probe.ts'
import { brokerPorts } from './port-broker.ts'
import { placeProfile } from './profile.ts'
import { readStartOptions } from './start-options.ts'
import { watchdog } from './watchdog.ts'
import { openBoardWindow } from './window.ts'
import { wordsPage } from './words-page.ts'

// The kiosk: one full-screen window, one engine process, and the supervision of both. What the board shows and does is
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

/** By the service manager where one watches, since it would end what this process starts; else by itself. */
function startAgain(): void {
  if (process.env.NOTIFY_SOCKET) exitCode = exitForRestart
  else app.relaunch()
  app.quit()
}

process.on('uncaughtException', (error) => {
  log('error', `The kiosk met an error: ${error.stack ?? error.message}`)
  if (process.uptime() > relaunchAfterS && !process.env.NOTIFY_SOCKET) app.relaunch()
  app.exit(1)
})

function openBoard(): void {
  Menu.setApplicationMenu(null)
  lockSession(session.defaultSession)
  let troubleSinceMs = 0
  serveAppProtocol(join(__dirname, '../renderer'), {
    [wordsUrl]: () =>
      wordsPage({ sentence: page.trouble() ?? 'It is coming back.', sinceMs: troubleSinceMs }, logFolder),
  })
  powerSaveBlocker.start('prevent-display-sleep')

  const window = openBoardWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    display: options.display,
    isQuitting: () => quitting,
  })
  const contents = window.webContents
  lockContents(contents)
  const health = keepHealth((state) => engine.tell({ type: 'kiosk', health: state }))
  const engine = superviseEngine({
    entry: join(__dirname, 'engine.cjs'),
    args: options.engineArgs,
    onSpawn: () => ports.engineCame(),
    onGone: (reason) => {
      health.restarted('engine', reason)
      ports.engineWent()
    },
    onReport: (report) => {
      if (report.type === 'ready') engine.tell({ type: 'kiosk', health: health.now() })
    },
    onTrouble: (sentence) => page.explain(sentence === null ? null : `The engine does not run: ${sentence}`),
  })
  const ports = brokerPorts(contents, engine.attach)
  const panel = drivePanelPower(contents, process.env.LINESIDE_PANEL_COMMAND)
  const page = supervisePage({
    contents,
    boardUrl,
    wordsUrl,
    onFailure: (reason) => {
      health.restarted('page', reason)
      dumps.sweepSoon()
    },
    onTrouble: () => {
      const trouble = page.trouble()
      if (trouble !== null && troubleSinceMs === 0) troubleSinceMs = Date.now()
      if (trouble === null) troubleSinceMs = 0
      health.trouble(trouble)
    },
    onHopeless: startAgain,
  })
  const pixels = probePixels({
    contents,
    isDark: () => panel.isOff() || !page.hasContent(),
    onBlank: () => {
      page.fail('it is blank')
      graphics.fault('blank')
    },
  })
  const memory = watchMemory(
    { pagePid: () => contents.getOSProcessId(), enginePid: engine.pid },
    (part, megabytes) => {
      const reason = `it holds ${megabytes} MB (memory)`
      if (part === 'engine') engine.restart(reason)
      else if (part === 'page') page.fail(reason)
      else startAgain()
    },
  )
  const systemd = watchdog(process.env, page.answers)

  // Electron lets a page close its window past the window's own `close`; the default answer would be the end of the board.
  app.on('window-all-closed', () => {
    if (quitting) return
    log('error', 'The window is gone: the board starts again.')
    startAgain()
  })
  app.on('second-instance', () => window.focus())
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
    for (const part of [page, pixels, memory, health, systemd]) part.stop()
    engine.stop().then(() => {
      stopped = true
      if (exitCode === 0) app.quit()
      else app.exit(exitCode)
    })
  })

  engine.start()
  page.load()
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
