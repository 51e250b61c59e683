import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { kpiReport, type KpiReport } from '../../electron/host/kpi-report.ts'
import { loadPlant } from '../../shared/settings/load-plant.ts'
import { lineside } from '../helpers/lineside.ts'
import { clockOf, hourMs, localDate, minuteMs, stops, type ShiftPlan } from './shift-plant.ts'
import type { Tapped } from './shift-script.ts'

/** The KPIs of the line in a window. */
export type Kpi = (startMs: number, endMs: number) => KpiReport

/** What `lineside kpi --json` prints is this, see `kpiPrinted`; asked here without a process for each window. */
export function kpiOf(data: string, plantFile: string): Kpi {
  const loaded = loadPlant(readFileSync(plantFile, 'utf8'))
  if ('errors' in loaded) throw new Error(loaded.errors[0]?.message)
  const { plant } = loaded
  return (startMs, endMs) => {
    const store = openReadonly({ file: databaseFile(data) })
    try {
      const given = { read: store.read, line: plant.lines[0]!, timeZone: plant.site.timeZone }
      return kpiReport({ ...given, window: { startMs, endMs }, nowMs: Date.now() })
    } finally {
      store.close()
    }
  }
}

/** What the command prints. */
export async function kpiPrinted(data: string, startMs: number, endMs: number): Promise<unknown> {
  const run = await lineside([
    ...['kpi', '--data', data, '--line', 'l1', '--json'],
    ...['--from', new Date(startMs).toISOString(), '--to', new Date(endMs).toISOString()],
  ])
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout)
}

/** Everything that one screen of the TV shows at one instant. */
export type Shown = {
  /** Instant that all numbers are of. */
  asOfMs: number
  /** By test id: the exact number, and the text that is read. */
  numbers: Map<string, { raw: number; text: string }>
  /** Other texts with digits in them, without header and footer. */
  texts: string[]
  /** The page's clock. */
  nowMs: number
}

/** Numbers that no one can hold against a report: the clock, the week of the cycle, into how many pieces a bar is cut. */
const noKpi = ['clock', 'week', 'timeline']

/** Reads a screen in one go, so that every number is of the same instant. */
export async function readScreen(tv: Page): Promise<Shown> {
  const read = await tv.evaluate(() => {
    const isNumber = ({ dataset }: HTMLElement) => !!dataset.value && !Number.isNaN(Number(dataset.value))
    const ids = [...document.querySelectorAll<HTMLElement>('[data-testid][data-value]')].filter(isNumber)
    const texts: string[] = []
    for (const part of document.querySelectorAll('.main, .rail')) {
      const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const known = ids.some((one) => one.contains(node))
        if (!known && /\d/.test(node.textContent ?? '')) texts.push(node.parentElement?.textContent ?? '')
      }
    }
    return {
      asOfMs: Number(document.querySelector<HTMLElement>('.board')!.dataset.asOf),
      nowMs: Number(document.querySelector<HTMLElement>('.board')!.dataset.now),
      texts,
      numbers: ids.map((one) => [one.dataset.testid!, one.dataset.value!, one.textContent ?? ''] as const),
    }
  })
  const all = read.numbers.map(([id, value, text]) => [id, { raw: Number(value), text }] as const)
  const numbers = new Map(all.filter(([id]) => !noKpi.includes(id)))
  return { asOfMs: read.asOfMs, texts: read.texts, numbers, nowMs: read.nowMs }
}

/** What a number must be, and the text that is read of it: `is` times `scale`, rounded; `off`: by so many units more. */
export type Held = { is: number; scale?: number; off?: number }
/** Everything with digits on one screen: numbers by their test ids, and texts. */
export type HeldScreen = { numbers: Readonly<Record<string, Held>>; texts: readonly (string | RegExp)[] }

/** Every number and every text with digits on the screen is one of those that are held, and the other way round. */
export function holdScreen(screen: string, shown: Shown, { numbers, texts }: HeldScreen): void {
  expect.soft([screen, ...[...shown.numbers.keys()].sort()]).toEqual([screen, ...Object.keys(numbers).sort()])
  for (const [id, { is, scale = 1, off = 0 }] of Object.entries(numbers)) {
    const { raw, text } = shown.numbers.get(id) ?? { raw: NaN, text: '' }
    expect.soft(raw, `${screen}: ${id}`).toBeCloseTo(is, 6)
    const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0
    const differs = Math.abs(Math.abs(numberIn(text)) - Math.abs(raw * scale))
    expect.soft(differs, `${screen}: ${id} reads ${text}`).toBeLessThan(0.5 * 10 ** -decimals + off + 1e-9)
  }
  const unheld = shown.texts.filter((text) => !texts.some((one) => says(text, one)))
  const missing = texts.filter((one) => !shown.texts.some((text) => says(text, one)))
  expect.soft({ screen, unheld, missing }).toEqual({ screen, unheld: [], missing: [] })
}

