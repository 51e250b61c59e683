import { shiftsOnDay, type ShiftPattern } from '../domain/calendar-days.ts'
import type { ShiftCalendar } from '../domain/calendar.ts'
import { dayNumber } from '../domain/local-time.ts'
import type { PlantProblem } from './read-yaml.ts'
import { calendarKeys, calendarSchema, type CalendarSettings } from './shifts.ts'
import { shiftCalendar } from './shift-calendar.ts'
import { dates, type Group, list, type Path, twice } from './reference-checks.ts'

/** Shifts are compared on so many days from where they come into force: a year, so that rotas meet. */
const comparedDays = 371
/** Without a rota every week is like the first. */
const comparedWeekDays = 8

/** Mistakes of a line's calendar: dates that no calendar has, shifts that overlap, breaks outside their shift. */
export function calendarProblems(line: Group, path: Path): PlantProblem[] {
  const own = Object.fromEntries(
    Object.keys(calendarKeys)
      .filter((key) => key in line)
      .map((key) => [key, line[key]]),
  )
  const wrongDates = dateProblems(line, path)
  const parsed = calendarSchema.safeParse(own)
  if (!parsed.success || wrongDates.length > 0) return [...wrongDates, ...nameProblems(line, path)]
  return [
    ...nameProblems(line, path),
    ...overlapProblems(parsed.data, path),
    ...longerProblems(parsed.data, path),
    ...slotProblems(parsed.data, path),
    ...patternLists(parsed.data, path).flatMap(({ shift, at }) => breakProblems(shift, at)),
  ]
}

function nameProblems(line: Group, path: Path): PlantProblem[] {
  return [
    ...twice(list(line.shifts), [...path, 'shifts'], 'name'),
    ...twice(list(line.shiftChanges), [...path, 'shiftChanges'], 'from'),
    ...twice(list(line.exceptions), [...path, 'exceptions'], 'date'),
    ...['shiftChanges', 'exceptions'].flatMap((key) =>
      list(line[key]).flatMap((one, index) =>
        twice(list(one.shifts), [...path, key, index, 'shifts'], 'name'),
      ),
    ),
  ]
}

function dateProblems(line: Group, path: Path): PlantProblem[] {
  const keys = ['shiftChanges', 'exceptions', 'extraShifts', 'longerShifts', 'plannedSlots'] as const
  const names = ['date', 'from', 'until']
  const patterns = (shifts: unknown, at: Path) =>
    list(shifts).flatMap((shift, index) => {
      const rota = shift.rota as Group | undefined
      return rota ? dates([rota.from], [...at, index, 'rota'], ['from']) : []
    })
  return [
    ...dates(line.closedDates, [...path, 'closedDates']),
    ...patterns(line.shifts, [...path, 'shifts']),
    ...keys.flatMap((key) =>
      list(line[key]).flatMap((one, index) => [
        ...dates(
          names.map((name) => one[name]),
          [...path, key, index],
          names,
        ),
        ...patterns(one.shifts, [...path, key, index, 'shifts']),
      ]),
    ),
  ]
}

type Shift = CalendarSettings['exceptions'][number]['shifts'][number]

function patternLists(line: CalendarSettings, path: Path): { shift: Shift; at: Path }[] {
  const of = (shifts: readonly Shift[], at: Path) =>
    shifts.map((shift, index) => ({ shift, at: [...at, index] }))
  return [
    ...of(line.shifts, [...path, 'shifts']),
    ...line.shiftChanges.flatMap((one, i) => of(one.shifts, [...path, 'shiftChanges', i, 'shifts'])),
    ...line.exceptions.flatMap((one, i) => of(one.shifts, [...path, 'exceptions', i, 'shifts'])),
    ...of(line.extraShifts, [...path, 'extraShifts']),
  ]
}

/** Where each pattern stands in the file, those that give way first. */
function placesOf(line: CalendarSettings, calendar: ShiftCalendar, path: Path) {
  const patterns: ShiftPattern[] = [
    ...calendar.shifts,
    ...line.shiftChanges.flatMap(({ from }) => calendar.changes.find((one) => one.from === from)!.shifts),
    ...calendar.exceptions.flatMap(({ shifts }) => shifts),
    ...calendar.extraShifts.map(({ pattern }) => pattern),
  ]
  const places = patternLists(line, path)
  return new Map(patterns.map((pattern, index) => [pattern, { index, at: places[index]!.at }]))
}

