/** What a remote, a keyboard, a presenter's clicker or a gamepad may say to the board. */
export type ClickerAction = 'next' | 'previous' | 'home' | 'pause'

/** Keys as remotes, keyboards and presenters' clickers send them. */
const keys: Readonly<Record<string, ClickerAction>> = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  PageDown: 'next',
  ' ': 'next',
  MediaTrackNext: 'next',
  ChannelUp: 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  PageUp: 'previous',
  Backspace: 'previous',
  MediaTrackPrevious: 'previous',
  ChannelDown: 'previous',
  Home: 'home',
  BrowserHome: 'home',
  Escape: 'home',
  '.': 'pause',
  b: 'pause',
  p: 'pause',
  Pause: 'pause',
  MediaPlayPause: 'pause',
}

/** Buttons of the standard gamepad: shoulders and pad turn, A goes on, B and Home go home, Start pauses. */
const buttons: Readonly<Record<number, ClickerAction>> = {
  0: 'next',
  1: 'home',
  4: 'previous',
  5: 'next',
  9: 'pause',
  14: 'previous',
  15: 'next',
  16: 'home',
}

/** How often a connected gamepad is asked. Milliseconds. */
export const gamepadAskMs = 100

/** The action of a key; null: none, or it belongs to a field or comes with a modifier. */
export function keyAction(event: {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  repeat: boolean
  typing: boolean
}): ClickerAction | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.typing) return null
  return keys[event.key] ?? null
}

/** Actions of the buttons that went down between two looks. */
export function pressedActions(before: readonly boolean[], now: readonly boolean[]): ClickerAction[] {
  return now.flatMap((down, index) => {
    const action = buttons[index]
    return down && !before[index] && action ? [action] : []
  })
}

/** Listens until the returned function is called. A gamepad is asked only while one is connected. */
export function listenToClicker(target: Window, onAction: (action: ClickerAction) => void): () => void {
  const pressed = new Map<number, boolean[]>()
  let timer: ReturnType<typeof setInterval> | undefined
  const onKey = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, button')
    const action = keyAction({
      key: event.key,
      ctrlKey: event.ctrlKey,
      altKey: event.altKey,
      metaKey: event.metaKey,
      repeat: event.repeat,
      typing: typing !== false && typing !== null,
    })
    if (!action) return
    event.preventDefault()
    onAction(action)
  }
  const ask = () => {
    const pads = target.navigator.getGamepads().filter((pad) => pad !== null)
    if (pads.length === 0) {
      clearInterval(timer)
      timer = undefined
    }
    for (const pad of pads) {
      const now = pad.buttons.map((button) => button.pressed)
      pressedActions(pressed.get(pad.index) ?? now, now).forEach(onAction)
      pressed.set(pad.index, now)
    }
  }
  const onPad = () => {
    timer ??= setInterval(ask, gamepadAskMs)
  }
  target.addEventListener('keydown', onKey)
  target.addEventListener('gamepadconnected', onPad)
  return () => {
    clearInterval(timer)
    target.removeEventListener('keydown', onKey)
    target.removeEventListener('gamepadconnected', onPad)
  }
}
