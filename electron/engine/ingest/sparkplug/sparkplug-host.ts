import type { EpochMs } from '../../../../shared/domain/facts.ts'
import type { SparkplugSettings } from '../../../../shared/settings/broker.ts'
import type { IncomingMessage } from '../../recorder.ts'
import { reject } from '../outcome.ts'
import type { RejectCode } from '../../../../shared/contract/health.ts'
import type { MappedMessage, Part } from '../outcome.ts'
import { vitalKinds } from '../signals.ts'
import { createEdgeNode } from './edge-node.ts'
import type { EdgeNode, EdgeTally, Later, MetricDefinition, NodeMessage, RebirthCause } from './edge-node.ts'
import { metricValue } from './metric-value.ts'
import type { MetricValue } from './metric-value.ts'
import { readPayload } from './payload.ts'
import type { RawMetric } from './payload.ts'
import { createRebirthRequests } from './rebirth-requests.ts'
import { createSourceLiveness } from './source-liveness.ts'
import { edgeTopic } from './sparkplug-topic.ts'
import type { EdgeTopic } from './sparkplug-topic.ts'
import { createWithheldSignals } from '../withheld-signals.ts'

/** Edge nodes that are followed, at most. */
export const nodesLimit = 2_000
/** After a start or a new birth of its node, a device has this long to be born before its lines are stale. Milliseconds. */
const birthGraceMs = 10_000
/** A death that names an earlier time than that is one of now. Milliseconds. */
const oldestDeathMs = 3_600_000

const controlMetric = /^(bdSeq$|Node Control\/|Device Control\/)/

export type SparkplugTally =
  | EdgeTally
  | 'messages'
  /** Metrics that no rule of the plant is about, and those that steer a node. */
  | 'passedOver'
  | 'delivered'
  | 'foreign'
  | 'malformed'
  | 'tooManyNodes'
  | 'nulls'
  | 'transient'
  | 'historical'
  | 'unusable'
  | 'bornIncrements'
  | 'rebirthsAsked'
  | 'rebirthsHeldBack'

