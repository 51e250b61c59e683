import { createIngest } from '../../electron/engine/ingest/ingest.ts'
import type { Ingest } from '../../electron/engine/ingest/ingest.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import type { SparkplugSettings } from '../../shared/settings/broker.ts'
import { startRecording, testPlant } from './recording.ts'
import type { TestRecording } from './recording.ts'

const total = { from: '@', kind: 'total', maxPerMinute: 1_000_000_000 }

/** What two lines read of Sparkplug: line a of node N1 and its device filler, line b of node N2. */
export const sparkplugTopics = [
  {
    sparkplug: 'Plant/N1',
    line: 'a',
    metric: 'Line/State',
    state: { from: '@', map: { '6': 'running', '*': 'stopped' } },
  },
  { sparkplug: 'Plant/N1/filler', line: 'a', metric: 'Good', count: { good: total } },
  { sparkplug: 'Plant/N1/filler', line: 'a', metric: 'Pulse', count: { scrap: '@' } },
  {
    sparkplug: 'Plant/N1/filler',
    line: 'a',
    metric: 'Temp',
    value: { key: { const: 'temp' }, value: '@' },
  },
  { sparkplug: 'Plant/N2', line: 'b', metric: 'Good', count: { good: total } },
]

export type SparkplugBoard = TestRecording & {
  ingest: Ingest
  logs: string[]
  good: (lineId: string) => number
  scrap: (lineId: string) => number
  states: () => string[]
}

/** A board that is not started yet, on real time. */
export function sparkplugBoard(
  url: string,
  clientId: string,
  more: Partial<SparkplugSettings> = {},
): SparkplugBoard {
  const base = testPlant(url)
  const sparkplug = { hostId: 'board-host', reorderTimeoutS: 0.3, rebirthIntervalS: 1, ...more }
  const plant = plantSchema.parse({
    ...base,
    broker: { ...base.broker, clientId, sparkplug },
    topics: sparkplugTopics,
  })
  const recording = startRecording(Date.now(), plant)
  Object.defineProperty(recording.clock, 'nowMs', { get: () => Date.now() })
  const logs: string[] = []
  const ingest = createIngest({
    plant,
    recorder: recording.recorder,
    now: Date.now,
    password: undefined,
    version: 'test',
    auditHead: () => '',
    log: (_level, text) => void logs.push(text),
  })
  const sum = (lineId: string, of: 'good' | 'scrap'): number =>
    recording.recorder.model(lineId).facts.counts.reduce((all, bucket) => all + bucket[of], 0)
  return Object.assign(recording, {
    ingest,
    logs,
    good: (lineId: string) => sum(lineId, 'good'),
    scrap: (lineId: string) => sum(lineId, 'scrap'),
    states: () => recording.recorder.model('a').facts.states.map(({ state }) => state),
  })
}
