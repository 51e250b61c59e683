import { join } from 'node:path'
import { openDatabase } from '../../db/open-database.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import { compareWithRebuild } from '../../db/rebuild.ts'
import { recordingRules } from '../../electron/engine/model/line-setup.ts'
import { rebuildModel } from '../../electron/engine/model/rebuild-model.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import type { IncomingMessage, Recorder } from '../../electron/engine/recorder.ts'
import { shiftAt } from '../../shared/domain/calendar.ts'
import { windowSums } from '../../shared/domain/kpis/window-sums.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import { makeTempDir } from './temp-dir.ts'

/** Two lines with two shifts over midnight, two products with and one without ideal cycle time. */
export const testPlant = (brokerUrl = 'mqtt://127.0.0.1:1'): Plant =>
  plantSchema.parse({
    site: { name: 'Test', timeZone: 'Europe/Berlin' },
    broker: { url: brokerUrl },
    lines: ['a', 'b'].map((id) => ({
      id,
      name: `Line ${id}`,
      expectedIntervalS: 10,
      products: [
        { id: 'cola', name: 'Cola', idealCycleS: 1.2 },
        { id: 'water', name: 'Water', idealCycleS: 0.8 },
        { id: 'sample', name: 'Sample' },
      ],
      ...(id === 'a' ? { defaultProduct: 'cola' } : {}),
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00' },
        { name: 'Night', start: '22:00', end: '06:00' },
      ],
    })),
  })

let packetIds = 0

export function message(
  topic: string,
  payload: unknown,
  arrivedMs: number,
  more: Partial<IncomingMessage> = {},
): IncomingMessage {
  packetIds = (packetIds % 65_535) + 1
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return {
    topic: `lineside/v1/${topic}`,
    payload: new TextEncoder().encode(text),
    arrivedMs,
    dup: false,
    retain: false,
    packetId: packetIds,
    ...more,
  }
}

export type TestRecording = {
  plant: Plant
  database: OpenDatabase
  recorder: Recorder
  clock: { nowMs: number }
  file: string
  /** Closes the store and opens it again, as a restart would. */
  reopen: () => void
  /** Every difference between live and rebuilt model, and between roll-ups and a rebuild from the raw readings. */
  differences: () => unknown[]
  /** Every sum of a running shift that is not what the model's facts add up to. */
  sumDifferences: () => unknown[]
  close: () => void
}

/** A recorder on a real store of its own, with a clock to set. */
export function startRecording(startMs: number, plant: Plant = testPlant()): TestRecording {
  const dir = makeTempDir('recording')
  const file = join(dir.path, 'lineside.db')
  const clock = { nowMs: startMs }
  const open = (): Pick<TestRecording, 'database' | 'recorder'> => {
    const database = openDatabase({ file })
    const log = (_level: string, text: string): void => {
      throw new Error(text)
    }
    return { database, recorder: openRecorder({ database, plant, now: () => clock.nowMs, log }) }
  }
  const recording: TestRecording = {
    plant,
    ...open(),
    clock,
    file,
    reopen: () => {
      recording.database.close()
      Object.assign(recording, open())
    },
    differences: () =>
      plant.lines.flatMap((line) => {
        const live = recording.recorder.model(line.id)
        const rebuilt = rebuildModel(recording.database.read, line.id, live.horizonMs)
        const rules = recordingRules(line, plant.site.timeZone)
        const { differences } = compareWithRebuild(recording.database.read, line.id, rules)
        const modelDiffers = JSON.stringify(sorted(live)) !== JSON.stringify(sorted(rebuilt))
        return [...(modelDiffers ? [{ live, rebuilt }] : []), ...differences]
      }),
    sumDifferences: () =>
      plant.lines.flatMap((line) => {
        const rules = lineRules(line, plant.site.timeZone)
        const shift = shiftAt(rules.calendar, clock.nowMs)
        if (shift === null) return []
        const { facts, calls } = recording.recorder.model(line.id)
        const live = recording.recorder.shiftSums(line.id, shift, clock.nowMs)
        const anew = windowSums(facts, rules, shift, clock.nowMs, calls)
        return (Object.keys(anew) as (keyof typeof anew)[])
          .filter((name) => !near(live[name], anew[name]))
          .map((name) => ({ line: line.id, name, live: live[name], anew: anew[name] }))
      }),
    close: () => {
      recording.database.close()
      dir.remove()
    },
  }
  return recording
}

/** Equal but for the noise of adding fractions in another order. */
function near(a: number | null, b: number | null): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)))
}

/** The same value with members in one order, for comparing as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  )
}
