import type { HealthPart } from '../../../../shared/contract/board.ts'
import type { EpochMs } from '../../../../shared/domain/facts.ts'
import type { Plant } from '../../../../shared/settings/plant.ts'
import type { IncomingMessage, Recorder } from '../../recorder.ts'
import { createMapping } from '../mapping/create-mapping.ts'
import { payloadHash } from '../payload-hash.ts'
import { createSparkplugHost } from './sparkplug-host.ts'
import type { SparkplugHost } from './sparkplug-host.ts'
import { createSparkplugLink } from './sparkplug-link.ts'

/** Lines whose sources are all alive are noted as heard this often; births still missing are asked for. Milliseconds. */
export const aliveIntervalMs = 10_000

const feedsMemo = 'sparkplug-feeds'

export type SparkplugOptions = {
  plant: Plant
  password: string | undefined
  clientId: string
  recorder: Pick<Recorder, 'memo' | 'noteAlive'>
  now: () => number
  /** Takes what a metric says to the recorder, with its group commit. */
  push: (message: IncomingMessage) => void
  /** Calls `next` at once, or when the store has caught up. */
  pace: (next: () => void) => void
  onChange: () => void
  /** Book-keeping that may wait while the store refuses. */
  aside: (work: () => void) => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The board as a Sparkplug B host application. */
export type Sparkplug = {
  start: () => void
  /** Says that the host goes offline, and disconnects. */
  stop: () => Promise<void>
  broker: () => HealthPart['broker']
  /** Since when an edge node or device that the line's numbers are made of is gone; null: none is. */
  lostSince: (lineId: string) => EpochMs | null
  counters: SparkplugHost['counters']
  sources: SparkplugHost['sources']
}

/** Null: the plant maps no Sparkplug metrics. */
export function createSparkplug(options: SparkplugOptions): Sparkplug | null {
  const { plant, recorder, aside } = options
  const mapping = createMapping(plant)
  if (!mapping.hasSparkplug) return null

  let timer: NodeJS.Timeout | null = null
  /** Who feeds which line is kept only as long as the rules are the same. */
  const rules = String(payloadHash(Buffer.from(JSON.stringify(plant.topics))))
  const [keptRules, keptFeeds = ''] = (recorder.memo.get(feedsMemo) ?? '').split('\n')

  const host: SparkplugHost = createSparkplugHost({
    settings: plant.broker.sparkplug,
    lineIds: plant.lines.map((line) => line.id),
    isAboutNode: mapping.isAboutNode,
    signalsOf: mapping.signalsOf,
    linesFedBy: mapping.linesFedBy,
    deliver: options.push,
    sendRebirth: (node) => link.sendRebirth(node),
    feeds: keptRules === rules ? keptFeeds : '',
    onFeeds: (text) => aside(() => recorder.memo.set(feedsMemo, `${rules}\n${text}`)),
    onLiveness: options.onChange,
    now: options.now,
    log: options.log,
  })
  const link = createSparkplugLink({ ...options, broker: plant.broker, host: () => host })

  function tick(): void {
    host.askMissing()
    for (const lineId of host.aliveLines()) aside(() => recorder.noteAlive(lineId))
  }

  return {
    start: () => {
      link.start()
      timer ??= setInterval(tick, aliveIntervalMs)
    },
    stop: () => {
      if (timer) clearInterval(timer)
      host.disconnected()
      return link.stop()
    },
    broker: link.state,
    lostSince: host.lostSince,
    counters: host.counters,
    sources: host.sources,
  }
}
