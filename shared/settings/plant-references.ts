import type { PlantProblem } from './load-plant.ts'

type Group = Readonly<Record<string, unknown>>
type Path = readonly PropertyKey[]

/**
 * Mistakes between entries: ids given twice, names that point nowhere, shifts that overlap. Works on the raw file, so
 * that it finds them even while other parts of the file do not fit the schema yet.
 */
export function referenceProblems(raw: unknown): PlantProblem[] {
  const plant = group(raw)
  const lines = list(plant.lines)
  const lineIds = texts(lines, 'id')
  return [
    ...brokerProblems(group(plant.broker)),
    ...twice(lines, ['lines'], 'id'),
    ...pointsTo(group(plant.display).line, lineIds, ['display', 'line'], 'lines'),
    ...lines.flatMap((line, index) => lineProblems(line, ['lines', index])),
    ...seedProblems(list(group(plant.seed).objectives), lineIds),
  ]
}

function brokerProblems(broker: Group): PlantProblem[] {
  const problems: PlantProblem[] = []
  if (typeof broker.url === 'string' && /^[a-z]+:\/\/[^/]*@/.test(broker.url)) {
    problems.push({
      path: ['broker', 'url'],
      at: 'value',
      message: 'expected an address without user and password; use username with passwordEnv or passwordFile',
    })
  }
  if (broker.passwordEnv !== undefined && broker.passwordFile !== undefined) {
    problems.push({
      path: ['broker', 'passwordFile'],
      at: 'key',
      message: 'passwordEnv is given too: expected only one of the two',
    })
  }
  return problems
}

function lineProblems(line: Group, path: Path): PlantProblem[] {
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

function seedProblems(objectives: readonly Group[], lineIds: readonly string[]): PlantProblem[] {
  const keyResultIds = new Set<string>()
  return [
    ...twice(objectives, ['seed', 'objectives'], 'id'),
    ...objectives.flatMap((objective, index) => {
      const path = ['seed', 'objectives', index]
      const cycle = group(objective.cycle)
      const problems = [
        ...pointsTo(objective.line, lineIds, [...path, 'line'], 'lines'),
        ...dates([cycle.start, cycle.end], [...path, 'cycle'], ['start', 'end']),
      ]
      if (typeof cycle.start === 'string' && typeof cycle.end === 'string' && cycle.end <= cycle.start) {
        problems.push({
          path: [...path, 'cycle', 'end'],
          at: 'value',
          message: 'expected a date after the start',
        })
      }
      list(objective.keyResults).forEach((keyResult, at) => {
        if (typeof keyResult.id !== 'string') return
        if (keyResultIds.has(keyResult.id)) {
          const message = `the id "${keyResult.id}" is used twice: expected an id of its own for every key result`
          problems.push({ path: [...path, 'keyResults', at, 'id'], at: 'value', message })
        }
        keyResultIds.add(keyResult.id)
      })
      return problems
    }),
  ]
}

function twice(entries: readonly Group[], path: Path, key: 'id' | 'name'): PlantProblem[] {
  const seen = new Set<unknown>()
  return entries.flatMap((entry, index) => {
    const value = entry[key]
    if (typeof value !== 'string') return []
    if (!seen.has(value)) {
      seen.add(value)
      return []
    }
    return [
      {
        path: [...path, index, key],
        at: 'value',
        message: `the ${key} "${value}" is used twice: expected one of its own`,
      },
    ]
  })
}

function pointsTo(value: unknown, known: readonly string[], path: Path, where: string): PlantProblem[] {
  if (typeof value !== 'string' || known.includes(value)) return []
  const names = known.length > 0 ? `one of ${known.join(', ')}` : `an id that stands under ${where}`
  return [{ path, at: 'value', message: `"${value}" is not among the ${where}: expected ${names}` }]
}

/** Dates of the right form that no calendar has, such as 2026-02-30. */
function dates(value: unknown, path: Path, names?: readonly string[]): PlantProblem[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((date: unknown, index): PlantProblem[] => {
    if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return []
    const read = new Date(`${date}T00:00:00Z`)
    if (!Number.isNaN(read.getTime()) && read.toISOString().startsWith(date)) return []
    return [
      {
        path: [...path, names?.[index] ?? index],
        at: 'value',
        message: `expected a date that exists, found "${date}"`,
      },
    ]
  })
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

function group(value: unknown): Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Group) : {}
}

function list(value: unknown): Group[] {
  return Array.isArray(value) ? value.map(group) : []
}

function texts(entries: readonly Group[], key: string): string[] {
  return entries.flatMap((entry) => (typeof entry[key] === 'string' ? [entry[key]] : []))
}