export type SparkplugHostOptions = {
  settings: SparkplugSettings
  lineIds: readonly string[]
  /** True when the plant maps metrics of this node ("group/node"); all others are passed over. */
  isAboutNode: (node: string) => boolean
  /** What a metric means on the plant's lines. */
  signalsOf: (source: string, name: string, value: MetricValue, atMs: EpochMs | null) => MappedMessage
  /** Lines of whose state and pieces a metric is a part. */
  linesFedBy: (source: string, name: string) => readonly string[]
  /** One message of the recorder per metric that means something. */
  deliver: (message: IncomingMessage) => void
  /** Asks a node for its births. False: there is no connection. */
  sendRebirth: (node: string) => boolean
  /** Text of an earlier run, "" for none; `onFeeds` gives the new one. */
  feeds: string
  onFeeds: (text: string) => void
  /** Called when lines may have become stale, or fresh again. */
  onLiveness: () => void
  now: () => number
  /** Real time by default. */
  later?: Later
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** A Sparkplug B host application without its connection: follows edge nodes and turns their metrics into signals. */
export type SparkplugHost = {
  /** One message of the `spBv1.0` topics. Never throws. */
  receive: (topic: string, payload: Uint8Array, arrivedMs: EpochMs) => void
  /** The connection is there and subscribed: births are asked for. */
  connected: () => void
  /** The connection ended: everything is stale until it is born again. */
  disconnected: () => void
  /** Asks again for births that are still missing; called every few seconds. */
  askMissing: () => void
  /** Since when a source of the line is gone, or one of its metrics null; null: neither. */
  lostSince: (lineId: string) => EpochMs | null
  /** Lines whose sources are all alive: what they said last still holds. */
  aliveLines: () => readonly string[]
  counters: () => Readonly<Partial<Record<SparkplugTally, number>>>
  sources: () => { alive: number; gone: number }
}

export function createSparkplugHost(options: SparkplugHostOptions): SparkplugHost {
  const { now } = options
  const nodes = new Map<string, EdgeNode>()
  const tallies: Partial<Record<SparkplugTally, number>> = {}
  const tally = (name: SparkplugTally): void => void (tallies[name] = (tallies[name] ?? 0) + 1)
  const liveness = createSourceLiveness(options.feeds, options.lineIds, now(), birthGraceMs)
  const withheld = createWithheldSignals()
  let isConnected = false
  const rebirths = createRebirthRequests({
    enabled: options.settings.rebirth,
    intervalMs: options.settings.rebirthIntervalS * 1000,
    now,
    send: options.sendRebirth,
    onSent: () => tally('rebirthsAsked'),
    onHeldBack: () => tally('rebirthsHeldBack'),
  })

  function nodeOf(name: string): EdgeNode | null {
    const known = nodes.get(name)
    if (known) return known
    if (nodes.size >= nodesLimit) return null
    const made = createEdgeNode(
      name,
      options.settings.reorderTimeoutS * 1000,
      {
        metric: takeMetric,
        birth: withheld.bornAnew,
        born: (source) => {
          liveness.alive(source)
          options.onLiveness()
        },
        died: (source, atMs) => {
          liveness.gone(source, ofLate(atMs), 'dead')
          options.onLiveness()
        },
        reborn: (devices, atMs) => {
          for (const source of devices) liveness.gone(source, atMs, 'silent', birthGraceMs)
        },
        doubtful: (sources, atMs) => {
          for (const source of sources) liveness.gone(source, atMs, 'silent')
          options.onLiveness()
        },
        askRebirth: (cause) => askRebirth(name, cause),
        tally,
        reject: (message, reason) =>
          refuse(message.topic, new Uint8Array(), message.arrivedMs, 'field', reason),
      },
      options.later,
    )
    nodes.set(name, made)
    return made
  }

  /** A source's own time, as far as it can be one of now. */
  const ofLate = (atMs: EpochMs): EpochMs => Math.max(now() - oldestDeathMs, Math.min(atMs, now()))

  function askRebirth(node: string, cause: RebirthCause | 'start'): void {
    if (isConnected && rebirths.ask(node))
      options.log('info', `Sparkplug: asked ${node} for its births (${cause})`)
  }

  function refuse(
    topic: string,
    payload: Uint8Array,
    arrivedMs: EpochMs,
    code: RejectCode,
    reason: string,
  ): void {
    tally('malformed')
    const outcome = reject(code, `Sparkplug: ${reason}`)
    options.deliver({ topic, payload, arrivedMs, dup: false, retain: false, packetId: null, outcome })
  }

  function receive(topic: string, payload: Uint8Array, arrivedMs: EpochMs): void {
    tally('messages')
    let to: EdgeTopic | null
    try {
      to = edgeTopic(topic)
    } catch (error) {
      return refuse(topic, payload, arrivedMs, 'topic', textOf(error))
    }
    if (to === null || !options.isAboutNode(to.node)) return tally('foreign')
    const node = nodeOf(to.node)
    if (node === null) return tally('tooManyNodes')
    try {
      node.receive({ topic, ...to, payload: readPayload(payload), arrivedMs })
    } catch (error) {
      refuse(topic, payload, arrivedMs, 'protobuf', `the payload is not Sparkplug B (${textOf(error)})`)
      askRebirth(to.node, 'malformed')
    }
  }

  function takeMetric(definition: MetricDefinition, metric: RawMetric, message: NodeMessage): void {
    const { source, name, datatype } = definition
    if (controlMetric.test(name)) return tally('passedOver')
    if (metric.isTransient) return tally('transient')
    const atMs = metric.timestampMs ?? message.payload.timestampMs ?? null
    if (metric.isNull) return takeNull(source, name, metric.isHistorical, atMs ?? message.arrivedMs)
    const read = metricValue(metric, metric.datatype ?? datatype)
    if (!read.ok) return tally('unusable')
    const outcome = options.signalsOf(source, name, read.value, atMs)
    if (outcome.parts.length === 0 && outcome.rejects.length === 0) return tally('passedOver')
    if (!metric.isHistorical && withheld.give(source, name)) options.onLiveness()
    noteFeeds(source, outcome.parts)
    if (metric.isHistorical) tally('historical')
    const isBirth = message.verb.endsWith('BIRTH')
    const parts = isBirth ? outcome.parts.filter(holdsAtBirth) : outcome.parts
    if (parts.length < outcome.parts.length) tally('bornIncrements')
    if (parts.length === 0 && outcome.rejects.length === 0) return
    tally('delivered')
    options.deliver({
      topic: message.topic,
      payload: Buffer.from(
        JSON.stringify({ source, metric: name, value: plain(read.value), timestamp: atMs }),
      ),
      arrivedMs: message.arrivedMs,
      dup: false,
      // A historical value says nothing about the present, as a retained message does not.
      retain: metric.isHistorical,
      packetId: null,
      outcome: { ...outcome, parts },
    })
  }

  /** The source says that there is no value now: what the metric said last holds no longer. */
  function takeNull(source: string, name: string, isHistorical: boolean, atMs: EpochMs): void {
    tally('nulls')
    if (isHistorical) return
    const lineIds = options.linesFedBy(source, name)
    if (withheld.withhold(source, name, lineIds, ofLate(atMs))) options.onLiveness()
  }

  function noteFeeds(source: string, parts: readonly Part[]): void {
    let isNews = false
    for (const { lineId, signal } of parts) {
      if (vitalKinds.has(signal.kind) && liveness.feeds(source, lineId)) isNews = true
    }
    if (isNews) options.onFeeds(liveness.toText())
  }

  function askMissing(): void {
    const missing = new Set(liveness.awaited().map((source) => source.split('/', 2).join('/')))
    for (const node of missing) askRebirth(node, 'no birth')
  }

  return {
    receive,
    connected: () => {
      isConnected = true
      askMissing()
    },
    disconnected: () => {
      isConnected = false
      for (const node of nodes.values()) node.reset()
      withheld.clear()
      liveness.allGone(now())
      options.onLiveness()
    },
    askMissing: () => {
      if (isConnected) askMissing()
    },
    lostSince: (lineId) => {
      const times = [liveness.lostSince(lineId, now()), withheld.sinceMs(lineId)]
      const known = times.filter((atMs) => atMs !== null)
      return known.length === 0 ? null : Math.min(...known)
    },
    aliveLines: () =>
      isConnected ? liveness.aliveLines(now()).filter((lineId) => withheld.sinceMs(lineId) === null) : [],
    counters: () => tallies,
    sources: liveness.count,
  }
}

/** A birth repeats what holds already: pieces since some earlier message may have been counted with that one. */
const holdsAtBirth = ({ signal }: Part): boolean => !isIncrement(signal)

/** Pieces since the last message, not a running total. */
function isIncrement(signal: Part['signal']): boolean {
  if (signal.kind === 'scrap') return true
  if (signal.kind !== 'count') return false
  return !Object.entries(signal.data).some(
    ([name, value]) => name.startsWith('total_') && value !== undefined,
  )
}

const plain = (value: MetricValue): unknown => (typeof value === 'bigint' ? String(value) : value)

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
