import type { EpochMs } from '../../../../shared/domain/facts.ts'
import type { Plant } from '../../../../shared/settings/plant.ts'
import type { IncomingMessage } from '../../recorder.ts'
import { createMapping } from '../mapping/create-mapping.ts'
import { aliveIntervalMs } from './create-sparkplug.ts'
import { createSparkplugHost } from './sparkplug-host.ts'
import type { SparkplugHost } from './sparkplug-host.ts'
import { namespace } from './sparkplug-topic.ts'

/** The Sparkplug messages of a recording, heard as the board would have heard them; only that nothing can be asked for. */
export type SparkplugReplay = {
  /** The recording's clock went on: what was waited for may be given up, and lines that are alive are noted. */
  pass: () => void
  /** False: it is no Sparkplug message. */
  receive: (message: IncomingMessage) => boolean
  lostSince: SparkplugHost['lostSince']
  /** Messages before any birth: nobody can read them. */
  unborn: () => number
}

/** Null: the plant maps no Sparkplug metrics. `now`: where the recording stands. */
export function createSparkplugReplay(options: {
  plant: Plant
  now: () => EpochMs
  deliver: (message: IncomingMessage) => void
  noteAlive: (lineId: string) => void
}): SparkplugReplay | null {
  const { plant, now } = options
  const mapping = createMapping(plant)
  if (!mapping.hasSparkplug) return null
  const waiting = new Set<{ work: () => void; atMs: EpochMs }>()
  let aliveMs = now()
  const host = createSparkplugHost({
    settings: plant.broker.sparkplug,
    lineIds: plant.lines.map((line) => line.id),
    isAboutNode: mapping.isAboutNode,
    signalsOf: mapping.signalsOf,
    linesFedBy: mapping.linesFedBy,
    deliver: options.deliver,
    sendRebirth: () => false,
    feeds: '',
    onFeeds: () => {},
    onLiveness: () => {},
    now,
    later: (work, afterMs) => {
      const one = { work, atMs: now() + afterMs }
      waiting.add(one)
      return () => void waiting.delete(one)
    },
    log: () => {},
  })
  host.connected()
  return {
    pass: () => {
      for (const one of [...waiting]) {
        if (now() < one.atMs) continue
        waiting.delete(one)
        one.work()
      }
      if (now() - aliveMs < aliveIntervalMs) return
      aliveMs = now()
      for (const lineId of host.aliveLines()) options.noteAlive(lineId)
    },
    receive: ({ topic, payload, arrivedMs }) => {
      if (!topic.startsWith(`${namespace}/`)) return false
      host.receive(topic, payload, arrivedMs)
      return true
    },
    lostSince: host.lostSince,
    unborn: () => host.counters().unborn ?? 0,
  }
}