const says = (text: string, one: string | RegExp) => (typeof one === 'string' ? text === one : one.test(text))

/** The first number of a text, without thin spaces between its groups. */
export function numberIn(text: string): number {
  const found = /[-\u2212+]?\d[\d\u2009]*(\.\d+)?/.exec(text)?.[0] ?? ''
  return Number(found.replaceAll('\u2009', '').replace('\u2212', '-'))
}

type Given = {
  plan: ShiftPlan
  tapped: Tapped
  madeByLine: number
  kpi: Kpi
  /** When each open call was raised, as the store has it. */
  raisedMs: ReadonlyMap<string, number>
}

/**
 * Which number of the TV is held against which of `lineside kpi`, screen by screen. Beside it stand the plan, which is the
 * target of plant.yaml over the time of the shift, what was typed as it is (figures, key results), and times of entries.
 */
export function heldScreen(
  screen: string,
  { asOfMs, nowMs }: Shown,
  { plan, tapped, kpi, raisedMs }: Given,
): HeldScreen {
  const shift = kpi(plan.dayMs, asOfMs)
  const before = kpi(plan.earlyMs, plan.dayMs)
  const row = (report: KpiReport, id: string) => report.kpis.find((one) => one.id === id)!.value!
  const percent = { scale: 100 }
  const gap = shift.good - plannedBy(plan, asOfMs)
  const hours = hoursOf({ plan, tapped, kpi }, asOfMs)
  const labels = hours.map(({ label }) => label)
  // The rail: key results stand beside every screen.
  const scrap: Held = { is: before.scrap_ratio! * 100 }
  const rail = {
    'kr-kr-scrap': scrap,
    'kr-kr-scrap-target': { is: 2 },
    'kr-kr-skills': { is: tapped.trained },
    'kr-kr-skills-target': { is: 8 },
  }
  switch (screen) {
    case 'status': {
      const planned = shift.good / row(shift, 'schedule_attainment')
      const lastHourMs = Math.floor((asOfMs - hourMs) / minuteMs) * minuteMs
      const recent = kpi(lastHourMs, asOfMs).good / (asOfMs - lastHourMs)
      const rate = Math.min(plan.target / (plan.dayEndMs - plan.dayMs), recent)
      expect.soft(Math.round(planned)).toBe(plannedBy(plan, asOfMs))
      return {
        numbers: {
          ...rail,
          made: { is: shift.good },
          gap: { is: gap },
          'plan-by-now': { is: planned },
          'shift-target': { is: plan.target },
          'heading-for': { is: shift.good + rate * (plan.dayEndMs - asOfMs) },
        },
        texts: [/^for \d+ (s|min)$/, ...labels],
      }
    }
    case 'hours': {
      const numbers: Record<string, Held> = { ...rail }
      for (const { label, plan: share, known } of hours) {
        numbers[`hour-${label}-plan`] = { is: share }
        if (known === null) continue
        numbers[`hour-${label}-made`] = { is: known.made }
        numbers[`hour-${label}-gap`] = { is: known.gap }
        numbers[`hour-${label}-total`] = { is: known.total }
      }
      const worst = hours.reduce((one, other) =>
        (other.known?.gap ?? 0) < (one.known?.gap ?? 0) ? other : one,
      )
      const why = worst.topStop === null ? [] : [`${worst.topStop.reason}, ${worst.topStop.minutes} min`]
      return { numbers, texts: [...labels, ...why, `${shift.good} made, ${-gap} behind`] }
    }
    case 'oee': {
      const losses = shift.losses!
      // Minutes are rounded so that the rows add up: the largest loss takes what is left.
      const loss = (seconds: number): Held => ({ is: seconds * 1_000, scale: 1 / minuteMs, off: 1 })
      return {
        numbers: {
          ...rail,
          oee: { is: shift.oee!, ...percent },
          availability: { is: shift.availability!, ...percent },
          performance: { is: shift.performance!, ...percent },
          quality: { is: shift.oee! / (shift.availability! * shift.performance!), ...percent },
          'oee-target': { is: 0.6, ...percent },
          'loss-planned': loss(shift.planned_s),
          'loss-stop': loss(shift.stop_s),
          'loss-changeover': loss(shift.changeover_s),
          'loss-slow': loss(losses.slow_s!),
          'loss-scrap': loss(losses.scrap_s!),
          'loss-good': loss(losses.good_s!),
        },
        texts: ['0 of 90 days of data'],
      }
    }
    case 'scrap': {
      const reasons = shift.scrap_reasons.map(({ qty }, index) => [`reason-${index}`, { is: qty }])
      return {
        numbers: {
          ...rail,
          'scrap-ratio': { is: shift.scrap_ratio!, ...percent },
          ...(Object.fromEntries(reasons) as Record<string, Held>),
        },
        texts: ['Collecting, 1 of 6 shifts', '0 of 90 days of data'],
      }
    }
    case 'changeover': {
      const seconds = shift.changeovers.map((one) => one.seconds)
      const minutes = { scale: 1 / 60 }
      const starts = shift.changeovers.map(({ start }) => clockOf(plan, Date.parse(start)))
      return {
        numbers: {
          ...rail,
          'changeover-last': { is: seconds.at(-1)!, ...minutes },
          'changeover-mean': { is: row(shift, 'changeover_min') * 60, ...minutes },
          'changeover-best': { is: row(shift, 'changeover_best') * 60, ...minutes },
          'changeover-target': { is: 600, ...minutes },
        },
        texts: [...seconds.map((one) => String(Math.round(one / 60))), ...starts],
      }
    }
    case 'sqdcp':
      return {
        numbers: {
          ...rail,
          'sqdcp-safety': { is: 0 },
          'sqdcp-quality': scrap,
          'sqdcp-delivery': { is: tapped.otif },
          'sqdcp-people': { is: tapped.present },
        },
        texts: [],
      }
    case 'calls': {
      const ages = tapped.openCalls.map((call): [string, Held] => {
        const seconds = Math.floor((nowMs - raisedMs.get(call)!) / 1_000)
        // Read as minutes and seconds: the first number of it is minutes.
        return [`call-${call}-age`, { is: seconds, scale: 1 / 60, off: 0.5 }]
      })
      return {
        numbers: {
          ...rail,
          'open-calls': { is: tapped.openCalls.length },
          'actions-open': { is: 1 },
          ...(Object.fromEntries(ages) as Record<string, Held>),
        },
        texts: [/^\d+ \w+$/],
      }
    }
    default: {
      const { 'kr-kr-scrap': one, 'kr-kr-skills': two } = rail
      const mean = ((one.is - 5) / (2 - 5) + (two.is - 2) / (8 - 2)) / 2
      return {
        numbers: { 'kr-kr-scrap': one, 'kr-kr-skills': two, 'mean-calm': { is: mean, ...percent } },
        // Where each begins and shall end, and how far it is from its pace.
        texts: ['5', '2', '8', /^[\d.]+ (pt )?ahead$/],
      }
    }
  }
}

