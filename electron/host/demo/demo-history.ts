import { setImmediate as turn } from 'node:timers/promises'
import { lockDataDir } from '../../../db/data-dir.ts'
import { openStore } from '../../../db/open-store.ts'
import { openRecorder } from '../../engine/recorder.ts'
import type { IncomingMessage, Recorder } from '../../engine/recorder.ts'
import type { Plant } from '../../../shared/settings/plant.ts'
import type { Log } from '../log.ts'
import type { DemoLine, DemoMessage } from './demo-line.ts'

/** Age of the oldest demo data when the store is new. */
export const historyDays = 90
/** Messages in one transaction. */
const batchLimit = 2_000
const dayMs = 86_400_000

/**
 * Writes what the simulated line did until now and is not in the store yet: 90 days in a new store, else the gap since
 * the last run. Goes through the recorder's replay, as any history does. Resolves to when the store now knows; rejects when
 * `signal` aborts it, and a later run goes on from there.
 */
export async function writeDemoHistory(options: {
  dataDir: string
  plant: Plant
  line: DemoLine
  topic: string
  now: () => number
  log: Log
  nativeBinding?: string
  signal?: AbortSignal
}): Promise<number> {
  const lineId = options.plant.lines[0]?.id ?? ''
  const lock = lockDataDir(options.dataDir)
  try {
    const { nativeBinding } = options
    const { database } = openStore(options.dataDir, { nowMs: options.now(), nativeBinding })
    try {
      const recorder = openRecorder({ database, plant: options.plant, now: options.now })
      return await catchUp(recorder, lineId, options)
    } finally {
      database.close()
    }
  } finally {
    lock.release()
  }
}

async function catchUp(
  recorder: Recorder,
  lineId: string,
  options: { line: DemoLine; topic: string; now: () => number; log: Log; signal?: AbortSignal },
): Promise<number> {
  const untilMs = options.now()
  const knownMs = recorder.model(lineId).lastSeen.count?.atMs ?? null
  if (knownMs !== null && knownMs >= untilMs) return knownMs
  const oldestMs = options.line.shiftStart(untilMs - historyDays * dayMs)
  const isNew = knownMs === null || knownMs < oldestMs
  const fromMs = isNew ? oldestMs - 1 : knownMs
  if (isNew)
    options.log('info', `Writing ${historyDays} days of demo history, once; this takes some seconds.`)
  let batch: IncomingMessage[] = isNew ? [incoming(options.topic, options.line.opening(oldestMs))] : []
  for (const message of options.line.messages(fromMs, untilMs)) {
    batch.push(incoming(options.topic, message))
    if (batch.length < batchLimit) continue
    recorder.record(batch, { replay: true })
    batch = []
    await turn()
    options.signal?.throwIfAborted()
  }
  if (batch.length > 0) recorder.record(batch, { replay: true })
  return untilMs
}

function incoming(topic: string, message: DemoMessage): IncomingMessage {
  return {
    topic: `${topic}/${message.kind}`,
    payload: Buffer.from(JSON.stringify(message.body)),
    arrivedMs: message.atMs,
    dup: false,
    retain: false,
    packetId: null,
  }
}
