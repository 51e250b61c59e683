import { addPieces } from '../../db/piece-deltas.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { readRuns } from '../../db/queries/product-runs.ts'
import { deltaSheet } from '../../db/rollup-delta.ts'
import { rollupWriter } from '../../db/writers/rollup-writer.ts'
import { recordingRules } from '../../electron/engine/model/line-setup.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import type { Plant } from '../../shared/settings/plant.ts'

const secondMs = 1_000
const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Lines around the clock with two products, that count once a second. */
export const countingPlant = (lines: number): Plant =>
  plantSchema.parse({
    site: { name: 'Bench', timeZone: 'Europe/Berlin' },
    broker: { url: 'mqtt://127.0.0.1:9' },
    lines: Array.from({ length: lines }, (_, index) => ({
      id: `line${index + 1}`,
      name: `Line ${index + 1}`,
      expectedIntervalS: 1,
      products: [
        { id: 'cola', name: 'Cola', idealCycleS: 0.5 },
        { id: 'water', name: 'Water', idealCycleS: 0.4 },
      ],
      defaultProduct: 'cola',
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00', target: 50_000 },
        { name: 'Late', start: '14:00', end: '22:00', target: 50_000 },
        { name: 'Night', start: '22:00', end: '06:00', target: 50_000 },
      ],
    })),
  })

/** What a line counts at a second: something else each time, some scrap with one of five reasons; nothing while it stands. */
function countAt(line: number, atMs: EpochMs): { good: number; scrap: number; reason: string } | null {
  const second = atMs / secondMs + line * 7
  if (second % 1_200 >= 1_140) return null
  return { good: 1 + (second % 2), scrap: second % 97 === 0 ? 1 : 0, reason: `reason ${second % 5}` }
}

/** A stop of a minute every twenty, and a product change every eight hours. */
function factsAt(line: number, atMs: EpochMs): [kind: string, body: object][] {
  const second = atMs / secondMs + line * 7
  const facts: [string, object][] = []
  if (second % 1_200 === 1_140) facts.push(['state', { state: 'stopped', reason: `jam ${second % 7}` }])
  if (second % 1_200 === 0) facts.push(['state', { state: 'running' }])
  if (second % 28_800 === 0) {
    facts.push(['product', { product: (second / 28_800) % 2 === 0 ? 'cola' : 'water' }])
  }
  return facts
}

export type Filled = { messages: number; rolledUp: number }

/**
 * Fills a store with `days` of one count a second on each line up to `nowMs`. States and products of all days, and the counts
 * of the last `rawDays`, go as messages through the recorder (decode, validate, store, roll up). Of older counts, whose raw
 * readings are deleted by now, the roll-ups are written with the recorder's own code: addPieces, then the roll-up writer.
 */
export async function fillStore(
  database: OpenDatabase,
  plant: Plant,
  span: { nowMs: EpochMs; days: number; rawDays: number },
  progress: (text: string) => void = () => {},
): Promise<Filled> {
  const filled = { messages: 0, rolledUp: 0 }
  const firstMs = Math.ceil((span.nowMs - span.days * dayMs) / hourMs) * hourMs
  const rawFromMs = Math.ceil((span.nowMs - span.rawDays * dayMs) / hourMs) * hourMs
  const recorder = openRecorder({ database, plant, now: () => span.nowMs })
  const rollups = rollupWriter(database.write)
  const rules = plant.lines.map((line) => recordingRules(line, plant.site.timeZone))

  for (let hour = firstMs; hour < span.nowMs; hour += hourMs) {
    const endMs = Math.min(hour + hourMs, span.nowMs)
    for (const [index, line] of plant.lines.entries()) {
      const topic = (kind: string): string => `${plant.broker.prefix}/${line.id}/${kind}`
      const batch: IncomingMessage[] = []
      for (let atMs = hour; atMs < endMs; atMs += secondMs) {
        for (const [kind, body] of factsAt(index, atMs))
          batch.push(incoming(topic(kind), { ts: atMs, ...body }))
        const count = hour >= rawFromMs ? countAt(index, atMs) : null
        if (count) batch.push(incoming(topic('count'), { ts: atMs, ...count }))
      }
      recorder.record(batch, { replay: true })
      filled.messages += batch.length
      if (hour < rawFromMs) filled.rolledUp += rollUp(hour, index)
    }
    if ((hour - firstMs) % (20 * dayMs) === 0) {
      progress(`day ${(hour - firstMs) / dayMs} of ${span.days}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return filled

  function rollUp(hour: EpochMs, index: number): number {
    const line = plant.lines[index]!
    const { attribution, shiftOf } = rules[index]!
    const runs = readRuns(database.write, line.id, { startMs: hour, endMs: hour + hourMs })
    const sheet = deltaSheet()
    let pieces = 0
    for (let atMs = hour; atMs < hour + hourMs; atMs += secondMs) {
      const count = countAt(index, atMs)
      if (!count) continue
      const { good, scrap, reason } = count
      const scraps = scrap > 0 ? [{ reason, detected: 'internal' as const, qty: scrap }] : []
      addPieces(
        sheet,
        { atMs, good, scrap, rework: 0, product: null, fromLine: true, scraps },
        runs,
        attribution,
      )
      pieces += 1
    }
    const minutes = { counts: sheet.counts(), scraps: sheet.scraps() }
    database.write.transaction(() => void rollups.add(line.id, minutes, shiftOf, Infinity))()
    return pieces
  }
}

function incoming(topic: string, body: { ts: EpochMs }): IncomingMessage {
  const payload = Buffer.from(JSON.stringify(body))
  return { topic, payload, arrivedMs: body.ts, dup: false, retain: false, packetId: null }
}
