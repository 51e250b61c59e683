import type { SqdcpLetter, SqdcpPart } from '../../../shared/contract/board-team.ts'
import {
  daysBetween,
  daysOfMonth,
  daysSoFar,
  deliveryMark,
  figureMark,
  lastMark,
  qualityMark,
  safetyMark,
  type FigureEntry,
  type Mark,
  type SafetyEntry,
  type WorkedDay,
} from '../../../shared/domain/daily-letters.ts'
import { hasData, type ShiftResult } from '../shift-result.ts'

export type SqdcpInput = {
  /** Local date. */
  today: string
  /** Finished shifts, oldest first. */
  history: readonly ShiftResult[]
  /** Of this month and before, as far as they are kept: those that stand, oldest first. */
  safety: readonly SafetyEntry[]
  figures: readonly FigureEntry[]
  /** What was said today, newest last. */
  notes: readonly string[]
  settings: {
    scrapTarget?: number
    figures: readonly {
      id: string
      theme: SqdcpLetter['theme']
      name: string
      unit?: string
      decimals: number
      target: number
      direction: 'higher' | 'lower'
      near: number
    }[]
  }
}

/** The month in letters. Null: nothing was finished, entered or set up that a letter could show. */
export function sqdcpView(input: SqdcpInput): SqdcpPart | null {
  const { today, history, settings, notes } = input
  const days = daysSoFar(today)
  const worked = workedDays(history)
  const letters = [
    ...safetyLetters(input, days, worked),
    ...qualityLetters(days, worked, settings.scrapTarget),
    ...deliveryLetters(days, worked),
  ].filter(({ theme }) => !settings.figures.some((figure) => figure.theme === theme))
  for (const figure of settings.figures) {
    if (letters.some(({ theme }) => theme === figure.theme)) continue
    const values = new Map(
      input.figures.filter((one) => one.figure === figure.id).map(({ day, value }) => [day, value]),
    )
    const marks = days.map((day) => figureMark(values.get(day), figure))
    letters.push({
      theme: figure.theme,
      value: days.flatMap((day) => values.get(day) ?? []).at(-1) ?? null,
      decimals: figure.decimals,
      unit: figure.unit ?? '',
      counts: null,
      caption: figure.name,
      status: lastMark(marks),
      marks,
    })
  }
  if (letters.length === 0) return null
  const words = notes[notes.length - 1]
  return {
    days: daysOfMonth(today),
    today: days.length,
    letters,
    note: words === undefined ? null : { theme: letters[0]!.theme, words },
  }
}

/** By the date on which a shift began. */
function workedDays(history: readonly ShiftResult[]): ReadonlyMap<string, WorkedDay> {
  const days = new Map<string, WorkedDay>()
  for (const shift of history) {
    if (!hasData(shift)) continue
    const { good, total, targetPieces } = shift.sums
    const before = days.get(shift.date) ?? { good: 0, total: 0, target: 0 }
    const target = before.target === null || targetPieces === null ? null : before.target + targetPieces
    days.set(shift.date, { good: before.good + good, total: before.total + total, target })
  }
  return days
}

function safetyLetters(
  { today, safety }: SqdcpInput,
  days: readonly string[],
  worked: ReadonlyMap<string, WorkedDay>,
): SqdcpLetter[] {
  const began = [...worked.keys(), ...safety.map(({ day }) => day)].sort()[0]
  if (began === undefined) return []
  const last = safety
    .filter(({ what }) => what === 'incident')
    .map(({ day }) => day)
    .sort()
    .at(-1)
  const marks = days.map((day): Mark =>
    day < began ? 'unknown' : safetyMark(day, today, worked.has(day), safety),
  )
  return [
    {
      theme: 'safety',
      value: daysBetween(last ?? began, today),
      decimals: 0,
      unit: '',
      counts: last === undefined ? 'daysRecorded' : 'daysSafe',
      caption: '',
      status: lastMark(marks),
      marks,
    },
  ]
}

function qualityLetters(
  days: readonly string[],
  worked: ReadonlyMap<string, WorkedDay>,
  limit: number | undefined,
): SqdcpLetter[] {
  if (limit === undefined || worked.size === 0) return []
  const marks = days.map((day) => qualityMark(worked.get(day), limit))
  const month = days.flatMap((day) => worked.get(day) ?? [])
  const total = month.reduce((sum, day) => sum + day.total, 0)
  const good = month.reduce((sum, day) => sum + day.good, 0)
  const value = total === 0 ? null : ((total - good) / total) * 100
  return [
    {
      theme: 'quality',
      value,
      decimals: 1,
      unit: '%',
      counts: 'scrap',
      caption: '',
      status: lastMark(marks),
      marks,
    },
  ]
}

function deliveryLetters(days: readonly string[], worked: ReadonlyMap<string, WorkedDay>): SqdcpLetter[] {
  const month = days.flatMap((day) => worked.get(day) ?? [])
  const planned = month.filter((day): day is WorkedDay & { target: number } => day.target !== null)
  const target = planned.reduce((sum, day) => sum + day.target, 0)
  if (target === 0) return []
  const marks = days.map((day) => deliveryMark(worked.get(day)))
  const value = (planned.reduce((sum, day) => sum + day.good, 0) / target) * 100
  return [
    {
      theme: 'delivery',
      value,
      decimals: 0,
      unit: '%',
      counts: 'attainment',
      caption: '',
      status: lastMark(marks),
      marks,
    },
  ]
}
