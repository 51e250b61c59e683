import type { PlantProblem } from './load-plant.ts'
import { dates, type Group, list, type Path, pointsTo, texts, twice } from './reference-checks.ts'

/** Mistakes between the entries of one line. */
export function lineProblems(line: Group, path: Path): PlantProblem[] {
  const products = list(line.products)
  return [
    ...twice(products, [...path, 'products'], 'id'),
    ...pointsTo(line.defaultProduct, texts(products, 'id'), [...path, 'defaultProduct'], 'products'),
    ...shiftProblems(list(line.shifts), [...path, 'shifts']),
    ...dates(line.closedDates, [...path, 'closedDates']),
  ]
}

const dayMin = 24 * 60
const weekMin = 7 * dayMin

/** A span of the week in minutes since Monday 00:00; `endMin` may lie in the next week. */
type WeekSpan = { startMin: number; endMin: number }

function shiftProblems(shifts: readonly Group[], path: Path): PlantProblem[] {
  const problems = twice(shifts, path, 'name')
  const spans = shifts.map((shift) => spansOfShift(shift))
  spans.forEach((own, index) => {
    const other = spans.findIndex(
      (earlier, before) => before < index && own.some((a) => earlier.some((b) => overlap(a, b))),
    )
    if (other >= 0) {
      const name = String(shifts[other]?.name)
      problems.push({
        path: [...path, index, 'start'],
        at: 'value',
        message: `this shift overlaps shift "${name}": expected shifts that follow each other`,
      })
    }
  })
  return [...problems, ...shifts.flatMap((shift, index) => breakProblems(shift, [...path, index]))]
}

function spansOfShift(shift: Group): WeekSpan[] {
  const start = minuteOfDay(shift.start)
  const length = lengthMin(shift)
  if (start === null || length === null) return []
  const days = Array.isArray(shift.days)
    ? shift.days.filter((day) => Number.isInteger(day))
    : [1, 2, 3, 4, 5, 6, 7]
  return days.map((day: number) => {
    const startMin = (day - 1) * dayMin + start
    return { startMin, endMin: startMin + length }
  })
}

function overlap(a: WeekSpan, b: WeekSpan): boolean {
  return [-weekMin, 0, weekMin].some(
    (shift) => a.startMin + shift < b.endMin && b.startMin < a.endMin + shift,
  )
}

function breakProblems(shift: Group, path: Path): PlantProblem[] {
  const shiftStart = minuteOfDay(shift.start)
  const shiftLength = lengthMin(shift)
  if (shiftStart === null || shiftLength === null) return []
  const problems: PlantProblem[] = []
  let coveredMin = 0
  const breaks = list(shift.breaks).map((pause, index) => ({ pause, index }))
  const placed = breaks.flatMap(({ pause, index }) => {
    const start = minuteOfDay(pause.start)
    const length = lengthMin(pause)
    if (start === null || length === null) return []
    return [{ index, fromMin: (start - shiftStart + dayMin) % dayMin, length }]
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

function minuteOfDay(value: unknown): number | null {
  if (typeof value !== 'string' || !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return null
  return Number(value.slice(0, 2)) * 60 + Number(value.slice(3))
}

/** Length of a shift or break in minutes; an end at or before the start lies on the next day. */
function lengthMin(span: Group): number | null {
  const start = minuteOfDay(span.start)
  const end = minuteOfDay(span.end)
  if (start === null || end === null) return null
  return end > start ? end - start : end - start + dayMin
}
