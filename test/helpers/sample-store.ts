import { openDatabase } from '../../db/open-database.ts'
import { addAudit } from '../../db/queries/audit.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { message, testPlant } from './recording.ts'

/** A small store with something in every table that a board fills; test/migrations keeps one of each format. */
export function sampleStore(file: string): void {
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
  database.write.exec(teamRows)
  addAudit(database.write, {
    atMs: startMs,
    by: 'Ada',
    device: 'd',
    action: 'checkIn',
    subject: 'k1',
    detail: '{}',
  })
  database.close()
}

/** With the columns that the first format had: the others have defaults. */
const teamRows = `
INSERT INTO objective (id, line_id, position, title, cycle_name, cycle_start, cycle_end, created_ms)
  VALUES ('o1', 'a', 1, 'Fewer stops', 'Q1', '2026-01-01', '2026-03-31', 1);
INSERT INTO key_result (id, objective_id, position, name, unit, decimals, owner, created_ms)
  VALUES ('k1', 'o1', 1, 'OEE', '%', 0, 'Ada', 1);
INSERT INTO key_result_target (key_result_id, from_ms, baseline, target, decided_by) VALUES ('k1', 1, 70, 80, 'plant.yaml');
INSERT INTO person (id, name, role, pin_hash, created_ms) VALUES ('p1', 'Ada', 'lead', 'a hash', 1);
INSERT INTO check_in (id, key_result_id, at_ms, person_id, value, confidence, sentence)
  VALUES ('i1', 'k1', 1, 'p1', 72, 'unsure', 'On the way');
`
