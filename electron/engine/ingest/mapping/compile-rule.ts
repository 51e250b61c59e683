import { parseTopicFilter } from '../../../../shared/settings/topic-filter.ts'
import type { TopicRule } from '../../../../shared/settings/expand-topics.ts'
import type { Part, Rejected, Unknown } from '../outcome.ts'
import { reject } from '../outcome.ts'
import { maxIdLength, readSignal, vitalKinds } from '../signals.ts'
import { readCondition } from './read-condition.ts'
import type { MachineMemory } from './machine-memory.ts'
import { MappingProblem, nullReader, readAround, readQuery, readText, toText } from './read-field.ts'
import type { Place } from './read-field.ts'
import { signalReaders } from './read-signals.ts'
import { readTime } from './read-time.ts'

/** Samples of one message, at most. */
export const samplesPerMessage = 2_000

export type Found = { parts: Part[]; rejects: Rejected[]; nulls?: Unknown[] }

/** A rule of plant.yaml, ready to read messages. */
export type CompiledRule = {
  rule: TopicRule
  /** It makes signals of which a line's state and numbers are made. */
  isVital: boolean
  /** Named segments of a topic (or source and metric) that the rule is about; null: it is about another one. */
  match: (topic: string, metric: string) => Readonly<Record<string, string>> | null
  /** The line of such a topic; null: one that this board does not have. */
  lineOf: (segments: Readonly<Record<string, string>>) => string | null
  /** Adds what the message says to `found`. `counter`: name of the counter for totals. Never throws. */
  read: (lineId: string, counter: string, place: Omit<Place, 'sample'>, found: Found) => void
}

export function compileRule(
  rule: TopicRule,
  lineIds: ReadonlySet<string>,
  memory: MachineMemory,
): CompiledRule {
  const filter = parseTopicFilter(rule.topic ?? rule.sparkplug ?? '')
  const metricFilter = rule.metric === undefined ? null : parseTopicFilter(rule.metric)
  const applies = readCondition(rule.when)
  const isValid = readCondition(rule.valid)
  const isNull = nullReader(rule)
  const cell = rule.cell === undefined ? null : readText(rule.cell, 'cell')
  const time = rule.time === undefined ? null : readTime(rule.time)
  const id = rule.id === undefined ? null : readAround(rule.id.from ?? '@')
  const samples = rule.samples === undefined ? null : readQuery(rule.samples)
  const readers = signalReaders(rule)
  const isVital = readers.some(({ kind }) => vitalKinds.has(kind))
  const lines = rule.lines === undefined ? null : new Map(Object.entries(rule.lines))

  function readSample(lineId: string, counter: string, place: Place, found: Found): void {
    if (!applies(place)) return
    const part = cell?.(place)
    const atMs = time?.(place) ?? null
    if (!isValid(place) || isNull(place)) {
      if (isVital) (found.nulls ??= []).push({ lineId, atMs })
      return
    }
    const given = id?.(place)
    const ownId = given === undefined ? null : toText(given, 'id')
    if (ownId !== null && (ownId === '' || ownId.length > maxIdLength)) {
      throw new MappingProblem('id', `id: must be a text of 1 to ${maxIdLength} characters`)
    }
    for (const { kind, read, counters, tells } of readers) {
      const said = read(place)
      const fields =
        said === undefined || tells === undefined ? said : memory.tell(tells, `${lineId}/${part ?? ''}`, said)
      if (fields === undefined) continue
      if (kind === 'count') fields.counter = part === undefined ? counter : `${counter}#${part}`
      if (part !== undefined) fields.cell = part
      const result = readSignal(kind, fields)
      if (!result.ok) {
        found.rejects.push(result)
        continue
      }
      const { signal } = result
      found.parts.push({ lineId, atMs, id: ownId, signal, body: JSON.stringify(fields), counters })
    }
  }

  return {
    rule,
    isVital,
    match: (topic, metric) => {
      const segments = filter.match(topic)
      if (segments === null || metricFilter === null) return segments
      const more = metricFilter.match(metric)
      return more === null ? null : { ...segments, ...more }
    },
    lineOf: (segments) => {
      const name = segments.line
      if (rule.line !== undefined) return rule.line
      const lineId = lines === null ? name : lines.get(name ?? '')
      return lineId !== undefined && lineIds.has(lineId) ? lineId : null
    },
    read: (lineId, counter, place, found) => {
      try {
        if (samples === null) return readSample(lineId, counter, { ...place, sample: place.payload }, found)
        const list = samples({ ...place, sample: place.payload })
        if (list === undefined) return
        if (!Array.isArray(list)) throw new MappingProblem('shape', `${rule.samples}: must be a list`)
        if (list.length > samplesPerMessage) {
          throw new MappingProblem(
            'size',
            `${rule.samples}: ${list.length} samples; at most ${samplesPerMessage} are taken`,
          )
        }
        for (const sample of list as unknown[]) {
          try {
            readSample(lineId, counter, { ...place, sample }, found)
          } catch (error) {
            found.rejects.push(rejectedOf(error))
          }
        }
      } catch (error) {
        found.rejects.push(rejectedOf(error))
      }
    },
  }
}

function rejectedOf(error: unknown): Rejected {
  if (error instanceof MappingProblem) return error.rejected
  return reject('internal', `mapping: ${String(error)}`)
}
