import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDecoder } from '../../../../electron/engine/ingest/decode.ts'
import { isPlainCount } from '../../../../electron/engine/ingest/plain-count.ts'
import { signalSchemas } from '../../../../electron/engine/ingest/signals.ts'

const decode = createDecoder('plant/lines', ['a', 'b'])
const read = (topic: string, payload: string | Uint8Array) =>
  decode(topic, typeof payload === 'string' ? new TextEncoder().encode(payload) : payload)
const reason = (topic: string, payload: string | Uint8Array): string => {
  const result = read(topic, payload)
  return result.ok ? 'taken' : result.reason
}

describe('createDecoder', () => {
  it('reads line, kind, time, id and fields, and ignores fields it does not know', () => {
    expect(
      read('plant/lines/a/state', '{"ts":1772366400000,"id":"x","state":"stopped","reason":null,"shift":3}'),
    ).toMatchObject({
      ok: true,
      lineId: 'a',
      atMs: 1_772_366_400_000,
      id: 'x',
      signal: { kind: 'state', data: { state: 'stopped' } },
    })
  })

  it.each([
    ['other/a/count', '{}', 'topic: must start with "plant/lines/"'],
    ['plant/lines/z/count', '{}', 'unknown line "z"; the plant has: a, b'],
    ['plant/lines/a/count/x', '{}', /^unknown kind "count\/x"; expected one of: count, state/],
    ['plant/lines/a/count', '[1]', 'payload: must be one JSON object'],
    ['plant/lines/a/count', '5', 'payload: must be one JSON object'],
    ['plant/lines/a/count', '', 'payload: is not JSON'],
    ['plant/lines/a/count', '{}', 'count needs good, scrap, total_good or total_scrap'],
    ['plant/lines/a/count', '{"good":1,"total_good":5}', /both good and total_good/],
    ['plant/lines/a/count', '{"good":1.5}', /^good: .*int/],
    ['plant/lines/a/count', '{"good":1,"rework":2}', /rework is part of good/],
    ['plant/lines/a/count', '{"good":1,"id":7}', 'id: must be a text of 1 to 64 characters'],
    ['plant/lines/a/count', '{"good":1,"id":""}', 'id: must be a text of 1 to 64 characters'],
    ['plant/lines/a/state', '{"state":"on fire"}', /^state: .*running/],
    ['plant/lines/a/value', '{"key":"t","value":"5"}', /^value: .*number/],
  ])('refuses %s %s', (topic, payload, expected) => {
    const said = reason(topic, payload)
    if (expected instanceof RegExp) expect(said).toMatch(expected)
    else expect(said).toBe(expected)
  })

  it('refuses what is not UTF-8, and what is too large before reading it', () => {
    expect(reason('plant/lines/a/count', Uint8Array.from([0x7b, 0xff, 0x7d]))).toBe(
      'payload: is not UTF-8 text',
    )
    expect(reason('plant/lines/a/count', new Uint8Array(65_537))).toMatch(/65537 bytes; at most 65536/)
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('count', 'state', 'call', 'value'),
        fc.oneof(fc.json(), fc.string()),
        (kind, payload) => {
          expect(typeof read(`plant/lines/a/${kind}`, payload).ok).toBe('boolean')
        },
      ),
    )
  })
})

describe('isPlainCount', () => {
  it('takes only what the schema takes, with the same result', () => {
    const number = fc.oneof(fc.integer({ min: -2, max: 5 }), fc.constantFrom(0.5, 2e9, null, 'x'))
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom(null, 7, 'y'.repeat(41)))
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
    let taken = 0
    fc.assert(
      fc.property(
        fc.record({
          good: maybe(number),
          scrap: maybe(number),
          rework: maybe(number),
          total_good: fc.option(number, { nil: undefined, freq: 1 }),
          all: fc.option(number, { nil: undefined, freq: 1 }),
          late_scrap: fc.constantFrom(undefined, undefined, undefined, null),
          replaces: fc.constantFrom(undefined, undefined, undefined, null, false),
          reason: maybe(text),
          cell: maybe(text),
        }),
        (value) => {
          if (!isPlainCount(value)) return
          taken++
          const slow = signalSchemas.count.safeParse(value)
          expect(slow.success).toBe(true)
          expect(slow.data).toEqual(value)
        },
      ),
      { numRuns: 2_000, seed: 7 },
    )
    expect(taken).toBeGreaterThan(20)
    expect(isPlainCount({ ts: 1, id: 'x', good: 3, product: 'cola' })).toBe(true)
  })
})
