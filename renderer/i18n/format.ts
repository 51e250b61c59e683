import type { EpochMs } from '../../shared/domain/facts.ts'
import { minuteOf } from '../../shared/domain/local-time.ts'
import { isolated, numberIsolate } from './isolate.ts'
import { numbersTag } from './numbers-tag.ts'
import { remembered } from './remembered.ts'
import { shownUnit } from './unit.ts'
import { english } from './words.ts'
import type { Words } from './words.ts'

const thinSpace = '\u2009'
const minus = '\u2212'
const maxDigits = 3

/**
 * How numbers and times look in one locale and time zone: groups by a thin space, a real minus, at most 3 significant
 * digits unless pieces. The Latin font file has neither U+202F nor U+2192, so neither is produced.
 */
export type Format = {
  /** Whole pieces, all digits: 12 345. */
  pieces: (value: number) => string
  /** The same with a sign when not zero: +12, −86. */
  signed: (value: number) => string
  /** `value` with `decimals` digits after the point, fewer when that would be more than 3 significant digits. */
  decimal: (value: number, decimals: number) => string
  /** The same without zeros at the end: for targets and baselines, which are meant, not measured. */
  exact: (value: number, decimals: number) => string
  /** A number with its unit, within a sentence: "12 min"; without one where it is empty. */
  amount: (value: number, decimals: number, unit: string) => string
  /** A fraction as percent without the sign: 0.7294 -> 72.9. */
  percent: (fraction: number) => string
  exactPercent: (fraction: number) => string
  /** An amount with its currency (without one where it is null); cents only below 100. */
  money: (amount: number, currency: string | null) => string
  /** Local time "10:42" in the plant's zone. */
  clock: (atMs: EpochMs) => string
  /** "10:42" on the day of `nowMs`, else "20 Nov". */
  clockOrDay: (atMs: EpochMs, nowMs: EpochMs) => string
  /** The same with the shortest date: "20/11", "20.11.". */
  clockOrDate: (atMs: EpochMs, nowMs: EpochMs) => string
  /** Short weekday, such as "Mon". */
  weekday: (atMs: EpochMs) => string
  /** The month of a day, such as "November". */
  month: (atMs: EpochMs) => string
  /** A month given as "2026-11": "Nov", or its first letter. */
  monthOf: (month: string, length: 'short' | 'narrow') => string
  /** "today", "yesterday", "tomorrow". */
  relativeDay: (days: number) => string
  /**
   * A running timer: "4:32" under an hour, "1:04" hours from there on. Never negative. Beside a longer one (`besideMs`) it is
   * written as that one is, so that the two can be compared.
   */
  timer: (ms: number, besideMs?: number) => { text: string; unit: string | null }
  /** A span that is not ticking: "40 s", "12 min", "2 h 10 min". */
  span: (ms: number) => string
}

