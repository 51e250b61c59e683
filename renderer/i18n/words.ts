import { createTranslator } from 'use-intl/core'
import type { Language } from '../../shared/settings/languages.ts'
import { en } from './en.ts'
import { isolatedArguments } from './isolate.ts'
import { numbersTag } from './numbers-tag.ts'
import { remembered } from './remembered.ts'

type SameKeys<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> }

/** What every language must bring: a missing or superfluous key does not compile. */
export type Catalogue = SameKeys<typeof en>

/** `t('planAt', { time })`: keys and arguments are checked against the English catalogue. */
export type Translate = ReturnType<typeof createTranslator<typeof en>>

/** en-XA is English in accented and longer letters: what stays plain on it is not translated, what breaks is too narrow. */
export type PageLanguage = Language | 'en-XA'

export type Words = { language: PageLanguage; dir: 'ltr' | 'rtl'; t: Translate }

const catalogues: Record<Exclude<PageLanguage, 'en'>, () => Promise<Catalogue>> = {
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  pl: async () => (await import('./pl.ts')).pl,
  'pt-BR': async () => (await import('./pt-br.ts')).ptBr,
  'zh-CN': async () => (await import('./zh-cn.ts')).zhCn,
  ar: async () => (await import('./ar.ts')).ar,
  'en-XA': async () => (await import('./pseudo.ts')).pseudo,
}

const loading = new Map<PageLanguage, Promise<Words>>()

/** The words of a language; loaded once. The words stay English when the catalogue cannot be loaded. */
export function loadWords(language: PageLanguage): Promise<Words> {
  let words = loading.get(language)
  if (!words) {
    words =
      language === 'en'
        ? Promise.resolve(english)
        : catalogues[language]().then(
            (catalogue) => wordsOf(language, catalogue),
            () => (loading.delete(language), english),
          )
    loading.set(language, words)
  }
  return words
}

/** A message that cannot be formatted is shown by its key; what is wrong stands in the console, and a test finds it. */
export function wordsOf(
  language: PageLanguage,
  catalogue: Catalogue,
  onError: (error: Error) => void = (error) => console.error(error.message),
): Words {
  const dir = language === 'ar' ? 'rtl' : 'ltr'
  const t = createTranslator({
    locale: numbersTag(language),
    messages: catalogue as typeof en,
    timeZone: 'UTC',
    onError,
  })
  const say = t as (key: string, values?: unknown) => string
  const placed = (values: unknown) => (dir === 'rtl' ? isolatedArguments(values) : values)
  const texts = remembered()
  const known = (key: string, values?: unknown) =>
    texts(values === undefined ? key : `${key} ${JSON.stringify(values)}`, () => say(key, placed(values)))
  return { language, dir, t: Object.assign(known, t) as Translate }
}

export const english = wordsOf('en', en)
