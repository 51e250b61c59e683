import { createContext, use, useContext, useEffect } from 'react'
import type { ReactNode } from 'react'
import { languageOf, languages } from '../../shared/settings/languages.ts'
import { english, loadWords } from './words.ts'
import type { PageLanguage, Words } from './words.ts'

const rememberedAs = 'lineside-language'

const WordsContext = createContext<Words>(english)

export function useWords(): Words {
  return useContext(WordsContext)
}

/** `?lang=pl` for one screen that speaks another language than the plant; `?lang=en-XA` for tests. */
function askedLanguage(): PageLanguage | null {
  const asked = new URLSearchParams(window.location.search).get('lang')
  return asked === 'en-XA' ? asked : (languages.find((language) => language === asked) ?? null)
}

/** Before the engine has spoken: the language of last time, else the device's. */
export function firstLanguage(): PageLanguage {
  const known = languages.find((language) => language === window.localStorage.getItem(rememberedAs))
  return askedLanguage() ?? known ?? languageOf(navigator.language)
}

/** Words for everything below, and the page's `lang` and `dir`. Suspends until the catalogue is there. */
export function LanguageProvider(props: { language: PageLanguage; children: ReactNode }) {
  const words = use(loadWords(askedLanguage() ?? props.language))
  const { language, dir } = words
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = dir
    if (language !== 'en-XA') window.localStorage.setItem(rememberedAs, language)
  }, [language, dir])
  return <WordsContext value={words}>{props.children}</WordsContext>
}
