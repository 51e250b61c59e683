import { afterEach, describe, expect, it } from 'vitest'
import { message, startRecording } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'

const start = Date.parse('2026-03-02T08:00:00+01:00')
const minute = 60_000
const open: TestRecording[] = []

function begin(atMs = start): TestRecording {
  const recording = startRecording(atMs)
  open.push(recording)
  return recording
}

afterEach(() => {
  for (const recording of open.splice(0)) {
    expect(recording.differences()).toEqual([])
    recording.close()
  }
})

const counted = (r: TestRecording, line = 'a') =>
  r.recorder.model(line).facts.counts.map(({ product, good, scrap }) => ({ product, good, scrap }))

describe('counts', () => {
  it('adds increments to minutes of the product that runs, with its ideal time', () => {
    const r = begin()
    r.recorder.record([
      message('a/product', { ts: start, product: 'water' }, start),
      message('a/count', { ts: start + 1000, good: 5, scrap: 1, reason: 'label' }, start),
      message('a/count', { ts: start + 2000, good: 2, product: 'sample' }, start),
    ])
    expect(r.recorder.model('a').facts.counts).toEqual([
      {
        startMs: start,
        product: 'sample',
        good: 2,
        scrap: 0,
        rework: 0,
        idealTotalMs: null,
        idealGoodMs: null,
      },
      {
        startMs: start,
        product: 'water',
        good: 5,
        scrap: 1,
        rework: 0,
        idealTotalMs: 4800,
        idealGoodMs: 4000,
      },
    ])
    expect(r.recorder.model('a').facts.scraps).toEqual([
      { startMs: start, reason: 'label', detected: 'internal', qty: 1 },
    ])
    expect(r.recorder.model('a').facts.products[0]).toMatchObject({
      firstGoodMs: start + 1000,
      lastGoodMs: start + 1000,
    })
  })

  it('takes the line default without any product message, and nothing where there is none', () => {
    const r = begin()
    r.recorder.record([
      message('a/count', { ts: start, good: 1 }, start),
      message('b/count', { ts: start, good: 1 }, start),
    ])
    expect(counted(r, 'a')).toEqual([{ product: 'cola', good: 1, scrap: 0 }])
    expect(counted(r, 'b')).toEqual([{ product: '', good: 1, scrap: 0 }])
  })

  it('gives pieces to a product whose message came late', () => {
    const r = begin()
    r.recorder.record([message('a/product', { ts: start, product: 'cola' }, start)])
    r.recorder.record([
      message('a/count', { ts: start + 10_000, good: 1 }, start),
      message('a/count', { ts: start + 30_000, good: 2 }, start),
      message('a/count', { ts: start + 5 * minute, good: 4 }, start),
    ])
    r.clock.nowMs = start + 6 * minute
    r.recorder.record([message('a/product', { ts: start + 20_000, product: 'water' }, start + 6 * minute)])
    expect(counted(r)).toEqual([
      { product: 'cola', good: 1, scrap: 0 },
      { product: 'water', good: 2, scrap: 0 },
      { product: 'water', good: 4, scrap: 0 },
    ])
    expect(r.recorder.model('a').facts.products).toMatchObject([
      { product: 'cola', firstGoodMs: start + 10_000, lastGoodMs: start + 10_000 },
      { product: 'water', firstGoodMs: start + 30_000, lastGoodMs: start + 5 * minute },
    ])
  })

  it('reads running totals: baseline, difference, reset, late', () => {
    const r = begin()
    const total = (offset: number, good: number) =>
      message('a/count', { ts: start + offset, total_good: good }, start + offset)
    r.recorder.record([total(0, 100), total(1000, 103), total(3000, 2), total(2000, 104), total(4000, 2)])
    // The late 104 tells of one more piece before the counter was reset.
    expect(counted(r)).toEqual([{ product: 'cola', good: 6, scrap: 0 }])
    expect(r.recorder.counters()).toMatchObject({ stored: 5, totalResets: 1, totalsLate: 1 })
  })

  it('adds scrap messages unless they are included, and never customer escapes', () => {
    const r = begin()
    const scrap = (more: object) => message('a/scrap', { ts: start, qty: 3, reason: 'dent', ...more }, start)
    r.recorder.record([scrap({}), scrap({ included: true }), scrap({ detected: 'customer' })])
    expect(counted(r)).toEqual([{ product: 'cola', good: 0, scrap: 3 }])
    expect(r.recorder.model('a').facts.scraps).toEqual([
      { startMs: start, reason: 'dent', detected: 'customer', qty: 3 },
      { startMs: start, reason: 'dent', detected: 'internal', qty: 6 },
    ])
  })
})

