export type WindowChoice = {
  window: 'electron' | 'browser' | 'none'
  /** Why it is not the best one, for the person who started it; null when it is what was asked for. */
  sentence: string | null
}

/** Where the board appears. Root gets no window: browsers run as root only without their sandbox, which Lineside never turns off. */
export function chooseWindow(given: {
  headless: boolean
  serve: boolean
  isRoot: boolean
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
}): WindowChoice {
  if (given.headless) return { window: 'none', sentence: null }
  const hasDisplay =
    given.platform === 'win32' ||
    given.platform === 'darwin' ||
    Boolean(given.env.DISPLAY) ||
    Boolean(given.env.WAYLAND_DISPLAY)
  if (!hasDisplay) {
    return { window: 'none', sentence: 'There is no display here, so the board is served without a window.' }
  }
  if (given.isRoot) {
    return {
      window: 'none',
      sentence:
        'Running as root, so the board is served without a window: start it as another user to see one.',
    }
  }
  return { window: given.serve ? 'browser' : 'electron', sentence: null }
}
