import type { EpochMs } from '../../../../shared/domain/facts.ts'
import { expandTopics } from '../../../../shared/settings/expand-topics.ts'
import type { Plant } from '../../../../shared/settings/plant.ts'
import { parseTopicFilter, withoutCovered } from '../../../../shared/settings/topic-filter.ts'
import { signalKinds } from '../../../../shared/domain/line-model.ts'
import { textOf } from '../decode.ts'
import { reject } from '../outcome.ts'
import type { Decoder, MappedMessage, Outcome } from '../outcome.ts'
import { compileRule } from './compile-rule.ts'
import type { CompiledRule, Found } from './compile-rule.ts'
import { createMachineMemory } from './machine-memory.ts'

/** Topics whose rules are remembered; when there are more, all are looked up anew. */
const knownTopics = 10_000

/** One rule as it reads one topic. None of a known topic: it is about no line of this board. */
type Use = { rule: CompiledRule; lineId: string; counter: string; segments: Readonly<Record<string, string>> }

/** The plant's `topics:`, ready to read messages. */
export type Mapping = {
  /** What plain topics say. A topic that no rule is about is rejected with the code "topic". Never throws. */
  decode: Decoder
  /**
   * What one named value says, such as a metric of a Sparkplug node: `source` is "group/node" or "group/node/device",
   * `value` a number, bigint, text, truth value or JSON value, `atMs` its own time. No rule: no parts. Never throws.
   */
  signalsOf: (source: string, name: string, value: unknown, atMs: EpochMs | null) => MappedMessage
  /** Lines of whose state and pieces the metric is a part, whatever its value. */
  linesFedBy: (source: string, name: string) => readonly string[]
  /** True when a rule is about metrics of this node ("group/node") or of its devices. */
  isAboutNode: (node: string) => boolean
  /** True when a rule is about Sparkplug nodes. */
  hasSparkplug: boolean
}

/** Every topic that the board reads, as the broker understands it: the native ones and those of `topics:`. */
export function subscriptions(plant: Plant): string[] {
  const native = signalKinds.map((kind) => `${plant.broker.prefix}/+/${kind}`)
  const mapped = expandTopics(plant.topics, plant.site.timeZone).flatMap(({ topic }) =>
    topic === undefined ? [] : [parseTopicFilter(topic).mqtt],
  )
  return withoutCovered([...native, ...mapped])
}

export function createMapping(plant: Plant): Mapping {
  const lineIds = new Set(plant.lines.map((line) => line.id))
  const memory = createMachineMemory()
  const rules = expandTopics(plant.topics, plant.site.timeZone).map((rule) =>
    compileRule(rule, lineIds, memory),
  )
  const plain = remembered(rules.filter(({ rule }) => rule.topic !== undefined))
  const sparkplug = rules.filter(({ rule }) => rule.sparkplug !== undefined)
  const metrics = remembered(sparkplug)
  const nodes = sparkplug.map(({ rule }) => parseTopicFilter((rule.sparkplug ?? '').split('/', 2).join('/')))

  return {
    decode: (topic, payload): Outcome => {
      const uses = plain(topic, '')
      if (uses === null) return reject('topic', `topic: no entry of topics: is about "${topic}"`)
      const found: Found = { parts: [], rejects: [] }
      if (uses.length > 0) {
        const text = textOf(payload)
        if (typeof text !== 'string') return text
        const value = valueOf(text)
        if (value === undefined) return reject('json', 'payload: is neither JSON nor a plain value')
        readAll(uses, topic, value.payload, found)
      }
      return { ok: true, ...found }
    },
    signalsOf: (source, name, value, atMs) => {
      const found: Found = { parts: [], rejects: [] }
      readAll(metrics(source, name) ?? [], source, value, found)
      for (const part of found.parts) part.atMs ??= atMs
      const { parts, rejects } = found
      return { ok: true, parts, rejects }
    },
    linesFedBy: (source, name) =>
      (metrics(source, name) ?? []).flatMap(({ rule, lineId }) => (rule.isVital ? [lineId] : [])),
    isAboutNode: (node) => nodes.some((filter) => filter.match(node) !== null),
    hasSparkplug: sparkplug.length > 0,
  }
}

function readAll(uses: readonly Use[], topic: string, payload: unknown, found: Found): void {
  for (const { rule, lineId, counter, segments } of uses) {
    rule.read(lineId, counter, { topic, segments, payload }, found)
  }
}

/** Finds the rules of a topic, or of a source's metric (`name`), each one once; null: none. */
function remembered(rules: readonly CompiledRule[]): (topic: string, name: string) => readonly Use[] | null {
  const known = new Map<string, readonly Use[] | null>()
  return (topic, name) => {
    const key = name === '' ? topic : `${topic}:${name}`
    const before = known.get(key)
    if (before !== undefined) return before
    const matching = rules.flatMap((rule) => {
      const segments = rule.match(topic, name)
      return segments === null ? [] : [{ rule, segments }]
    })
    const uses = matching.flatMap(({ rule, segments }, index): Use[] => {
      const lineId = rule.lineOf(segments)
      return lineId === null
        ? []
        : [{ rule, lineId, segments, counter: index === 0 ? key : `${key}#${index}` }]
    })
    const found = matching.length === 0 ? null : uses
    if (known.size >= knownTopics) known.clear()
    known.set(key, found)
    return found
  }
}

/** The payload as a JSON value, or as the plain text that it is; undefined: broken JSON, or nothing. */
function valueOf(text: string): { payload: unknown } | undefined {
  try {
    return { payload: JSON.parse(text) as unknown }
  } catch {
    const plain = text.trim()
    return plain === '' || /^[[{"]/.test(plain) ? undefined : { payload: plain }
  }
}
