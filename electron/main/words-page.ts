import { builtInPage } from './built-in-page.ts'

/** What stands in the board's place when it cannot be shown: what is wrong, since when, what happens now. */
export function wordsPage(trouble: { sentence: string; sinceMs: number }, logFolder: string): string {
  const since = new Date(trouble.sinceMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  return builtInPage(
    'No board at the moment',
    `Since ${since}: ${trouble.sentence}`,
    'It is tried again by itself; nothing has to be pressed. What the line sends meanwhile is stored, or waits at the broker.',
    `For whoever looks after this device: ${logFolder}`,
  )
}
