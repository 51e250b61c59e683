/** What happened to somebody, or nearly. A first aid case is kept, and colours no day. */
export const safetyKinds = ['incident', 'firstAid', 'nearMiss'] as const
export type SafetyKind = (typeof safetyKinds)[number]

export type Mark = 'hit' | 'near' | 'miss' | 'off' | 'unknown'
export type SafetyEntry = { day: string; what: SafetyKind }
export type FigureEntry = { day: string; figure: string; value: number }
export type DailyFigure = { target: number; direction: 'higher' | 'lower'; near: number }
/** Sums of one day's finished shifts. `target`: good pieces planned; null: no plan. */
export type WorkedDay = { good: number; total: number; target: number | null }

/** Of the plan: still near it from here on. */
const nearPlan = 0.95
/** Of the scrap limit: still near it up to here. */
const nearScrap = 1.1

/** The days of the month of `today` up to it, "YYYY-MM-DD". */
export function daysSoFar(today: string): readonly string[] {
  const month = today.slice(0, 8)
  return Array.from(
    { length: Number(today.slice(8)) },
    (_, index) => month + String(index + 1).padStart(2, '0'),
  )
}

/** 28 to 31. */
export function daysOfMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
}

/** Whole days from one local date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The safety cross: a day is green when somebody worked and nothing happened. */
export function safetyMark(
  day: string,
  today: string,
  worked: boolean,
  entries: readonly SafetyEntry[],
): Mark {
  const own = entries.filter((entry) => entry.day === day)
  if (own.some(({ what }) => what === 'incident')) return 'miss'
  if (own.some(({ what }) => what === 'nearMiss')) return 'near'
  return worked || day === today || own.length > 0 ? 'hit' : 'off'
}

/** `limit`: the largest scrap ratio that is right, 0..1. */
export function qualityMark(day: WorkedDay | undefined, limit: number): Mark {
  if (day === undefined || day.total === 0) return 'off'
  const ratio = (day.total - day.good) / day.total
  return ratio <= limit ? 'hit' : ratio <= limit * nearScrap ? 'near' : 'miss'
}

export function deliveryMark(day: WorkedDay | undefined): Mark {
  if (day === undefined) return 'off'
  if (day.target === null || day.target <= 0) return 'unknown'
  const share = day.good / day.target
  return share >= 1 ? 'hit' : share >= nearPlan ? 'near' : 'miss'
}

export function figureMark(value: number | undefined, { target, direction, near }: DailyFigure): Mark {
  if (value === undefined) return 'unknown'
  const short = direction === 'higher' ? target - value : value - target
  return short <= 0 ? 'hit' : short <= near ? 'near' : 'miss'
}

/** The status of a letter is its last day's that says something. */
export function lastMark(marks: readonly Mark[]): 'hit' | 'near' | 'miss' | 'unknown' {
  const said = marks.filter((mark) => mark === 'hit' || mark === 'near' || mark === 'miss')
  return said[said.length - 1] ?? 'unknown'
}
