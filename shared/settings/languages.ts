/** Languages of the board, by BCP 47. Each has a catalogue in `renderer/i18n/`. */
export const languages = ['en', 'de', 'es', 'fr', 'pl', 'pt-BR', 'zh-CN', 'ar'] as const
export type Language = (typeof languages)[number]

/** The board's language for a locale tag: "de-AT" reads German, "pt" Brazilian Portuguese; English where there is none. */
export function languageOf(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split('-')
  return languages.find((language) => language.toLowerCase().split('-')[0] === primary) ?? 'en'
}
