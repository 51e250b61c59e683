import { expect, test } from 'vitest'
import { ar } from '../../renderer/i18n/ar.ts'
import { english, wordsOf } from '../../renderer/i18n/words.ts'
import { refusalWords } from '../../renderer/touch/refusal-words.ts'

const arabic = wordsOf('ar', ar)
const message = 'A stop can only be split at a time inside it.'

test('a refusal says what to do in the words of the page: of its call, else of its code', () => {
  const split = { call: 'splitStop', code: 'bad-input', message } as const
  expect(refusalWords(split, english)).toBe(message)
  expect(refusalWords(split, arabic)).toBe(ar.refusal.splitStop['bad-input'])
  // Known by its code only: English has the engine's own sentence, which says more.
  const full = { call: 'logScrap', code: 'store', message: 'The disk is full.' } as const
  expect(refusalWords(full, english)).toBe('The disk is full.')
  expect(refusalWords(full, arabic)).toBe(ar.failure.store)
})