/** Whole pieces that the plan wants by an instant. */
function plannedBy({ target, dayMs, dayEndMs }: ShiftPlan, atMs: number): number {
  return Math.round((target * (atMs - dayMs)) / (dayEndMs - dayMs))
}

type Hour = {
  label: string
  plan: number
  /** Null: in the future. */
  known: { made: number; gap: number; total: number } | null
  /** The reason that took most of its time, by what was tapped. */
  topStop: { reason: string; minutes: number } | null
}

/** Rows of the hour-by-hour board as of an instant. */
function hoursOf({ plan, tapped, kpi }: Pick<Given, 'plan' | 'tapped' | 'kpi'>, asOfMs: number): Hour[] {
  const count = Math.ceil((plan.dayEndMs - plan.dayMs) / hourMs)
  let total = 0
  return Array.from({ length: count }, (_, index): Hour => {
    const startMs = plan.dayMs + index * hourMs
    const endMs = Math.min(startMs + hourMs, plan.dayEndMs)
    const share = (toMs: number) => plannedBy(plan, toMs) - plannedBy(plan, startMs)
    const row = {
      label: clockOf(plan, startMs).slice(0, 2),
      plan: share(endMs),
      topStop: topStop(tapped, index),
    }
    if (startMs > asOfMs) return { ...row, known: null }
    const knownMs = Math.min(endMs, asOfMs)
    const { good: made } = kpi(startMs, knownMs)
    const gap = made - share(knownMs)
    total += gap
    return { ...row, known: { made, gap, total } }
  })
}

/** Stops begin and end within one hour each. */
function topStop({ reasons }: Tapped, hour: number): Hour['topStop'] {
  const minutes = new Map<string, number>()
  for (const [index, { from, to }] of stops.entries()) {
    if (Math.floor(from / 60) !== hour) continue
    const reason = reasons.get(index) ?? 'No reason yet'
    minutes.set(reason, (minutes.get(reason) ?? 0) + to - from)
  }
  const [top] = [...minutes].sort((a, b) => b[1] - a[1])
  return top === undefined ? null : { reason: top[0], minutes: top[1] }
}

