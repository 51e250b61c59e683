import { openDatabase } from '../../db/open-database.ts'
import { addCheckIn, addObjectives } from '../../db/queries/team.ts'
import { addPerson } from '../../electron/engine/people.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { message, testPlant } from './recording.ts'

/** A small store with something in every table that a board fills; test/migrations keeps one of each format. */
export async function sampleStore(file: string): Promise<void> {
  const database = openDatabase({ file })
  const startMs = Date.parse('2026-03-02T08:00:00Z')
  let nowMs = startMs
  const recorder = openRecorder({ database, plant: testPlant(), now: () => nowMs })
  const say = (topic: string, body: object, minute: number): void => {
    nowMs = startMs + minute * 60_000
    recorder.record([message(topic, body, nowMs)])
  }
  const at = (minute: number): { ts: number } => ({ ts: startMs + minute * 60_000 })
  say('a/product', { ...at(0), product: 'cola', order: 'o1', target: 500, ideal_cycle_s: 1.1 }, 0)
  say('a/state', { ...at(0), state: 'running' }, 0)
  say('a/count', { ...at(1), good: 40, scrap: 2, reason: 'dent' }, 1)
  say('a/count', { ...at(2), id: 'm1', total_good: 100, cell: 'filler' }, 2)
  say('a/count', { ...at(3), id: 'm2', total_good: 107, cell: 'filler' }, 3)
  say('a/state', { ...at(4), state: 'stopped', reason: 'jam' }, 4)
  say('a/call', { ...at(4), event: 'raise', call: 'c1', category: 'quality' }, 4)
  say('a/scrap', { ...at(5), qty: 3, reason: 'torn', detected: 'customer' }, 5)
  say('a/value', { ...at(5), key: 'temperature', value: 21.5, unit: 'C' }, 5)
  say('a/changeover', { ...at(6), event: 'start', to: 'water' }, 6)
  say('a/changeover', { ...at(7), event: 'end' }, 7)
  say('a/state', { ...at(8), state: 'running' }, 8)
  say('b/count', { good: 1 }, 9)
  recorder.record([message('a/count', 'not json', nowMs)])
  say('a/count', { ts: startMs - 90 * 86_400_000, good: 1 }, 10)
  recorder.enter('a', { kind: 'scrap', reason: 'dent', qty: 1 }, 'station')
  recorder.enter(
    'a',
    { kind: 'stopReason', startMs: startMs + 4 * 60_000, endMs: nowMs, reason: 'jam' },
    'Ada',
  )
  recorder.noteSilence('b', nowMs + 600_000)
  recorder.memo.set('mqtt-client-id', 'lineside-sample')
  addObjectives(
    database.write,
    [
      {
        id: 'o1',
        lineId: 'a',
        title: 'Fewer stops',
        cycle: { name: 'Q1', startDate: '2026-01-01', endDate: '2026-03-31' },
        keyResults: [
          {
            id: 'k1',
            name: 'OEE',
            unit: '%',
            baseline: 70,
            target: 80,
            decimals: 0,
            source: { kind: 'manual' },
            owner: 'Ada',
          },
        ],
      },
    ],
    startMs,
    'plant.yaml',
  )
  const { id } = await addPerson(database.write, { name: 'Ada', role: 'lead', pin: '2468' }, startMs)
  addCheckIn(
    database.write,
    {
      id: 'i1',
      keyResultId: 'k1',
      atMs: startMs,
      personId: id,
      value: 72,
      confidence: 'unsure',
      sentence: 'On the way',
    },
    { atMs: startMs, by: 'Ada', device: 'd', action: 'checkIn', subject: 'k1', detail: '{}' },
  )
  database.close()
}
