import type { PlantProblem } from './read-yaml.ts'
import { group, pointsTo } from './reference-checks.ts'
import type { Group, Path } from './reference-checks.ts'
import { parseTopicFilter } from './topic-filter.ts'
import { presets } from './topic-presets.ts'

const signalKeys = [
  'count',
  'state',
  'mode',
  'stopReason',
  'product',
  'changeover',
  'scrap',
  'value',
  'call',
] as const
const places = ['preset', 'topic', 'sparkplug'] as const

/** Mistakes between the parts of `topics:` and the lines. */
export function topicProblems(topics: readonly Group[], lineIds: readonly string[]): PlantProblem[] {
  return topics.flatMap((topic, index) => entryProblems(topic, ['topics', index], lineIds))
}

function entryProblems(entry: Group, path: Path, lineIds: readonly string[]): PlantProblem[] {
  const problems: PlantProblem[] = [
    ...pointsTo(entry.line, lineIds, [...path, 'line'], 'lines'),
    ...Object.entries(group(entry.lines)).flatMap(([name, line]) =>
      pointsTo(line, lineIds, [...path, 'lines', name], 'lines'),
    ),
  ]
  const problem = (key: string, message: string): void =>
    void problems.push({ path: [...path, key], at: 'key', message })
  const given = places.filter((key) => entry[key] !== undefined)
  if (given.length === 0) problem('topic', '"topic" is missing: expected topic, preset or sparkplug')
  if (entry.sparkplug !== undefined && given.length > 1) {
    problem('sparkplug', `${given[0]} is given too: expected only one of the two`)
  }
  if (entry.metric !== undefined && entry.sparkplug === undefined) {
    problem('metric', 'expected sparkplug beside it: only there messages have metrics')
  }
  if (entry.states !== undefined && entry.preset === undefined) {
    problem('states', 'expected a preset beside it; without one write state: { from: ..., map: ... }')
  }
  if (entry.line !== undefined && entry.lines !== undefined) {
    problem('lines', 'line is given too: expected only one of the two')
  }
  if (entry.preset === undefined && given.length > 0 && signalKeys.every((key) => entry[key] === undefined)) {
    problem(given[0] ?? 'topic', `this says nothing yet: expected at least one of ${signalKeys.join(', ')}`)
  }
  return [...problems, ...segmentProblems(entry, path)]
}

/** Segments that are used but that the topic does not name. */
function segmentProblems(entry: Group, path: Path): PlantProblem[] {
  const names = segmentsOf(entry)
  if (names === null) return []
  const problems: PlantProblem[] = []
  if (entry.line === undefined && !names.includes('line')) {
    problems.push({
      path: [...path, placeOf(entry)],
      at: 'value',
      message: 'which line is this about? expected a segment "+line" in it, or the key "line"',
    })
  }
  const look = (value: unknown, at: Path): void => {
    if (typeof value === 'string') {
      const name = /^\+([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)?.[1]
      if (name !== undefined && !names.includes(name)) {
        problems.push({
          path: at,
          at: 'value',
          message: `the topic has no segment "+${name}": expected ${known(names)}`,
        })
      }
    } else if (Array.isArray(value)) value.forEach((item, index) => look(item, [...at, index]))
    else for (const [key, item] of Object.entries(group(value))) look(item, [...at, key])
  }
  for (const key of ['cell', 'time', 'id', 'samples', 'when', 'valid', ...signalKeys])
    look(entry[key], [...path, key])
  return problems
}

const placeOf = (entry: Group): string =>
  entry.topic !== undefined ? 'topic' : entry.sparkplug !== undefined ? 'sparkplug' : 'preset'

const known = (names: readonly string[]): string =>
  names.length === 0 ? 'a topic with named segments' : `one of ${names.map((name) => `+${name}`).join(', ')}`

/** null: there is no topic to look at, or a broken one, which the schema tells. */
function segmentsOf(entry: Group): string[] | null {
  const texts = [entry.topic, entry.sparkplug, entry.metric].filter((text) => typeof text === 'string')
  const preset =
    typeof entry.preset === 'string' && Object.hasOwn(presets, entry.preset) ? entry.preset : null
  if (entry.topic === undefined && preset !== null) texts.push(presets[preset as keyof typeof presets].topic)
  if (texts.length === 0) return null
  try {
    return texts.flatMap((text) => parseTopicFilter(text).names)
  } catch {
    return null
  }
}
