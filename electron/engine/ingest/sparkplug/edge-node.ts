import type { RawMetric, SparkplugPayload } from './payload.ts'
import type { EdgeVerb } from './sparkplug-topic.ts'

/** Metrics that the births of one edge node and its devices may define, at most. */
export const definitionsPerNode = 50_000
/** Devices of one edge node, at most. */
export const devicesPerNode = 1_000
/** Metrics of messages that wait for a missing one, at most; beyond, the missing one counts as lost. */
const waitingMetrics = 20_000
const seqCount = 256

/** Why a node is asked for its births. */
export type RebirthCause = 'no birth' | 'unknown metric' | 'sequence' | 'malformed'

/** A message of the node or of one of its devices (`device` null: the node itself). */
export type NodeMessage = {
  topic: string
  verb: EdgeVerb
  device: string | null
  payload: SparkplugPayload
  arrivedMs: number
}

/** A metric as its birth defined it. */
export type MetricDefinition = { source: string; name: string; datatype: number }

export type EdgeNodeEvents = {
  /** A value of a known metric, in the node's order. `source` is "group/node" or "group/node/device". */
  metric: (definition: MetricDefinition, metric: RawMetric, message: NodeMessage) => void
  /** A birth of the source is about to be read: its metrics follow. */
  birth: (source: string) => void
  /** Births of the source were read. */
  born: (source: string) => void
  /** The source says, or the broker on its behalf, that it is gone. */
  died: (source: string, atMs: number) => void
  /** A message is lost: what the node and its devices last said may be out of date until they are born again. */
  doubtful: (sources: readonly string[], atMs: number) => void
  /** The node was born anew, and its devices will be in a moment. */
  reborn: (devices: readonly string[], atMs: number) => void
  askRebirth: (cause: RebirthCause) => void
  tally: (name: EdgeTally) => void
  reject: (message: NodeMessage, reason: string) => void
}
/** What becomes of a node's message: one of these, or `malformed` where it is rejected. */
export const messageFates = [
  'births',
  'deaths',
  'data',
  'unborn',
  'repeated',
  'oldDeaths',
  'outdated',
] as const
export type EdgeTally = (typeof messageFates)[number] | 'outOfOrder' | 'gaps' | 'unknownMetrics' | 'untyped'

/** One edge node's session: births, aliases, order and deaths, as the specification (3.0, chapter 6) has them. */
export type EdgeNode = {
  receive: (message: NodeMessage) => void
  /** Our own connection ended: nothing that was said holds any longer. */
  reset: () => void
}

type Device = { aliases: bigint[]; names: Map<string, MetricDefinition> }

/** Does something after so many milliseconds, unless the function that it answers is called before. */
export type Later = (work: () => void, afterMs: number) => () => void

const inRealTime: Later = (work, afterMs) => {
  const timer = setTimeout(work, afterMs)
  return () => clearTimeout(timer)
}

