import type { ShiftCalendar } from '../domain/calendar.ts'
import type { ShiftPattern } from '../domain/calendar-days.ts'
import { minuteMs } from '../domain/local-time.ts'
import { type CalendarSettings, noCrew } from './shifts.ts'

type ShiftSettings = Omit<CalendarSettings['shifts'][number], 'days' | 'rota'> &
  Partial<Pick<CalendarSettings['shifts'][number], 'days' | 'rota'>>

const everyDay = [1, 2, 3, 4, 5, 6, 7]

/** The line's calendar in the KPI core's own terms. */
export function shiftCalendar(line: CalendarSettings, timeZone: string): ShiftCalendar {
  return {
    timeZone,
    shifts: line.shifts.map(shiftPattern),
    changes: line.shiftChanges
      .map(({ from, shifts }) => ({ from, shifts: shifts.map(shiftPattern) }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    closedDates: line.closedDates,
    exceptions: line.exceptions.map(({ date, name, shifts }) => ({
      date,
      name: name ?? null,
      shifts: shifts.map(shiftPattern),
    })),
    extraShifts: line.extraShifts.map(({ date, ...shift }) => ({ date, pattern: shiftPattern(shift) })),
    longerShifts: line.longerShifts.map(({ date, shift, start, end, target }) => ({
      date,
      shift,
      start: start ?? null,
      end: end ?? null,
      target: target ?? null,
    })),
    slots: line.plannedSlots.map(({ name, kind, start, end, date, days, from, until }) => ({
      name,
      kind,
      start,
      end,
      date: date ?? null,
      days: days ?? everyDay,
      from: from ?? null,
      until: until ?? null,
    })),
    pitchMs: line.pitchMin * minuteMs,
    pitchPieces: line.pitchPieces ?? null,
  }
}

function shiftPattern(shift: ShiftSettings): ShiftPattern {
  const { name, start, end, days, breaks, rota } = shift
  return {
    name,
    start,
    end,
    days: days ?? everyDay,
    rota: rota ? { ...rota, crews: rota.crews.map((crew) => (crew === noCrew ? null : crew)) } : null,
    breaks,
    movingBreakMs: shift.movingBreakMin * minuteMs,
    target: shift.target ?? null,
  }
}