describe('names that every object has', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s is a name like any other', (name) => {
    const r = begin()
    const send = (kind: string, body: object) => r.recorder.record([message(`a/${kind}`, body, start)])
    send('value', { ts: start + 100, key: name, value: 5 })
    send('value', { ts: start + 50, key: name, value: 4 })
    r.recorder.record([
      message('a/value', { ts: start + 200, key: name, value: 7 }, start),
      message('a/value', { ts: start + 150, key: name, value: 6 }, start),
      message('a/count', { ts: start + 100, total_good: 5, cell: name }, start),
      message('a/count', { ts: start + 200, total_good: 9, cell: name }, start),
      message('a/count', { ts: start + 300, good: 1, product: name }, start),
      message('a/scrap', { ts: start + 300, qty: 2, reason: name }, start),
      message('a/call', { ts: start + 300, event: 'raise', call: name }, start),
      message('a/product', { ts: start + 400, product: name }, start),
    ])
    expect(Object.entries(r.recorder.model('a').values)).toEqual([
      [name, { value: 7, unit: null, atMs: start + 200 }],
    ])
    expect(counted(r)).toEqual([
      ...(name < 'cola' ? [{ product: name, good: 1, scrap: 0 }] : []),
      { product: 'cola', good: 4, scrap: 2 },
      ...(name < 'cola' ? [] : [{ product: name, good: 1, scrap: 0 }]),
    ])
    expect(r.recorder.model('a').facts.scraps).toMatchObject([{ reason: name, qty: 2 }])
    r.reopen()
    expect(r.recorder.model('a').calls).toMatchObject([{ call: name }])
  })
})

describe('doing nothing twice', () => {
  it('keeps different values of one millisecond and drops repeated ones', () => {
    const r = begin()
    const one = (good: number) => message('a/count', { ts: start, good }, start)
    r.recorder.record([one(1), one(2), one(1), { ...one(2), dup: true }])
    expect(counted(r)).toEqual([{ product: 'cola', good: 3, scrap: 0 }])
    expect(r.recorder.counters()).toMatchObject({ stored: 2, duplicates: 2 })
  })

  it('goes by the id when there is one, whatever else differs', () => {
    const r = begin()
    r.recorder.record([message('a/count', { id: 'x', good: 1 }, start)])
    r.reopen()
    r.recorder.record([
      message('a/count', { id: 'x', good: 1 }, start + 5000),
      message('a/count', { id: 'y', good: 1 }, start),
    ])
    expect(counted(r)).toEqual([{ product: 'cola', good: 2, scrap: 0 }])
  })

  it('keeps equal pulses without time or id apart, and knows a redelivered one, also after a restart', () => {
    const r = begin()
    const pulse = (packetId: number, dup = false) =>
      message('a/count', '{"good":1}', start, { packetId, dup })
    r.recorder.record([pulse(1), pulse(2), pulse(3), pulse(3, true)])
    expect(counted(r)).toEqual([{ product: 'cola', good: 3, scrap: 0 }])
    r.reopen()
    r.recorder.record([pulse(2, true), pulse(3, true), pulse(4, true)])
    expect(counted(r)).toEqual([{ product: 'cola', good: 4, scrap: 0 }])
    expect(r.recorder.counters()).toMatchObject({ stored: 4, duplicates: 3 })
  })

  it('forgets a packet id that stands for another message now', () => {
    const r = begin()
    const pulse = (dup: boolean) => message('a/count', '{"good":1}', start, { packetId: 7, dup })
    r.recorder.record([
      pulse(false),
      message('a/count', { ts: start, good: 9 }, start, { packetId: 7 }),
      pulse(true),
    ])
    expect(r.recorder.counters()).toMatchObject({ stored: 3, duplicates: 0 })
  })

  it('drops retained increments that nobody can tell apart, and repeated retained states', () => {
    const r = begin()
    const retained = { retain: true }
    const batch = [
      message('a/count', { good: 5 }, start, retained),
      message('a/state', { state: 'running' }, start, retained),
    ]
    r.recorder.record(batch)
    r.recorder.record(batch)
    expect(r.recorder.counters()).toMatchObject({ stored: 1, retainedDropped: 2, duplicates: 1 })
    expect(r.recorder.model('a').lastSeen).toEqual({})
  })
})