/** `name`: "group/node". `reorderMs`: how long a missing message is waited for; 0: not at all. */
export function createEdgeNode(
  name: string,
  reorderMs: number,
  events: EdgeNodeEvents,
  later: Later = inRealTime,
): EdgeNode {
  let born = false
  /** Number of the node's session, as in its birth; undefined: the birth had none. */
  let session: bigint | undefined
  let expected = 0
  const aliases = new Map<bigint, MetricDefinition>()
  /** By source. */
  const devices = new Map<string, Device>()
  const waiting = new Map<number, NodeMessage>()
  let waitingSize = 0
  let cancelWaiting: (() => void) | null = null

  const sourceOf = (device: string | null): string => (device === null ? name : `${name}/${device}`)

  function stopWaiting(): void {
    cancelWaiting?.()
    cancelWaiting = null
  }

  function reset(): void {
    stopWaiting()
    for (let count = waiting.size; count > 0; count--) events.tally('outdated')
    waiting.clear()
    waitingSize = 0
    born = false
    aliases.clear()
    devices.clear()
  }

  function receive(message: NodeMessage): void {
    const { verb, payload } = message
    if (verb === 'NBIRTH') return nodeBirth(message)
    if (verb === 'NDEATH') return nodeDeath(message)
    if (!born) {
      events.tally('unborn')
      return events.askRebirth('no birth')
    }
    if (!isSeq(payload.seq)) return malformed(message, 'seq: must be a number from 0 to 255')
    if (payload.seq !== expected) return wait(message, payload.seq)
    proceed(message)
    takeWaiting()
  }

  function malformed(message: NodeMessage, reason: string): void {
    events.reject(message, reason)
    events.askRebirth('malformed')
  }

  function nodeBirth(message: NodeMessage): void {
    const { payload } = message
    if (!isSeq(payload.seq)) return malformed(message, 'seq: must be a number from 0 to 255')
    const before = [...devices.keys()].filter((source) => source !== name)
    reset()
    if (!define(message)) return events.doubtful(before, message.arrivedMs)
    if (before.length > 0) events.reborn(before, message.arrivedMs)
    born = true
    session = sessionOf(payload)
    expected = (payload.seq + 1) % seqCount
    tellBirth(message)
  }

  function nodeDeath(message: NodeMessage): void {
    const said = sessionOf(message.payload)
    if (born && said !== undefined && session !== undefined && said !== session) {
      return events.tally('oldDeaths')
    }
    const sources = [...devices.keys()]
    reset()
    events.tally('deaths')
    // The payload's time is that of the node's CONNECT: the death is now.
    for (const source of new Set([name, ...sources])) events.died(source, message.arrivedMs)
  }

  /** Keeps a message that came before its turn. */
  function wait(message: NodeMessage, seq: number): void {
    if (waiting.has(seq)) return events.tally('repeated')
    events.tally('outOfOrder')
    waiting.set(seq, message)
    waitingSize += message.payload.metrics.length
    if (reorderMs === 0 || waitingSize > waitingMetrics) return giveUpWaiting()
    cancelWaiting ??= later(giveUpWaiting, reorderMs)
  }

  function takeWaiting(): void {
    for (let next = waiting.get(expected); next !== undefined; next = waiting.get(expected)) {
      waiting.delete(expected)
      waitingSize -= next.payload.metrics.length
      proceed(next)
      if (!born) return
    }
    if (waiting.size === 0) stopWaiting()
  }

  /** The missing message is lost. Those after it are still true; whether they are the newest, only births can tell. */
  function giveUpWaiting(): void {
    stopWaiting()
    const left = [...waiting].sort(([a], [b]) => distance(a) - distance(b))
    waiting.clear()
    waitingSize = 0
    const [first] = left
    events.tally('gaps')
    events.doubtful([...devices.keys()], first?.[1].arrivedMs ?? 0)
    for (const [seq, message] of left) {
      expected = seq
      proceed(message)
    }
    events.askRebirth('sequence')
  }

  const distance = (seq: number): number => (seq - expected + seqCount) % seqCount

  function proceed(message: NodeMessage): void {
    const { verb, device, payload, arrivedMs } = message
    expected = (expected + 1) % seqCount
    const source = sourceOf(device)
    switch (verb) {
      case 'DBIRTH':
        if (define(message)) tellBirth(message)
        return
      case 'DDEATH':
        events.tally('deaths')
        forget(source)
        return events.died(source, payload.timestampMs ?? arrivedMs)
      default:
        return data(source, message)
    }
  }

  function data(source: string, message: NodeMessage): void {
    const device = devices.get(source)
    if (device === undefined) {
      events.tally('unborn')
      return events.askRebirth('no birth')
    }
    events.tally('data')
    let unknown = false
    for (const metric of message.payload.metrics) {
      const byAlias = metric.alias === undefined ? undefined : aliases.get(metric.alias)
      const definition =
        metric.alias === undefined
          ? device.names.get(metric.name ?? '')
          : byAlias?.source === source && byAlias
      if (definition) events.metric(definition, metric, message)
      else {
        events.tally('unknownMetrics')
        unknown = true
      }
    }
    if (unknown) events.askRebirth('unknown metric')
  }

  /** Takes a birth's definitions over; false: it was rejected. */
  function define(message: NodeMessage): boolean {
    const source = sourceOf(message.device)
    forget(source)
    const refused = (reason: string): false => {
      forget(source)
      events.reject(message, reason)
      events.doubtful([source], message.arrivedMs)
      return false
    }
    if (devices.size > devicesPerNode) return refused(`${name} has more than ${devicesPerNode} devices`)
    const device: Device = { aliases: [], names: new Map() }
    devices.set(source, device)
    let size = 0
    for (const { names } of devices.values()) size += names.size
    for (const metric of message.payload.metrics) {
      if (metric.name === undefined || metric.name === '') {
        return refused('a metric of a birth has no name')
      }
      if (metric.datatype === undefined) {
        events.tally('untyped')
        continue
      }
      if (++size > definitionsPerNode) return refused(`${name} has more than ${definitionsPerNode} metrics`)
      const definition = { source, name: metric.name, datatype: metric.datatype }
      device.names.set(metric.name, definition)
      if (metric.alias === undefined) continue
      const other = aliases.get(metric.alias)
      if (other !== undefined) {
        return refused(`alias ${metric.alias} stands for "${other.name}" and for "${metric.name}"`)
      }
      aliases.set(metric.alias, definition)
      device.aliases.push(metric.alias)
    }
    return true
  }

  function tellBirth(message: NodeMessage): void {
    const source = sourceOf(message.device)
    events.tally('births')
    events.birth(source)
    const names = devices.get(source)?.names
    for (const metric of message.payload.metrics) {
      const definition = names?.get(metric.name ?? '')
      if (definition) events.metric(definition, metric, message)
    }
    events.born(source)
  }

  function forget(source: string): void {
    for (const alias of devices.get(source)?.aliases ?? []) aliases.delete(alias)
    devices.delete(source)
  }

  return { receive, reset }
}

function isSeq(seq: number | undefined): seq is number {
  return seq !== undefined && seq < seqCount
}

function sessionOf(payload: SparkplugPayload): bigint | undefined {
  return payload.metrics.find((metric) => metric.name === 'bdSeq')?.bits
}