function overlapProblems(line: CalendarSettings, path: Path): PlantProblem[] {
  const calendar = shiftCalendar(line, 'UTC')
  const places = placesOf(line, calendar, path)
  const problems = new Map<string, PlantProblem>()
  const compare = (days: ShiftCalendar, fromDay: number, count: number) => {
    const shifts = Array.from({ length: count + 1 }, (_, i) => fromDay + i).flatMap((day) =>
      shiftsOnDay(days, day).map((one) => ({ ...one, day })),
    )
    const placed = shifts
      .map((one) => ({ ...one, from: one.day * 1440 + one.startMin, to: one.day * 1440 + one.endMin }))
      .sort((a, b) => a.from - b.from)
    placed.slice(1).forEach((next, i) => {
      const before = placed[i]!
      if (next.from >= before.to) return
      const rank = (one: typeof next) => (one.longer ? Infinity : places.get(one.pattern)!.index)
      const [named, wrong] = rank(next) >= rank(before) ? [before, next] : [next, before]
      const at = wrong.longer
        ? [...path, 'longerShifts', calendar.longerShifts.indexOf(wrong.longer), 'date']
        : [...places.get(wrong.pattern)!.at, 'start']
      const message = `this shift overlaps shift "${named.pattern.name}": expected shifts that follow each other`
      if (!problems.has(at.join('.'))) problems.set(at.join('.'), { path: at, at: 'value', message })
    })
  }
  const usual = { closedDates: [], exceptions: [], extraShifts: [], longerShifts: [], changes: [] }
  const sets = [{ from: '2026-01-05', shifts: calendar.shifts }, ...calendar.changes]
  for (const { from, shifts } of sets) {
    const hasRota = shifts.some((shift) => shift.rota !== null)
    const days = hasRota ? comparedDays : comparedWeekDays
    compare({ ...calendar, ...usual, shifts }, dayNumber(from), days)
  }
  const special = [...line.shiftChanges.map(({ from }) => from), ...specialDates(line)]
  for (const date of special) compare(calendar, dayNumber(date) - 1, 2)
  return [...problems.values()]
}

const specialDates = ({ exceptions, extraShifts, longerShifts }: CalendarSettings) =>
  [...exceptions, ...extraShifts, ...longerShifts].map(({ date }) => date)

function longerProblems(line: CalendarSettings, path: Path): PlantProblem[] {
  const calendar = shiftCalendar(line, 'UTC')
  return calendar.longerShifts.flatMap((longer, index): PlantProblem[] => {
    const at = [...path, 'longerShifts', index]
    const shifts = shiftsOnDay({ ...calendar, extraShifts: [] }, dayNumber(longer.date))
    const found = shifts.find(({ pattern }) => pattern.name === longer.shift)
    if (!found?.usual) {
      const names = shifts.map(({ pattern }) => pattern.name).join(', ')
      const expected = names === '' ? 'no shift starts on that date' : `expected one of ${names}`
      const message = `"${longer.shift}" does not start on ${longer.date}: ${expected}`
      return [{ path: [...at, 'shift'], at: 'value', message }]
    }
    const { usual, startMin, endMin } = found
    const grows = startMin < usual.startMin || endMin > usual.endMin
    if (grows && startMin <= usual.startMin && endMin >= usual.endMin) return []
    const message = 'expected an earlier start or a later end than usual; a shorter shift is an exception'
    return [{ path: at, at: 'value', message }]
  })
}

function slotProblems(line: CalendarSettings, path: Path): PlantProblem[] {
  return line.plannedSlots.flatMap((slot, index) => {
    const given = (['days', 'from', 'until'] as const).find((key) => slot[key] !== undefined)
    if (slot.date === undefined || given === undefined) return []
    const at = [...path, 'plannedSlots', index, given]
    return [
      { path: at, at: 'key', message: 'date is given too: expected a slot on one date, or on weekdays' },
    ]
  })
}

function breakProblems(shift: Shift, path: Path): PlantProblem[] {
  const shiftStart = minuteOf(shift.start)
  const shiftLength = lengthMin(shift)
  const problems: PlantProblem[] = []
  let coveredMin = 0
  const placed = shift.breaks.map((pause, index) => {
    return {
      index,
      fromMin: (minuteOf(pause.start) - shiftStart + dayMin) % dayMin,
      length: lengthMin(pause),
    }
  })
  placed.sort((a, b) => a.fromMin - b.fromMin)
  for (const { index, fromMin, length } of placed) {
    const at = [...path, 'breaks', index, 'start']
    if (fromMin + length > shiftLength) {
      problems.push({ path: at, at: 'value', message: 'expected a break that lies inside its shift' })
    } else if (fromMin < coveredMin) {
      problems.push({
        path: at,
        at: 'value',
        message: 'this break overlaps another one: expected breaks apart',
      })
    }
    coveredMin = Math.max(coveredMin, fromMin + length)
  }
  return problems
}

const dayMin = 24 * 60

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Length of a shift or break in minutes; an end at or before the start lies on the next day. */
function lengthMin({ start, end }: { start: string; end: string }): number {
  const length = minuteOf(end) - minuteOf(start)
  return length > 0 ? length : length + dayMin
}
