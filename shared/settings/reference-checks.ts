import type { PlantProblem } from './read-yaml.ts'

/** A part of a raw file, whatever it holds. */
export type Group = Readonly<Record<string, unknown>>
export type Path = readonly PropertyKey[]

export function twice(
  entries: readonly Group[],
  path: Path,
  key: 'id' | 'name' | 'from' | 'date',
): PlantProblem[] {
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

export function pointsTo(
  value: unknown,
  known: readonly string[],
  path: Path,
  where: string,
): PlantProblem[] {
  if (typeof value !== 'string' || known.includes(value)) return []
  const names = known.length > 0 ? `one of ${known.join(', ')}` : `an id that stands under ${where}`
  return [{ path, at: 'value', message: `"${value}" is not among the ${where}: expected ${names}` }]
}

/** Dates of the right form that no calendar has, such as 2026-02-30. */
export function dates(value: unknown, path: Path, names?: readonly string[]): PlantProblem[] {
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

export function group(value: unknown): Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Group) : {}
}

export function list(value: unknown): Group[] {
  return Array.isArray(value) ? value.map(group) : []
}

export function texts(entries: readonly Group[], key: string): string[] {
  return entries.flatMap((entry) => (typeof entry[key] === 'string' ? [entry[key]] : []))
}
