import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { minutesKeptFrom, rawKeptFrom } from '../../db/queries/memo.ts'
import { readCounts, readScraps } from '../../db/queries/counts.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { readReportedValues } from '../../db/queries/values.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import {
  createRetention,
  nextChunk,
  retentionChunk,
  retentionIntervalMs,
  retentionStepMs,
} from '../../electron/engine/retention.ts'
import { kpiSums } from '../../shared/domain/kpi.ts'
import { handFedValue } from '../../shared/domain/kpis/hand-fed.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { message, startRecording, testPlant } from '../helpers/recording.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const nowMs = Date.parse('2026-11-20T12:00:00Z')
const keep = { rawDays: 30, minuteDays: 35 }
const everything = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A store with 40 days of counts, one every ten minutes, some with an id. */
function oldStore() {
  const recording = startRecording(nowMs, plantSchema.parse({ ...testPlant(), retention: keep }))
  const messages: IncomingMessage[] = []
  for (let at = nowMs - 40 * dayMs; at < nowMs; at += 600_000) {
    const index: number = messages.length
    if (index % 400 === 0)
      messages.push(message('a/state', { ts: at, state: index % 800 ? 'stopped' : 'running' }, at))
    const id = index % 3 === 0 ? { id: `m${index}` } : {}
    messages.push(message('a/count', { ts: at, good: 3, scrap: index % 2, reason: 'dent', ...id }, at))
  }
  recording.recorder.record(messages, { replay: true })
  const retention = createRetention({
    database: recording.database,
    keep,
    now: () => recording.clock.nowMs,
    log: (_level, text) => {
      throw new Error(text)
    },
  })
  const rows = (table: string, where = '1') =>
    recording.database.read.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck().get() as number
  return { recording, retention, rows }
}

const looks = async (count: number) => {
  for (let look = 0; look < count; look++) await vi.advanceTimersByTimeAsync(retentionIntervalMs)
}

test('raw readings and minutes go after their time, hours and shifts stay, and so do all numbers', async () => {
  const { recording, retention, rows } = oldStore()
  const { read } = recording.database
  const coarse = () => [
    readCounts(read, 'hour', 'a', everything),
    readCounts(read, 'shift', 'a', everything),
    readScraps(read, 'hour', 'a', everything),
  ]
  const rules = lineRules(recording.plant.lines[0]!, recording.plant.site.timeZone)
  const old = { startMs: nowMs - 38 * dayMs, endMs: nowMs - 36 * dayMs + 5 * hourMs }
  const sums = () => kpiSums(readLineFacts(read, 'a', old), rules, old, nowMs)
  const before = { coarse: coarse(), sums: sums() }

  retention.start()
  await looks(25)
  retention.stop()

  const rawFromMs = nowMs - keep.rawDays * dayMs
  const minutesFromMs = nowMs - keep.minuteDays * dayMs
  expect([rawKeptFrom(read), minutesKeptFrom(read)]).toEqual([rawFromMs, minutesFromMs])
  expect(read.prepare('SELECT min(ts) FROM reading').pluck().get()).toBe(rawFromMs)
  expect(rows('message_id', `ts < ${rawFromMs}`)).toBe(0)
  expect(rows('message_id')).toBeGreaterThan(1_000)
  for (const table of ['count_rollup', 'scrap_rollup']) {
    const oldest = read.prepare(`SELECT min(start_ms) FROM ${table} WHERE level = 'minute'`).pluck().get()
    expect(oldest).toBeGreaterThanOrEqual(minutesFromMs)
  }
  expect(before.sums.total).toBeGreaterThan(900)
  expect({ coarse: coarse(), sums: sums() }).toEqual(before)
  expect(recording.differences()).toEqual([])
  recording.close()
})

