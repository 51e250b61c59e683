// The kiosk's main script with an observer in it: `soak-kiosk.ts` asks it over a socket what no other process can see. No debugger
// is attached, since one keeps what it has seen and would be measured as growth of the board.
const net = require('node:net')
const v8 = require('node:v8')
const vm = require('node:vm')
const { app, BrowserWindow, utilityProcess } = require('electron')

v8.setFlagsFromString('--expose-gc')
const collect = vm.runInNewContext('gc')

/** The engine with the same observer in it. */
let engine = null
const fork = utilityProcess.fork
utilityProcess.fork = (entry, args, options) => {
  engine = fork(process.env.SOAK_ENGINE, args, { ...options, env: { ...process.env, SOAK_ENTRY: entry } })
  return engine
}

function engineHeap() {
  const asked = engine
  return new Promise((resolve) => {
    const limit = setTimeout(() => resolve(null), 5_000)
    const heard = (message) => {
      if (message?.type !== 'soak') return
      clearTimeout(limit)
      asked.off('message', heard)
      resolve(message.memory)
    }
    asked?.on('message', heard)
    asked?.postMessage({ type: 'soak' })
  })
}

const page = () => BrowserWindow.getAllWindows()[0]?.webContents

/** After collection: the heap in bytes, the page's elements, and its animation frames within one second. */
const pageScript = `(async () => {
  gc(); gc()
  const heap = performance.memory.usedJSHeapSize
  const endMs = performance.now() + 1000
  let frames = 0
  while (performance.now() < endMs) { await new Promise(requestAnimationFrame); frames++ }
  return { heap, elements: document.getElementsByTagName('*').length, frames }
})()`

const answers = {
  sample: async () => {
    const ofPage = await page().executeJavaScript(pageScript)
    const ofEngine = await engineHeap()
    collect()
    return { page: ofPage, engine: ofEngine, main: process.memoryUsage() }
  },
  pids: () => ({
    main: process.pid,
    renderer: page()?.getOSProcessId() ?? 0,
    engine: engine?.pid ?? 0,
    gpu: app.getAppMetrics().find((one) => one.type === 'GPU')?.pid ?? 0,
  }),
  /** What a visitor does: it changes the screen. */
  key: () => {
    page().sendInputEvent({ type: 'keyDown', keyCode: 'Right' })
    page().sendInputEvent({ type: 'keyUp', keyCode: 'Right' })
  },
  text: () => page().executeJavaScript('document.body.innerText'),
}

net
  .createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      Promise.resolve()
        .then(() => answers[String(chunk).trim()]())
        .then(
          (value) => socket.end(JSON.stringify({ value: value ?? null })),
          (error) => socket.end(JSON.stringify({ error: String(error) })),
        )
    })
  })
  .listen(process.env.SOAK_SOCKET)

require(process.env.SOAK_MAIN)
