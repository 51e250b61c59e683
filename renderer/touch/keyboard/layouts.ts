import type { KeyboardOptions } from 'simple-keyboard'
import type { PageLanguage } from '../../i18n/words.ts'

type Layout = Pick<KeyboardOptions, 'layout' | 'layoutCandidates'>
type LayoutModule = { default: Layout }

const layouts: Record<PageLanguage, () => Promise<LayoutModule>> = {
  en: () => import('simple-keyboard-layouts/build/layouts/english.js'),
  'en-XA': () => import('simple-keyboard-layouts/build/layouts/english.js'),
  de: () => import('simple-keyboard-layouts/build/layouts/german.js'),
  es: () => import('simple-keyboard-layouts/build/layouts/spanish.js'),
  fr: () => import('simple-keyboard-layouts/build/layouts/french.js'),
  pl: () => import('simple-keyboard-layouts/build/layouts/polish.js'),
  'pt-BR': () => import('simple-keyboard-layouts/build/layouts/brazilian.js'),
  'zh-CN': () => import('simple-keyboard-layouts/build/layouts/chinese.js'),
  ar: () => import('simple-keyboard-layouts/build/layouts/arabic.js'),
}

/** Keys of an office keyboard that a text field has no use for. */
const useless = ['{tab}', '{lock}', '.com']

/** The language's own keys, with a key that puts the keyboard away. */
export async function loadLayout(language: PageLanguage): Promise<Layout> {
  const { default: found } = await layouts[language]()
  const rows = Object.entries(found.layout ?? {}).map(([name, lines]) => [
    name,
    lines.map((line, index) => {
      const keys = line.split(' ').filter((key) => !useless.includes(key))
      return (index === lines.length - 1 ? [...keys, '{close}'] : keys).join(' ')
    }),
  ])
  return {
    layout: Object.fromEntries(rows) as NonNullable<Layout['layout']>,
    layoutCandidates: found.layoutCandidates,
  }
}

/** Digits in the order of a telephone, as on the PIN pad. `default` and `shift` are what the library asks for. */
export const numberLayout: Layout = {
  layout: {
    default: ['1 2 3', '4 5 6', '7 8 9', '- 0 .', '{bksp} {close}'],
  },
}

/** Accents that some keyboards type by themselves, as the mark that joins the letter before it. */
const marks: Readonly<Record<string, string>> = {
  '\u00b4': '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '\u00a8': '\u0308',
}

/** A letter and the accent typed after it are one character: "a~" is "ã". */
export function joinAccents(text: string): string {
  const joined = text.replace(/(\p{L})([\u00b4`^~\u00a8])/gu, (both, letter: string, accent: string) => {
    const one = (letter + marks[accent]).normalize('NFC')
    return [...one].length === 1 ? one : both
  })
  return joined.normalize('NFC')
}