/** What the taps and the line add up to, reckoned by hand, against `lineside kpi`. */
export function holdKpi(kpi: KpiReport, { tapped, madeByLine }: Given): void {
  expect.soft(kpi).toMatchObject({ good: madeByLine + tapped.good, scrap: tapped.scrap })
  expect.soft(kpi.scrap_ratio).toBeCloseTo(kpi.scrap / (kpi.good + kpi.scrap), 9)
  const named = kpi.scrap_reasons.map(({ reason, qty }) => [reason ?? '', qty])
  expect.soft(named.sort()).toEqual([...tapped.scrapByReason].sort())
  expect.soft(stopsByReason(kpi)).toEqual(tapped.stopMinutes)
  expect
    .soft(kpi.changeovers.map(({ to, end }) => [to, end !== null]))
    .toEqual(tapped.changeovers.map((product) => [product.toLowerCase(), true]))
  const calls = kpi.calls.map(({ category, raised, resolved }) => [category, { raised, resolved }] as const)
  expect.soft(new Map(calls)).toEqual(tapped.calls)
}

function stopsByReason({ stops }: KpiReport): Tapped['stopMinutes'] {
  const reasons: Tapped['stopMinutes'] = new Map()
  for (const { reason, seconds } of stops) {
    const known = reasons.get(reason ?? '') ?? { count: 0, minutes: 0 }
    reasons.set(reason ?? '', { count: known.count + 1, minutes: known.minutes + seconds / 60 })
  }
  return reasons
}

/** Lines of a PDF as they stand on the page, without the spaces in them. */
export function pdfLines(program: string, file: string): string[] {
  const text = execFileSync(program, ['-layout', file, '-'], { encoding: 'utf8' })
  return text.split('\n').map((line) => line.replace(/\s/g, ''))
}

/** Lists of the page show so many lines; what is beyond them is counted. */
const callsShown = 5

/**
 * The end-of-shift report on paper against `lineside kpi`: each of these is on a line of it, and nothing else with a digit but the
 * times of the shift and of the print, and the head of the audit trail.
 */
export function holdPaper(lines: readonly string[], kpi: KpiReport, given: Given & { asOfMs: number }): void {
  const { plan, asOfMs } = given
  const percent = (share: number | null) => `${(share! * 100).toFixed(1)}%`
  const signed = (value: number) => (value < 0 ? `\u2212${-value}` : value > 0 ? `+${value}` : '0')
  const span = (seconds: number) =>
    seconds < 59.5 ? `${Math.round(seconds)}s` : `${Math.floor(Math.round(seconds) / 60)}min`
  const name = (id: string | null) => (id === 'still' ? 'Still' : 'Sparkling')
  const help = (id: string) => (id === 'team_lead' ? 'Teamlead' : id[0]!.toUpperCase() + id.slice(1))
  const hours = hoursOf(given, asOfMs)
  const held = [
    `${kpi.good}${plan.target}${signed(kpi.good - plannedBy(plan, asOfMs))}${percent(kpi.oee)}`,
    `${percent(kpi.availability)}${percent(kpi.performance)}${kpi.scrap},${percent(kpi.scrap_ratio)}`,
    ...hours.map(({ label, plan: share, known, topStop: top }) =>
      [label, share, known?.made, known && signed(known.gap), known && signed(known.total), top?.reason]
        .join('')
        .replace(/\s/g, ''),
    ),
    ...[...stopsByReason(kpi)].map(([reason, { count, minutes }]) =>
      `${reason === '' ? 'No reason yet' : reason}${span(minutes * 60)},${count}\u00d7`.replace(/\s/g, ''),
    ),
    ...kpi.scrap_reasons.map(({ reason, qty }) => `${reason}${qty}`),
    ...kpi.changeovers.map(
      ({ from, to, start, seconds }) =>
        `${clockOf(plan, Date.parse(start))}${name(from)}to${name(to)}${span(seconds)}`,
    ),
    ...kpi.calls
      .slice(0, callsShown)
      .map(({ category, raised, to_answer_s: answered }) =>
        [`${help(category)}:${raised}`, answered === null ? '' : `answeredin${span(answered)}`].join(''),
      ),
    ...(kpi.calls.length > callsShown ? [`+${kpi.calls.length - callsShown}more`] : []),
  ]
  const rest = [...lines]
  const missing = held.filter((part) => {
    const at = rest.findIndex((line) => line.includes(part))
    if (at >= 0) rest[at] = rest[at]!.replace(part, '')
    return at < 0
  })
  const shift = `${localDate(plan, plan.dayMs)}${clockOf(plan, plan.dayMs)}to${clockOf(plan, plan.dayEndMs)}`
  const known = [`Works,Line1${shift}`, /^Asknownat[\d:-]+$/, /^Audittrail\d+:[0-9a-f]{64}$/]
  const unheld = rest.filter((line) => /\d/.test(line) && !known.some((one) => says(line, one)))
  expect.soft({ missing, unheld }).toEqual({ missing: [], unheld: [] })
}
