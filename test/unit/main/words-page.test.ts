import { expect, test } from 'vitest'
import { wordsPage } from '../../../electron/main/words-page.ts'
import { mainWords } from '../../../electron/main/words.ts'
import { languages } from '../../../shared/settings/languages.ts'

const trouble = { isEngine: true, reason: 'EACCES <store>', sinceMs: Date.UTC(2026, 0, 5, 10) }

test.each(languages)('the words in the board’s place, %s', (language) => {
  const page = wordsPage(language, trouble, '/srv/line/logs')
  expect(page).toContain(`lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"`)
  for (const text of [mainWords[language].noBoard, mainWords[language].meanwhile, mainWords[language].engine])
    expect(page).toContain(text)
  expect(page).toContain('EACCES &#60;store&#62; (/srv/line/logs)')
})

test('no two languages say the same', () => {
  for (const key of ['noBoard', 'comingBack', 'meanwhile', 'forAdmin', 'engine', 'filesMissing'] as const)
    expect(new Set(languages.map((language) => mainWords[language][key])).size).toBe(languages.length)
})
