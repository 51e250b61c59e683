/** What waits for a frame is done this much later at the latest, also where the browser draws none. Milliseconds. */
const longestWaitMs = 100

let waiting: (() => void)[] = []
let asked = false
let timer: ReturnType<typeof setTimeout> | undefined

/** The browser prepares its next frame while the page works out what is to be drawn. */
export function askForFrame(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(() => {
    asked = false
    if (waiting.length > 0) requestIdleCallback(run, { timeout: longestWaitMs })
  })
}

/** Does `then` when the next frame is out and the page has nothing more urgent to do; at once on a page that nobody sees. */
export function afterFrame(then: () => void): void {
  // Its timers are held back for up to a minute, and no frame is drawn.
  if (document.hidden) return then()
  waiting.push(then)
  askForFrame()
  timer ??= setTimeout(run, longestWaitMs)
}

function run(): void {
  clearTimeout(timer)
  timer = undefined
  const due = waiting
  waiting = []
  for (const then of due) then()
}