describe('rejects', () => {
  it('keeps each with its reason and goes on', () => {
    const r = begin()
    const reasons: string[] = []
    for (const [topic, payload] of [
      ['c/count', { good: 1 }],
      ['a/temperature', { good: 1 }],
      ['a/count', 'not json'],
      ['a/count', { good: -1 }],
      ['a/count', { ts: '2026-03-02T08:00:00', good: 1 }],
      ['a/count', { ts: start - 31 * 86_400_000, good: 1 }],
      ['a/count', { ts: start + 3_600_000, good: 1 }],
      ['a/count', JSON.stringify({ good: 1, note: 'x'.repeat(65_536) })],
    ] as const) {
      r.recorder.record([message(topic, payload, start), message('a/count', { good: 1 }, start)])
      reasons.push(r.recorder.counters().lastReject?.reason ?? '')
    }
    expect(reasons).toEqual([
      'unknown line "c"; the plant has: a, b',
      'unknown kind "temperature"; expected one of: count, state, changeover, product, scrap, value, call',
      'payload: is not JSON',
      'good: Too small: expected number to be >=0',
      'ts: has no zone; write "2026-03-01T06:00:00Z" or "...+01:00"',
      'ts: is older than 30 days; such history can only be replayed',
      'ts: is 3600 s in the future; check the clocks of the source and of this board',
      'payload: 65556 bytes; at most 65536 are taken',
    ])
    expect(r.recorder.counters()).toMatchObject({ stored: 8, rejected: 8 })
  })

  it('takes a message without a time of its own whatever was done to the clock since it arrived', () => {
    const r = begin()
    r.clock.nowMs = start - 5 * 3_600_000
    r.recorder.record([
      message('a/count', { good: 1 }, start),
      message('a/count', { id: 'm1', good: 2 }, start + 3_600_000),
    ])
    expect(r.recorder.counters()).toMatchObject({ stored: 2, rejected: 0 })
  })

  it('takes any age in a replay', () => {
    const r = begin()
    const old = start - 80 * 86_400_000
    r.recorder.record([message('a/count', { ts: old, good: 7 }, start)], { replay: true })
    expect(r.recorder.counters()).toMatchObject({ stored: 1, rejected: 0 })
    expect(r.recorder.model('a').lastSeen.count).toEqual({ atMs: old, arrivedMs: old })
  })
})

describe('entries', () => {
  it('undoes scrap, stop reasons and changeovers within 30 s, not later', () => {
    const r = begin()
    r.recorder.record([message('a/count', { ts: start, good: 10 }, start)])
    const before = r.recorder.model('a')
    const entries = [
      r.recorder.enter('a', { kind: 'scrap', reason: 'dent', qty: 4 }, 'board'),
      r.recorder.enter(
        'a',
        { kind: 'stopReason', startMs: start - minute, endMs: null, reason: 'jam' },
        'board',
      ),
      r.recorder.enter('a', { kind: 'changeover', event: 'start', to: 'water' }, 'board'),
    ]
    expect(counted(r)).toEqual([{ product: 'cola', good: 10, scrap: 4 }])
    expect(r.recorder.model('a').facts.stopReasons).toMatchObject([{ reason: 'jam', endMs: null }])
    expect(r.recorder.model('a').facts.changeovers).toMatchObject([{ event: 'start', to: 'water' }])
    r.clock.nowMs += 30_000
    for (const { entryId } of entries) r.recorder.enter('a', { kind: 'undo', entryId }, 'board')
    expect(r.recorder.model('a')).toEqual(before)

    const { entryId } = r.recorder.enter('a', { kind: 'scrap', reason: 'dent', qty: 1 }, 'board')
    r.clock.nowMs += 30_001
    const refusal = (id: string): string => {
      try {
        r.recorder.enter('a', { kind: 'undo', entryId: id }, 'board')
        return 'taken'
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect([refusal(entryId), refusal(entries[0]!.entryId), refusal('none')]).toEqual([
      'too-late',
      'not-found',
      'not-found',
    ])
  })
})

describe('silences', () => {
  it('ends with the next message and is cut where a late one shows life', () => {
    const r = begin()
    r.recorder.record([message('a/count', { ts: start, good: 1 }, start)])
    r.clock.nowMs = start + 60 * minute
    r.recorder.noteSilence('a', start)
    r.recorder.noteSilence('a', start + 5)
    expect(r.recorder.model('a').facts.silences).toEqual([{ startMs: start, endMs: null }])
    r.recorder.record([message('a/count', { ts: start + 60 * minute, good: 1 }, start + 60 * minute)])
    const late = start + 30 * minute
    r.recorder.record([message('a/count', { ts: late, good: 1 }, start + 61 * minute)])
    expect(r.recorder.model('a').facts.silences).toEqual([
      { startMs: start, endMs: late - 50_000 },
      { startMs: late + 50_000, endMs: start + 60 * minute },
    ])
  })

  it('is noted at the start when the line was not heard for long', () => {
    const r = begin()
    r.recorder.record([message('a/state', { state: 'running' }, start)])
    r.clock.nowMs = start + 49_000
    r.reopen()
    expect(r.recorder.model('a').facts.silences).toEqual([])
    r.clock.nowMs = start + 51_000
    r.reopen()
    expect(r.recorder.model('a').facts.silences).toEqual([{ startMs: start, endMs: null }])
  })
})
