import type { ShiftPattern } from '../../../shared/domain/calendar-days.ts'
import type { ShiftCalendar } from '../../../shared/domain/calendar.ts'
import type { CountBucket, LineFacts, LineState, StateFact } from '../../../shared/domain/facts.ts'
import type { LineRules } from '../../../shared/domain/rules.ts'

/** Builders of facts and rules for tests of the KPI core. Times are UTC "HH:MM" or "HH:MM:SS" of 2026-11-18, a Wednesday. */
export const minute = 60_000
export const hour = 3_600_000

export function at(time: string, date = '2026-11-18'): number {
  const ms = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`)
  if (Number.isNaN(ms)) throw new Error(`not a time: ${date} ${time}`)
  return ms
}

export function between(start: string, end: string) {
  return { startMs: at(start), endMs: at(end) }
}

export function shiftPattern(change: Partial<ShiftPattern> = {}): ShiftPattern {
  return {
    name: 'Early',
    start: '06:00',
    end: '14:00',
    days: [1, 2, 3, 4, 5, 6, 7],
    rota: null,
    breaks: [],
    movingBreakMs: 0,
    target: null,
    ...change,
  }
}

export function calendarOf(shifts: ShiftPattern[], change: Partial<ShiftCalendar> = {}): ShiftCalendar {
  return {
    timeZone: 'UTC',
    shifts,
    changes: [],
    closedDates: [],
    exceptions: [],
    extraShifts: [],
    longerShifts: [],
    slots: [],
    pitchMs: hour,
    pitchPieces: null,
    ...change,
  }
}

export function rulesOf(change: Partial<LineRules> = {}): LineRules {
  return {
    calendar: calendarOf([shiftPattern()]),
    cells: null,
    products: {
      a: { id: 'a', name: 'Product A', idealCycleMs: 1_000, changes: [] },
      b: { id: 'b', name: 'Product B', idealCycleMs: 2_000, changes: [] },
      c: { id: 'c', name: 'Product C', idealCycleMs: null, changes: [] },
    },
    microStopMs: 2 * minute,
    runningGapMs: minute,
    planFactor: 1,
    ...change,
  }
}

export function factsOf(change: Partial<LineFacts> = {}): LineFacts {
  return {
    states: [],
    changeovers: [],
    products: [],
    stopReasons: [],
    stopEdits: [],
    activity: [],
    silences: [],
    counts: [],
    scraps: [],
    ...change,
  }
}

/** `states('06:00 running', '07:00 stopped Jam')`: time, state, reason. */
export function states(...lines: string[]): StateFact[] {
  return lines.map((line, i) => {
    const [time, state, ...reason] = line.split(' ')
    const fact: StateFact = { seq: i + 1, atMs: at(time!), state: state as LineState }
    return reason.length > 0 ? { ...fact, reason: reason.join(' ') } : fact
  })
}

export function run(
  time: string,
  product: string,
  firstGood: string | null,
  lastGood: string | null,
  seq = 1,
) {
  return {
    seq,
    atMs: at(time),
    product,
    firstGoodMs: firstGood === null ? null : at(firstGood),
    lastGoodMs: lastGood === null ? null : at(lastGood),
  }
}

/** One bucket of product a (ideal 1 s) unless said otherwise. */
export function count(time: string, good: number, scrap = 0, change: Partial<CountBucket> = {}): CountBucket {
  const bucket = { startMs: at(time), product: 'a', good, scrap, rework: 0 }
  return { ...bucket, idealTotalMs: (good + scrap) * 1_000, idealGoodMs: good * 1_000, ...change }
}

/** A segment as "06:00-07:00 running", with reason, product and "derived" where there are any. */
export function shown(
  segments: readonly { startMs: number; endMs: number; state: string; reason?: string | null }[],
) {
  const time = (ms: number) => new Date(ms).toISOString().slice(11, ms % minute === 0 ? 16 : 19)
  return segments.map(
    (one) => `${time(one.startMs)}-${time(one.endMs)} ${one.state}${one.reason ? ` ${one.reason}` : ''}`,
  )
}