/** Numbers are written the way of the plant's `locale`, names of days and months in the language of the words. */
export function createFormat(locale: string, timeZone: string, words: Words = english): Format {
  const safeLocale = numbersTag(supported(locale))
  const named = numbersTag(sameLanguage(locale, words.language) ? supported(locale) : words.language)
  const [dateLocale, nameLocale] = [dayFirst(safeLocale), dayFirst(named)]
  const placed = (text: string) =>
    words.dir === 'rtl' && /[^\d:.,]/.test(text) ? numberIsolate.start + text + numberIsolate.end : text
  const numberFormats = new Map<string, Intl.NumberFormat>()
  /** Each is made once: making one costs more than a screen full of numbers. */
  const numberFormat = (decimals: number, currency: string | null) => {
    const key = `${decimals} ${currency}`
    const known = numberFormats.get(key)
    if (known !== undefined) return known
    const made = new Intl.NumberFormat(safeLocale, {
      ...(currency === null ? {} : { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }),
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: true,
    })
    numberFormats.set(key, made)
    return made
  }
  const numbers = remembered()
  const clocks = remembered()
  const group = numberFormat(0, null)
    .formatToParts(123_456_789)
    .find(({ type }) => type === 'group')?.value
  const grouped = (size: number, decimals: number) =>
    numbers(`${size} ${decimals}`, () => {
      const text = numberFormat(decimals, null).format(size)
      return group === undefined ? text : text.replaceAll(group, thinSpace)
    })
  const latin = numberFormat(0, null).format(0) === '0'
  /** Pieces count on: only the last three digits are new, and no locale groups within them, so that Intl need not be asked. */
  const whole = (size: number) => {
    if (!latin || !Number.isSafeInteger(size)) return grouped(size, 0)
    const rest = size % 1000
    if (size < 1000) return String(rest)
    return grouped(size - rest, 0).slice(0, -3) + String(rest).padStart(3, '0')
  }
  const digits = (value: number, decimals: number) => {
    const rounded = Number(value.toFixed(decimals))
    const size = Math.abs(rounded)
    return { text: decimals === 0 ? whole(size) : grouped(size, decimals), sign: Math.sign(rounded) }
  }
  const plain = (value: number, decimals: number) => {
    const { text, sign } = digits(value, decimals)
    return placed(sign < 0 ? minus + text : text)
  }
  const signed = (value: number) => {
    const { text, sign } = digits(value, 0)
    return placed(sign < 0 ? minus + text : sign > 0 ? `+${text}` : text)
  }
  const keep = (value: number, decimals: number) => {
    const whole = Math.max(1, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1)
    return Math.max(0, Math.min(decimals, maxDigits - whole))
  }
  const needed = (value: number, decimals: number) => {
    const [, fraction = ''] = Number(value.toFixed(decimals)).toString().split('.')
    return fraction.length
  }
  const money = (amount: number, currency: string | null) => {
    const decimals = Math.abs(amount) < 100 ? 2 : 0
    const parts = numberFormat(decimals, currency).formatToParts(amount)
    return placed(
      parts
        .map(({ type, value }) =>
          type === 'group' ? thinSpace : value.replace(/[\u202f\u00a0]/g, thinSpace),
        )
        .join(''),
    )
  }
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const day = new Intl.DateTimeFormat(nameLocale, { timeZone, day: 'numeric', month: 'short' })
  const shortest = new Intl.DateTimeFormat(dateLocale, { timeZone, day: 'numeric', month: 'numeric' })
  const date = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short' })
  const weekday = new Intl.DateTimeFormat(nameLocale, { timeZone, weekday: 'short' })
  const month = new Intl.DateTimeFormat(nameLocale, { timeZone, month: 'long' })
  const clock = (atMs: EpochMs) => clocks(String(minuteOf(atMs)), () => time.format(atMs))
  const near = new Intl.RelativeTimeFormat(named, { numeric: 'auto' })
  const sameDay = (aMs: EpochMs, bMs: EpochMs) => date.format(aMs) === date.format(bMs)
  return {
    pieces: (value) => plain(Math.round(value), 0),
    signed: (value) => signed(Math.round(value)),
    decimal: (value, decimals) => plain(value, keep(value, decimals)),
    exact: (value, decimals) => plain(value, needed(value, keep(value, decimals))),
    percent: (fraction) => plain(fraction * 100, keep(fraction * 100, 1)),
    exactPercent: (fraction) => plain(fraction * 100, needed(fraction * 100, keep(fraction * 100, 1))),
    amount: (value, decimals, unit) => {
      const number = plain(value, keep(value, decimals))
      if (unit === '') return number
      const text = `${number} ${shownUnit(unit)}`
      return words.dir === 'rtl' ? isolated(text) : text
    },
    money: (amount, currency) => money(amount, currency),
    clock,
    clockOrDay: (atMs, nowMs) => (sameDay(atMs, nowMs) ? clock(atMs) : day.format(atMs)),
    clockOrDate: (atMs, nowMs) => (sameDay(atMs, nowMs) ? clock(atMs) : shortest.format(atMs)),
    weekday: (atMs) => weekday.format(atMs),
    month: (atMs) =>
      month.format(atMs).replace(/^\p{L}/u, (letter) => letter.toLocaleUpperCase(words.language)),
    monthOf: (one, length) => {
      const name = new Intl.DateTimeFormat(nameLocale, { timeZone: 'UTC', month: length })
      return name.format(Date.parse(`${one}-15T12:00:00Z`))
    },
    relativeDay: (days) => near.format(days, 'day'),
    timer: (ms, besideMs = 0) => timer(ms, besideMs, words),
    span: (ms) => span(ms, words),
  }
}

function timer(ms: number, besideMs: number, { t }: Words): { text: string; unit: string | null } {
  const total = Math.max(0, Math.floor(ms / 1000))
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor((total % 3600) / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  if (hours > 0 || besideMs >= 3_600_000)
    return { text: `${hours}:${two(minutes)}`, unit: t('time.hourUnit') }
  return { text: `${minutes}:${two(total % 60)}`, unit: null }
}

function span(ms: number, { t }: Words): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return t('time.seconds', { n: String(seconds) })
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return t('time.minutes', { n: String(minutes) })
  const [h, min] = [String(Math.floor(minutes / 60)), String(minutes % 60)]
  return min === '0' ? t('time.hours', { n: h }) : t('time.hoursMinutes', { h, min })
}

/** English without a country says the day before the month. */
function dayFirst(tag: string): string {
  return /^en(-XA)?-u-/.test(tag) ? 'en-GB' : tag
}

function sameLanguage(locale: string, language: string): boolean {
  return locale.split('-')[0]?.toLowerCase() === language.split('-')[0]
}

function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale])[0] ?? 'en'
  } catch {
    return 'en'
  }
}
