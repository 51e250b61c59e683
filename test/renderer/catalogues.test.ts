import { describe, expect, test } from 'vitest'
import { ar } from '../../renderer/i18n/ar.ts'
import { de } from '../../renderer/i18n/de.ts'
import { en } from '../../renderer/i18n/en.ts'
import { es } from '../../renderer/i18n/es.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { fr } from '../../renderer/i18n/fr.ts'
import { pl } from '../../renderer/i18n/pl.ts'
import { pseudo, pseudoMessage } from '../../renderer/i18n/pseudo.ts'
import { ptBr } from '../../renderer/i18n/pt-br.ts'
import type { Catalogue, PageLanguage } from '../../renderer/i18n/words.ts'
import { loadWords, wordsOf } from '../../renderer/i18n/words.ts'
import { zhCn } from '../../renderer/i18n/zh-cn.ts'
import { languageOf, languages } from '../../shared/settings/languages.ts'

const catalogues: Record<PageLanguage, Catalogue> = {
  en,
  de,
  es,
  fr,
  pl,
  'pt-BR': ptBr,
  'zh-CN': zhCn,
  ar,
  'en-XA': pseudo,
}

type Message = { key: string; text: string }

function messagesOf(part: object, path = ''): Message[] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ key: path + key, text: value }] : messagesOf(value, `${path}${key}.`),
  )
}

/** Names of a message's arguments; plural branches start with a word before the brace, arguments do not. */
function argumentsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?=[},])/g)].map(([, name]) => name!))].sort()
}

const english = messagesOf(en)
/** The same word in English and in another language, for good reason. */
const sameWord =
  /^(time\..*|.*[oO]ee.*|live|demo|broker|point|reason|target|mean|best|ok|touch\.(ok|no|pin|demoPin|fromTo|groups\.team)|state\.(break|maintenance)|category\.(material|maintenance)|hour\.(plan|total|hour)|screen\.(keys|oee)|performance|shifts|targetIs|loss\.changeover|explain\.(start|source)|pace\..*|kpi\.use\.kpi|health\.(broker|groups\.sparkplug))$/

describe.each(Object.entries(catalogues))('%s', (language, catalogue) => {
  const messages = messagesOf(catalogue)

  test('has every key of English, with the same arguments', () => {
    expect(messages.map(({ key }) => key).sort()).toEqual(english.map(({ key }) => key).sort())
    const faults = messages.filter(({ key, text }) => {
      const wanted = argumentsOf(english.find((message) => message.key === key)!.text)
      return argumentsOf(text).join() !== wanted.join()
    })
    expect(faults).toEqual([])
  })

  test('every message can be formatted, for every count', () => {
    const errors: string[] = []
    const { t } = wordsOf(language as PageLanguage, catalogue, (error) => errors.push(error.message))
    const format = t as (key: string, values: Record<string, unknown>) => string
    for (const { key, text } of messages) {
      const names = argumentsOf(text)
      for (const count of [0, 1, 2, 3, 5, 11, 22, 100]) {
        const values = Object.fromEntries(
          names.map((name) => [
            name,
            new RegExp(`\\{${name}, (number|plural)`).test(text) ? count : `<${name}>`,
          ]),
        )
        const said = format(key, values)
        expect(said, key).not.toMatch(/[{}]|undefined|\bplural\b/)
        if (names.length === 0) break
      }
    }
    expect(errors).toEqual([])
  })

  test('plurals name every category of the language', () => {
    const tag = language === 'en-XA' ? 'en' : language
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
    for (const { key, text } of messages.filter((message) => message.text.includes(', plural,'))) {
      const branches = [...text.matchAll(/\b(zero|one|two|few|many|other) \{/g)].map(([, name]) => name)
      expect([...branches].sort(), key).toEqual([...categories].sort())
    }
  })

  test('has no character that the fonts lack or that ICU would swallow', () => {
    const faults = messages.filter(({ text }) => /[\u202f\u2192\u00a0\u0394]|'|^\s|\s$| {2}/.test(text))
    expect(faults).toEqual([])
  })

  test('state words are short enough to be read across the hall', () => {
    const long = Object.values(catalogue.state).filter(
      (word) => word.length > (language === 'en-XA' ? 18 : 13),
    )
    expect(long).toEqual([])
  })
})

test.each(Object.entries(catalogues).filter(([language]) => language !== 'en'))(
  '%s leaves nothing in English',
  (_language, catalogue) => {
    const left = messagesOf(catalogue).filter(
      ({ key, text }) =>
        /[a-z]{3}/i.test(text.replace(/\{[^}]*\}/g, '')) &&
        text === english.find((message) => message.key === key)!.text &&
        !sameWord.test(key),
    )
    expect(left).toEqual([])
  },
)

test('pseudo text is longer, accented, and keeps its arguments', () => {
  expect(pseudoMessage('Made')).toMatch(/^M[áďé]+$/)
  expect(pseudoMessage('Plan at {time}')).toContain('{time}')
  const plural = pseudoMessage('{count, plural, one {# shift} other {# shifts}}')
  expect(plural).toMatch(/^\{count, plural, one \{# [^a-z]*h[^}]*\} other \{# [^}]*\}\}$/)
  const long = pseudoMessage('Rotation stops during the changeover')
  expect(long.length).toBeGreaterThan(36 * 1.2)
})

test('a locale finds its language, and one without a catalogue English', () => {
  expect(['de-AT', 'pt', 'pt-PT', 'zh-Hans-CN', 'EN-us', 'sv', 'ar-EG'].map(languageOf)).toEqual([
    'de',
    'pt-BR',
    'pt-BR',
    'zh-CN',
    'en',
    'en',
    'ar',
  ])
})

test('every language loads by itself', async () => {
  for (const language of languages) {
    const words = await loadWords(language)
    expect([words.language, words.t('state.running')]).toEqual([language, catalogues[language].state.running])
    expect(words.dir).toBe(language === 'ar' ? 'rtl' : 'ltr')
  }
})

test('numbers are the plant’s, names of days the language’s, digits Latin unless asked for', async () => {
  const [polish, arabic] = [await loadWords('pl'), await loadWords('ar')]
  const format = createFormat('en-GB', 'Europe/Warsaw', polish)
  expect(format.percent(0.729)).toBe('72.9')
  expect(format.weekday(0)).toBe('czw.')
  expect(createFormat('pl-PL', 'Europe/Warsaw', polish).percent(0.729)).toBe('72,9')
  expect(format.span(7_800_000)).toBe('2 h 10 min')
  const rtl = createFormat('ar', 'Asia/Riyadh', arabic)
  expect(rtl.signed(-1234)).toBe('\u2066\u22121\u2009234\u2069')
  expect(rtl.clock(0)).toBe('03:00')
  expect(rtl.timer(3_840_000)).toEqual({ text: '1:04', unit: 'س' })
  expect(createFormat('ar-EG-u-nu-arab', 'Africa/Cairo', arabic).percent(0.729)).toContain('٧٢')
})
