import { describe, expect, it } from 'vitest'
import { plannedIntervals, shiftAt, shiftsBetween } from '../../../shared/domain/calendar.ts'
import { lengthOf } from '../../../shared/domain/intervals.ts'
import {
  dateOfDay,
  dayMs,
  dayNumber,
  hourMs,
  instantOf,
  localDateAt,
  localTimeAt,
  minuteMs,
  minutesOfDay,
} from '../../../shared/domain/local-time.ts'
import { calendarOf, shiftPattern } from './line-facts.ts'

/** Minutes that a zone's clocks are ahead of UTC, as the runtime's own time-zone data says: not the product's arithmetic. */
function offsetClock(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (atMs) => {
    const name = format.formatToParts(atMs).find((part) => part.type === 'timeZoneName')!.value
    const parts = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name)!
    const minutes = Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)
    return parts[1] === '-' ? -minutes : minutes
  }
}

type Change = { atMs: number; before: number; after: number }

/** Clock changes of a zone between two instants, to the minute. */
function changesOf(timeZone: string, fromMs: number, toMs: number): Change[] {
  const offsetAt = offsetClock(timeZone)
  const changes: Change[] = []
  const stepMs = 10 * dayMs
  let before = offsetAt(fromMs)
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) {
    const after = offsetAt(atMs + stepMs)
    if (after === before) continue
    let [low, high] = [atMs, atMs + stepMs]
    while (high - low > minuteMs) {
      const middle = Math.floor((low + high) / 2 / minuteMs) * minuteMs
      if (offsetAt(middle) === before) low = middle
      else high = middle
    }
    changes.push({ atMs: high, before, after })
    before = after
  }
  return changes
}

const tenYears = { fromMs: Date.UTC(2016, 10, 25), toMs: Date.UTC(2026, 10, 25) }
const zones = Intl.supportedValuesOf('timeZone')
const changing = zones
  .map((timeZone) => ({ timeZone, changes: changesOf(timeZone, tenYears.fromMs, tenYears.toMs) }))
  .filter(({ changes }) => changes.length > 0)

describe('round trips through the clocks of every zone that changed them in ten years', () => {
  it('knows more than a hundred of them, those of 30 minutes too', () => {
    expect(changing.length).toBeGreaterThan(100)
    expect(changing.map(({ timeZone }) => timeZone)).toContain('Australia/Lord_Howe')
    expect(changing.map(({ timeZone }) => timeZone)).not.toContain('Asia/Kolkata')
  })

  it('instant -> local date and time -> instant, around every change', () => {
    let told = 0
    for (const { timeZone, changes } of changing) {
      for (const { atMs, before, after } of changes.slice(-3)) {
        const back = (after - before) * minuteMs
        for (const awayMin of [-1441, -91, -31, -1, 0, 1, 31, 91, 1441]) {
          const instant = atMs + awayMin * minuteMs
          const day = dayNumber(localDateAt(timeZone, instant))
          const again = instantOf(timeZone, day, minutesOfDay(localTimeAt(timeZone, instant)))
          // An hour that comes twice is read as its first; every other time of day as itself.
          const twice = back < 0 && instant >= atMs && instant < atMs - back
          expect([timeZone, awayMin, again]).toEqual([timeZone, awayMin, twice ? instant + back : instant])
          told++
        }
      }
    }
    expect(told).toBeGreaterThan(1_000)
  })

  it('a day of three shifts has as many hours as the clocks say, without gap or overlap', () => {
    for (const { timeZone, changes } of changing) {
      const calendar = calendarOf(
        ['06:00', '14:00', '22:00'].map((start, i, starts) =>
          shiftPattern({ name: start, start, end: starts[(i + 1) % 3]! }),
        ),
        { timeZone },
      )
      for (const { atMs, before, after } of changes.slice(-2)) {
        const window = { startMs: atMs - 2 * dayMs, endMs: atMs + 2 * dayMs }
        const shifts = shiftsBetween(calendar, window)
        shifts.slice(1).forEach((shift, i) => expect(shift.startMs).toBe(shifts[i]!.endMs))
        expect(lengthOf(plannedIntervals(calendar, window))).toBe(4 * dayMs)
        // A change at midnight may lie in a shift of the day before, and one of a whole day in none.
        const shift = shiftAt(calendar, atMs)!
        if (Math.abs(after - before) > 180) continue
        const length = (shift.endMs - shift.startMs) / minuteMs
        // A start that the clocks skip is the instant of the change itself: the shift has lost what they skipped.
        const inside = shift.startMs < atMs || localTimeAt(timeZone, shift.startMs) !== shift.name
        expect([timeZone, length]).toEqual([timeZone, 480 - (inside ? after - before : 0)])
        expect(shift.date).toBe(localDateAt(timeZone, shift.startMs))
      }
    }
  })
})

describe('the changes of 2026 and 2027', () => {
  /** Length in hours of the 24 h shift that starts at midnight, and of the night shift before that morning. */
  const hoursOn = (timeZone: string, date: string): [number, number] => {
    const calendar = calendarOf([shiftPattern({ start: '00:00', end: '00:00' })], { timeZone })
    const night = calendarOf([shiftPattern({ start: '22:00', end: '06:00' })], { timeZone })
    const noonMs = instantOf(timeZone, dayNumber(date), 720)
    const day = shiftAt(calendar, noonMs)!
    expect(day.date).toBe(date)
    const before = shiftAt(night, instantOf(timeZone, dayNumber(date), 240))!
    expect(before.date).toBe(dateOfDay(dayNumber(date) - 1))
    return [(day.endMs - day.startMs) / hourMs, (before.endMs - before.startMs) / hourMs]
  }

  it.each([
    ['Europe/Berlin', '2026-03-29', 23, 7],
    ['Europe/Berlin', '2026-10-25', 25, 9],
    ['Europe/Berlin', '2027-03-28', 23, 7],
    ['Europe/Berlin', '2027-10-31', 25, 9],
    ['America/New_York', '2026-03-08', 23, 7],
    ['America/New_York', '2026-11-01', 25, 9],
    ['America/New_York', '2027-03-14', 23, 7],
    ['America/New_York', '2027-11-07', 25, 9],
    ['Australia/Lord_Howe', '2026-04-05', 24.5, 8.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5, 7.5],
    ['Australia/Lord_Howe', '2027-04-04', 24.5, 8.5],
    ['Australia/Lord_Howe', '2027-10-03', 23.5, 7.5],
    ['Asia/Kolkata', '2026-03-29', 24, 8],
    ['Asia/Kolkata', '2026-10-25', 24, 8],
    ['Asia/Kolkata', '2027-03-28', 24, 8],
    ['Asia/Kolkata', '2027-10-31', 24, 8],
  ])('%s, %s: a day of %d h after a night shift of %d h', (timeZone, date, day, night) => {
    expect(hoursOn(timeZone, date)).toEqual([day, night])
  })

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
    '%s: the shifts of both years fill them to the minute',
    (timeZone) => {
      const calendar = calendarOf(
        [
          shiftPattern({ start: '06:00', end: '18:00' }),
          shiftPattern({ name: 'Night', start: '18:00', end: '06:00' }),
        ],
        { timeZone },
      )
      const years = {
        startMs: instantOf(timeZone, dayNumber('2026-01-01'), 360),
        endMs: instantOf(timeZone, dayNumber('2028-01-01'), 360),
      }
      expect(plannedIntervals(calendar, years)).toEqual([years])
      expect(shiftsBetween(calendar, years)).toHaveLength(2 * 730)
      expect(years.endMs - years.startMs).toBe(730 * dayMs)
    },
  )
})
