import type { Translate } from './words.ts'

/** Words one after the other with the comma of the page's language; what is empty is left out. */
export function listed(words: readonly (string | null | undefined)[], t: Translate): string {
  const said = words.filter((word) => word != null && word !== '') as string[]
  return said.reduce((first, second) => (first === '' ? second : t('pair', { first, second })), '')
}
