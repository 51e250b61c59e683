import type { Language } from '../../shared/settings/languages.ts'
import { builtInPage } from './built-in-page.ts'
import { mainWords } from './words.ts'

/** Why the board cannot be shown: `isEngine`, and the reason in the words of the log. */
export type Trouble = { isEngine: boolean; reason: string | null; sinceMs: number }

/** What stands in the board's place when it cannot be shown: what is wrong, since when, what happens now. */
export function wordsPage(language: Language, trouble: Trouble, logFolder: string): string {
  const words = mainWords[language]
  const since = new Date(trouble.sinceMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const what = trouble.reason === null ? words.comingBack : trouble.isEngine ? words.engine : ''
  return builtInPage(
    language,
    words.noBoard,
    `${words.since(since)} ${what}`.trim(),
    words.meanwhile,
    words.forAdmin,
    { detail: trouble.reason === null ? logFolder : `${trouble.reason} (${logFolder})` },
  )
}
