import type { Translate } from '../i18n/words.ts'

const knownCategories = ['maintenance', 'quality', 'material', 'team_lead', 'safety'] as const

/** The usual kinds of calls in the page's language, others as the plant calls them. */
export function callName(category: string, t: Translate): string {
  const known = knownCategories.find((name) => name === category)
  return known ? t(`category.${known}`) : capital(category.replaceAll('_', ' '))
}

/** What is known of the answer to a call. */
export function answerWords(who: string | null, t: Translate): string {
  return who === null ? t('helpOnTheWay') : t('onTheWay', { who })
}

/** With a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
