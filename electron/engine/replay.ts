import type { OpenDatabase } from '../../db/open-database.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { createFreshnessMonitor } from './freshness-monitor.ts'
import { createSparkplugReplay } from './ingest/sparkplug/sparkplug-replay.ts'
import type { SparkplugReplay } from './ingest/sparkplug/sparkplug-replay.ts'
import { openRecorder } from './recorder.ts'
import type { IncomingMessage, RecorderCounters } from './recorder.ts'

/** Messages of one transaction, at most, and the span of recorded time. */
const batchLimit = 1_024
const batchSpanMs = 10_000

export type Replay = {
  /** Takes the next message of the recording, in the order in which they came. */
  push: (message: IncomingMessage) => void
  /**
   * Stores what is still waiting; answers the recorder's counters, and how many Sparkplug messages could not be read because
   * the recording has no birth before them.
   */
  finish: () => RecorderCounters & { unborn: number }
}

/**
 * Feeds a recording to the recorder at the times of the recording: its clock stands where the recording stands, silences
 * and deaths of Sparkplug nodes are noted as the board would have noted them. Only that messages of any age are taken.
 */
export function createReplay(options: { database: OpenDatabase; plant: Plant }): Replay {
  const { database } = options
  const plant = { ...options.plant, retention: { ...options.plant.retention, rawDays: Infinity } }
  let clockMs: EpochMs = 0
  let recorder: ReturnType<typeof openRecorder> | null = null
  let monitor: ReturnType<typeof createFreshnessMonitor> | null = null
  let sparkplug: SparkplugReplay | null = null
  let batch: IncomingMessage[] = []

  /** Opened at the first message: a recorder looks at the clock when it opens. */
  function open(): ReturnType<typeof openRecorder> {
    if (recorder) return recorder
    recorder = openRecorder({ database, plant, now: () => clockMs })
    const { model, noteSilence, noteLoss, noteAlive } = recorder
    sparkplug = createSparkplugReplay({
      plant,
      now: () => clockMs,
      deliver: (message) => batch.push(message),
      noteAlive: (lineId) => {
        flush()
        noteAlive(lineId)
      },
    })
    monitor = createFreshnessMonitor({
      lines: plant.lines,
      model,
      noteSilence,
      noteLoss,
      lostSince: (lineId) => sparkplug?.lostSince(lineId) ?? null,
    })
    return recorder
  }

  function flush(): void {
    const full = batch
    batch = []
    if (full.length > 0) open().record(full)
  }

  return {
    push: (message) => {
      const isLater = message.arrivedMs > clockMs
      const [first] = batch
      if (batch.length >= batchLimit || (first && message.arrivedMs - first.arrivedMs >= batchSpanMs)) flush()
      if (isLater) clockMs = message.arrivedMs
      open()
      sparkplug?.pass()
      if (batch.length === 0) monitor?.check(clockMs)
      if (!sparkplug?.receive(message)) batch.push(message)
    },
    finish: () => {
      flush()
      return { ...open().counters(), unborn: sparkplug?.unborn() ?? 0 }
    },
  }
}
