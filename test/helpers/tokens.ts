/** Colour tokens of one theme, by name without the dashes; values in hex or "transparent". */
export function tokensOf(css: string, theme: 'dark' | 'light'): Record<string, string> {
  const start = css.indexOf(`[data-theme='${theme}']`)
  const block = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!.trim()]),
  )
}

/** Tokens that mean a status; nothing on a stale board may have one of their colours. */
const statusTokens = [
  'ok',
  'ok-fill',
  'warn',
  'warn-fill',
  'stop',
  'stop-fill',
  'stop-deep',
  'plan',
  'plan-fill',
]

/** The theme's status colours, as computed styles say them. */
export function statusColoursOf(css: string, theme: 'dark' | 'light'): string[] {
  const tokens = tokensOf(css, theme)
  const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`
  return statusTokens.map((token) => rgb(tokens[token]!))
}