test('it takes a few rows at a time, and what comes in is stored in between', async () => {
  const { recording, retention, rows } = oldStore()
  recording.clock.nowMs = nowMs + 20 * dayMs
  retention.start()
  let most = 0
  let stored = 0
  for (let minute = 0; retention.counters().deleted < 3 * retentionChunk; minute++) {
    const before = retention.counters().deleted
    await vi.advanceTimersToNextTimerAsync()
    most = Math.max(most, retention.counters().deleted - before)
    recording.clock.nowMs += 1_000
    recording.recorder.record([
      message('b/count', { ts: recording.clock.nowMs, good: 1 }, recording.clock.nowMs),
    ])
    stored += 1
  }
  retention.stop()
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(3 * retentionChunk)
  expect(stored).toBeGreaterThan(3)
  expect(rows('reading', `series IN (SELECT id FROM series WHERE line = 'b')`)).toBe(stored)
  recording.close()
})

test('a clock that jumps ahead by years does not empty the store', async () => {
  const { recording, retention, rows } = oldStore()
  recording.clock.nowMs = nowMs + 3_650 * dayMs
  const before = rows('reading')
  retention.start()
  await vi.advanceTimersByTimeAsync(retentionIntervalMs - 1)
  retention.stop()
  const gone = before - rows('reading')
  expect(gone).toBeGreaterThan(0)
  expect(gone).toBeLessThanOrEqual(retentionStepMs / 600_000 + 1)
  recording.clock.nowMs = nowMs
  recording.close()
})

test('old values are joined by the minute and by the hour: sums, newest values and how many they were stay', async () => {
  const { recording, retention, rows } = oldStore()
  const { read } = recording.database
  const messages: IncomingMessage[] = []
  const firstMs = nowMs - 36 * dayMs - 30 * 60_000
  for (let second = 0; second < 7_200; second += 2) {
    const at = firstMs + second * 1_000
    messages.push(message('a/value', { ts: at, key: 'kwh', value: second / 2, unit: 'kWh' }, at))
    messages.push(message('a/value', { ts: at + 5.5 * dayMs, key: 'kwh', value: 1 }, at))
    messages.push(message('a/value', { ts: at + 10 * dayMs, key: 'kwh', value: 1 }, at))
  }
  messages.push(message('a/value', { ts: firstMs, key: 'near_misses', value: 2 }, firstMs))
  recording.recorder.record(messages, { replay: true })
  const values = () => readReportedValues(read, 'a', everything)
  const sums = () =>
    [...values()]
      .sort()
      .map(([key, list]) => [
        key,
        handFedValue('sum', list, everything),
        handFedValue('last', list, everything).value,
      ])
  const before = sums()
  expect(rows('fact', "kind = 'value'")).toBe(10_801)
  retention.start()
  await looks(25)
  retention.stop()
  expect(sums()).toEqual(before)
  const of = (days: number) =>
    values()
      .get('kwh')!
      .filter(({ atMs }) => Math.floor((atMs - firstMs) / dayMs) === days).length
  expect([of(0), of(5), of(10)]).toEqual([3, 120, 3_600])
  expect(values().get('near_misses')).toEqual([{ atMs: firstMs, value: 2, sum: 2, count: 1 }])
  expect(values().get('kwh')![0]).toMatchObject({ value: 899, count: 900, sum: (899 * 900) / 2 })
  expect(recording.differences()).toEqual([])
  recording.close()
})

test('a chunk that took long is followed by a smaller one', () => {
  expect(nextChunk(1_000, 1_349)).toBeLessThan(20 + 1)
  expect(nextChunk(1_000, 50)).toBe(500)
  expect(nextChunk(200, 5)).toBe(300)
  expect(nextChunk(900, 1)).toBe(retentionChunk)
  expect(nextChunk(20, 10_000)).toBe(20)
})

test('live messages older than the raw readings that are kept are refused, with the days of the plant file', () => {
  const plant = plantSchema.parse({ ...testPlant(), retention: { rawDays: 5 } })
  const recording = startRecording(nowMs, plant)
  recording.recorder.record([message('a/count', { ts: nowMs - 6 * dayMs, good: 1 }, nowMs)])
  expect(recording.recorder.counters().lastReject?.reason).toContain('older than 5 days')
  recording.close()
})
