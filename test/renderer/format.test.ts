import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ar } from '../../renderer/i18n/ar.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { en as english } from '../../renderer/i18n/en.ts'
import { listed } from '../../renderer/i18n/listed.ts'
import { wordsOf } from '../../renderer/i18n/words.ts'
import { fixtureNowMs } from '../fixtures/board.ts'

const en = createFormat('en', 'Europe/Berlin')
const de = createFormat('de-DE', 'Europe/Berlin')

test('pieces are grouped by a thin space and signed by a real minus', () => {
  expect(en.pieces(1711)).toBe('1\u2009711')
  expect(en.pieces(-1234567)).toBe('\u22121\u2009234\u2009567')
  expect(en.signed(86.4)).toBe('+86')
  expect(en.signed(-86.4)).toBe('\u221286')
  expect(en.signed(-0.3)).toBe('0')
})

test('an amount has its unit, and stands apart from text that runs from right to left', () => {
  expect(en.amount(12.04, 1, 'min')).toBe('12.0 min')
  expect(en.amount(40, 0, '')).toBe('40')
  const arabic = createFormat('ar', 'Europe/Berlin', wordsOf('ar', ar))
  expect(arabic.amount(12, 0, 'min')).toBe('\u206812 min\u2069')
  expect(arabic.amount(12, 0, '')).toBe('12')
})

test('everything but pieces has at most three significant digits', () => {
  expect(en.percent(0.72945)).toBe('72.9')
  expect(en.percent(1.0433)).toBe('104')
  expect(en.percent(0.0217)).toBe('2.2')
  expect(en.decimal(1234.56, 2)).toBe('1\u2009235')
  expect(en.decimal(9.876, 3)).toBe('9.88')
  expect(en.decimal(0.0456, 3)).toBe('0.05')
})

test('targets lose the zeros at the end, measured values keep them', () => {
  expect(en.exact(75, 1)).toBe('75')
  expect(en.exact(1.8, 1)).toBe('1.8')
  expect(en.exactPercent(0.75)).toBe('75')
  expect(en.decimal(75, 1)).toBe('75.0')
})

test('the locale decides the decimal sign, and an unknown one falls back', () => {
  expect(de.percent(0.729)).toBe('72,9')
  expect(de.pieces(12345)).toBe('12\u2009345')
  expect(createFormat('not a locale', 'Europe/Berlin').percent(0.5)).toBe('50.0')
})

test('pieces are grouped as the locale groups them, by lakhs too, and in its own digits', () => {
  const locales = [
    'en',
    'de-DE',
    'es-ES',
    'pl-PL',
    'fr-FR',
    'pt-BR',
    'en-IN',
    'zh-CN',
    'ar',
    'ar-EG-u-nu-arab',
  ]
  fc.assert(
    fc.property(
      fc.oneof(fc.nat(99_999), fc.nat(), fc.constantFrom(0, 999, 1_000, 9_999, 10_000, 100_000, 2 ** 53)),
      fc.constantFrom(...locales),
      (value, locale) => {
        const intl = new Intl.NumberFormat(locale === 'ar' ? 'en' : locale, { useGrouping: true })
        const parts = intl
          .formatToParts(value)
          .map(({ type, value: part }) => (type === 'group' ? '\u2009' : part))
        expect(createFormat(locale, 'UTC').pieces(value)).toBe(parts.join(''))
      },
    ),
  )
  expect(createFormat('en-IN', 'UTC').pieces(1_234_567)).toBe('12\u200934\u2009567')
})

test('no character that the font lacks is ever produced', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e7, max: 1e7, noNaN: true }),
      fc.constantFrom('en', 'de-DE', 'fr-FR', 'pl-PL', 'es-ES', 'de-CH', 'sv-SE'),
      (value, locale) => {
        const format = createFormat(locale, 'Europe/Berlin')
        for (const text of [format.pieces(value), format.signed(value), format.decimal(value, 2)]) {
          expect(text).not.toMatch(/[\u202f\u2192'\u2019\u00a0-]/)
        }
      },
    ),
  )
})

describe('times', () => {
  test("clock times are the plant's, in 24 hours", () => {
    expect(en.clock(fixtureNowMs)).toBe('10:42')
    expect(createFormat('en-US', 'America/New_York').clock(fixtureNowMs)).toBe('04:42')
    expect(en.clock(Date.UTC(2026, 10, 19, 23, 5))).toBe('00:05')
  })

  test('another day is a date', () => {
    expect(en.clockOrDay(fixtureNowMs - 60_000, fixtureNowMs)).toBe('10:41')
    expect(en.clockOrDay(fixtureNowMs - 86_400_000, fixtureNowMs)).toBe('19 Nov')
    expect(de.clockOrDate(fixtureNowMs - 86_400_000, fixtureNowMs)).toBe('19.11.')
  })

  test('a timer ticks in seconds under an hour and never runs below zero', () => {
    expect(en.timer(272_000)).toEqual({ text: '4:32', unit: null })
    // Beside one of hours it is written in hours.
    expect(en.timer(1_800_000, 9_000_000)).toEqual({ text: '0:30', unit: 'h' })
    expect(en.timer(3_599_999)).toEqual({ text: '59:59', unit: null })
    expect(en.timer(3_840_000)).toEqual({ text: '1:04', unit: 'h' })
    expect(en.timer(-5)).toEqual({ text: '0:00', unit: null })
  })

  test('a span does not tick', () => {
    expect(en.span(40_000)).toBe('40 s')
    expect(en.span(12 * 60_000)).toBe('12 min')
    expect(en.span(130 * 60_000)).toBe('2 h 10 min')
    expect(en.span(7_200_000)).toBe('2 h')
  })
})

test('words are listed with the comma of their language, names in their own direction; empty ones are left out', () => {
  const { t } = wordsOf('en', english)
  expect(listed(['Ana', null, 'committed', ''], t)).toBe('Ana, committed')
  expect(listed(['Ana'], t)).toBe('Ana')
  expect(listed([], t)).toBe('')
  const arabic = wordsOf('ar', ar)
  expect(listed(['Ana', '\u0627\u0644\u062A\u0632\u0627\u0645'], arabic.t)).toBe(
    '\u2068Ana\u2069\u060C \u0627\u0644\u062A\u0632\u0627\u0645',
  )
})
