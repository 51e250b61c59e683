import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, Menu, powerSaveBlocker, session } from 'electron'
import { boardUrl, declareAppProtocol, serveAppProtocol } from './app-protocol.ts'
import { superviseEngine } from './engine-supervisor.ts'
import { lockContents, lockSession } from './lock-down.ts'
import { log, surviveClosedOutput } from './log.ts'
import { drivePanelPower } from './panel-power.ts'
import { supervisePage } from './page-supervisor.ts'
import { brokerPorts } from './port-broker.ts'
import { placeProfile } from './profile.ts'
import { readStartOptions } from './start-options.ts'
import { openBoardWindow } from './window.ts'

// The kiosk: one full-screen window, one engine process, and the supervision of both. What the board shows and does is
// the page's and the engine's business.

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

let quitting = false

function startAgain(): void {
  app.relaunch()
  app.quit()
}

process.on('uncaughtException', (error) => {
  log('error', `The kiosk met an error: ${error.stack ?? error.message}`)
  if (process.uptime() > relaunchAfterS) app.relaunch()
  app.exit(1)
})

function openBoard(): void {
  Menu.setApplicationMenu(null)
  lockSession(session.defaultSession)
  serveAppProtocol(join(__dirname, '../renderer'))
  powerSaveBlocker.start('prevent-display-sleep')

  const window = openBoardWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    display: options.display,
    isQuitting: () => quitting,
  })
  const contents = window.webContents
  lockContents(contents)
  const engine = superviseEngine({
    entry: join(__dirname, 'engine.cjs'),
    args: options.engineArgs,
    onSpawn: () => ports.engineCame(),
    onGone: () => ports.engineWent(),
  })
  const ports = brokerPorts(contents, engine.attach)
  drivePanelPower(contents, process.env.LINESIDE_PANEL_COMMAND)
  const page = supervisePage({ contents, url: boardUrl, onHopeless: startAgain })

  app.on('second-instance', () => window.focus())
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (!quitting) log('warn', `A ${name ?? type} process is gone (${reason} ${exitCode}).`)
  })
  // SIGTERM, SIGINT and SIGHUP arrive here too: Chromium turns them into app.quit().
  let stopped = false
  app.on('before-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    if (quitting) return
    quitting = true
    page.stop()
    engine.stop().then(() => {
      stopped = true
      app.quit()
    })
  })

  engine.start()
  page.load()
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
