import { describe, expect, it } from 'vitest'
import { createMapping, subscriptions } from '../../../../../electron/engine/ingest/mapping/create-mapping.ts'
import { plantSchema } from '../../../../../shared/settings/plant.ts'

const plantOf = (topics: readonly unknown[]) =>
  plantSchema.parse({
    site: { name: 'Test', timeZone: 'Europe/Berlin' },
    broker: { url: 'mqtt://127.0.0.1:1' },
    lines: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ],
    topics,
  })

/** What the mapping makes of a message: kind and fields of each part, then each reject's code and reason. */
function say(topics: readonly unknown[], topic: string, payload: unknown) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const outcome = createMapping(plantOf(topics)).decode(topic, new TextEncoder().encode(text))
  if (!outcome.ok) return [`${outcome.code}: ${outcome.reason}`]
  const parts = outcome.parts ?? []
  const rejects = outcome.parts === undefined ? [] : outcome.rejects
  return [
    ...parts.map(({ lineId, atMs, id, signal }) => ({
      line: lineId,
      ...(atMs === null ? {} : { atMs }),
      ...(id === null ? {} : { id }),
      [signal.kind]: Object.fromEntries(
        Object.entries(signal.data).filter(([, value]) => value !== undefined),
      ),
    })),
    ...rejects.map(({ code, reason }) => `${code}: ${reason}`),
  ]
}

const counter = (topic: string, fields: object) => ({ counter: topic, ...fields })

describe('places and values', () => {
  it('takes line and cell from named segments, a plain number, and a number in text', () => {
    const topics = [{ topic: 'p/+line/+cell/n', cell: '+cell', count: { good: '@' } }]
    const want = [{ line: 'a', count: counter('p/a/x/n#x', { good: 12, cell: 'x' }) }]
    expect(say(topics, 'p/a/x/n', '12')).toEqual(want)
    expect(say(topics, 'p/a/x/n', '"12"')).toEqual(want)
    expect(say(topics, 'p/a/x/n', '0012')).toEqual(want)
    expect(say(topics, 'p/a/x/n', 'many')).toEqual(['field: count.good: must be a number, found "many"'])
    expect(say(topics, 'p/a/x/n', '1e400')).toEqual(['field: count.good: must be a number, found Infinity'])
    expect(say(topics, 'p/a/x/n', '')).toEqual(['json: payload: is neither JSON nor a plain value'])
    expect(say(topics, 'p/a/x', '12')).toEqual(['topic: topic: no entry of topics: is about "p/a/x"'])
    expect(say(topics, 'p/other-board/x/n', '12')).toEqual([])
  })

  it('finds values by JSON pointer with escapes and list places, never members that every object has', () => {
    const rule = (from: string) => [{ topic: 't', line: 'a', value: { key: { const: 'k' }, value: from } }]
    const payload = { 'a/b': [{ 'c~d': 7 }] }
    expect(say(rule('/a~1b/0/c~0d'), 't', payload)).toEqual([{ line: 'a', value: { key: 'k', value: 7 } }])
    for (const from of ['/a~1b/1/c', '/__proto__/x', '/constructor', '/a~1b/length']) {
      expect(say(rule(from), 't', payload)).toEqual([])
    }
    expect(say(rule('/x'), 't', '5')).toEqual(['shape: payload: must be JSON with a field /x'])
  })

  it('finds values by JMESPath, and says what fails in it', () => {
    const rule = (from: string) => [{ topic: 't', line: 'a', count: { good: from } }]
    const payload = {
      metrics: [
        { name: 'bad', value: 1 },
        { name: 'good', value: 5 },
      ],
    }
    expect(say(rule("metrics[?name=='good'].value | [0]"), 't', payload)).toEqual([
      { line: 'a', count: counter('t', { good: 5 }) },
    ])
    expect(say(rule('abs(metrics)'), 't', payload)[0]).toMatch(/^shape: abs\(metrics\): /)
  })

  it('scales and offsets; increments must be whole pieces, totals are cut to whole ones', () => {
    const rule = (field: object) => [{ topic: 't', line: 'a', count: { good: { from: '/n', ...field } } }]
    expect(say(rule({ scale: 6, offset: 2 }), 't', { n: 3 })).toEqual([
      { line: 'a', count: counter('t', { good: 20 }) },
    ])
    expect(say(rule({ scale: 0.1 }), 't', { n: 30 })).toEqual([
      { line: 'a', count: counter('t', { good: 3 }) },
    ])
    expect(say(rule({ scale: 0.1 }), 't', { n: 31 })[0]).toMatch(
      /^field: count.good: must be whole pieces, found 3.1/,
    )
    expect(say(rule({ scale: 0.1, kind: 'total' }), 't', { n: 39 })).toEqual([
      { line: 'a', count: counter('t', { total_good: 3 }) },
    ])
    expect(say(rule({}), 't', { n: -4 })[0]).toMatch(/^field: good: /)
  })

  it('counts one piece a message where each message is a piece', () => {
    const topics = [{ topic: 't/+line', count: { good: { kind: 'message' } }, when: { '/ok': true } }]
    expect(say(topics, 't/b', { ok: true })).toEqual([{ line: 'b', count: counter('t/b', { good: 1 }) }])
    expect(say(topics, 't/b', { ok: false })).toEqual([])
  })

  it('reads each entry of a list as a message, with time and conditions around it', () => {
    const topics = [
      {
        topic: 't',
        line: 'a',
        samples: '/rows',
        time: { from: '/t', unit: 'ms' },
        when: { '/kind': 'n' },
        count: { good: '/n' },
      },
    ]
    const payload = {
      kind: 'n',
      t: 1772366400000,
      rows: [{ n: 1 }, { n: 2, t: 1772366401000 }, { n: 'x' }, { m: 1 }],
    }
    expect(say(topics, 't', payload)).toEqual([
      { line: 'a', atMs: 1772366400000, count: counter('t', { good: 1 }) },
      { line: 'a', atMs: 1772366401000, count: counter('t', { good: 2 }) },
      'field: count.good: must be a number, found "x"',
    ])
    expect(say(topics, 't', { kind: 'n', t: 1772366400000, rows: 5 })).toEqual([
      'shape: /rows: must be a list',
    ])
  })

  it.each([
    ['s', 1772366400.25, 1772366400250],
    ['s', '1772366400.25', 1772366400250],
    ['ms', 1772366400250, 1772366400250],
    ['us', 1772366400250999, 1772366400251],
    ['ns', 1772366400250000000, 1772366400250],
    ['iso', '2026-03-01T12:00:00.25Z', 1772366400250],
    ['iso', 1772366400250, 1772366400250],
    ['iso', '2026-03-01T13:00:00.25', 1772366400250],
    ['iso', '2026-03-01 13:00:00.25', 1772366400250],
    // The clocks of Berlin: summer time, the hour that is skipped, the hour that comes twice.
    ['iso', '2026-07-01T13:00', Date.parse('2026-07-01T11:00:00Z')],
    ['iso', '2026-03-29T02:30:00', Date.parse('2026-03-29T01:30:00Z')],
    ['iso', '2026-10-25T02:30:00', Date.parse('2026-10-25T00:30:00Z')],
  ])('reads times: %s %s', (unit, at, atMs) => {
    const topics = [{ topic: 't', line: 'a', time: { from: '/t', unit, zone: 'Europe/Berlin' }, state: '/s' }]
    expect(say(topics, 't', { t: at, s: 'running' })).toEqual([
      { line: 'a', atMs, state: { state: 'running' } },
    ])
  })

  it.each([
    ['ms', 1772366400, /time: \/t: must be epoch MILLISECONDS/],
    ['iso', '2026-02-30T10:00:00', /time: \/t: has no zone/],
    ['iso', 'yesterday', /time: \/t: must be ISO 8601/],
    ['s', 'yesterday', /field: \/t: must be a number/],
  ])('refuses times: %s %s', (unit, at, why) => {
    const topics = [{ topic: 't', line: 'a', time: { from: '/t', unit, zone: 'Europe/Berlin' }, state: '/s' }]
    expect(say(topics, 't', { t: at, s: 'running' })[0]).toMatch(why)
  })
})

describe('states', () => {
  const topics = [
    {
      topic: 't',
      line: 'a',
      state: {
        from: '/m',
        map: { '2': 'running', '3..9': { state: 'stopped', reason: 'Jam' }, Off: 'off', '*': 'ignore' },
      },
    },
  ]
  it.each([
    [2, { state: 'running' }],
    ['2', { state: 'running' }],
    [3, { state: 'stopped', reason: 'Jam' }],
    [9, { state: 'stopped', reason: 'Jam' }],
    ['Off', { state: 'off' }],
  ])('%s', (m, state) => {
    expect(say(topics, 't', { m })).toEqual([{ line: 'a', state }])
  })

  it('passes over what is to be ignored, refuses what no map knows, and reads plain words', () => {
    expect(say(topics, 't', { m: 77 })).toEqual([])
    const strict = [{ topic: 't', line: 'a', state: { from: '@', map: { RUN: 'running' } } }]
    expect(say(strict, 't', 'RUN')).toEqual([{ line: 'a', state: { state: 'running' } }])
    expect(say(strict, 't', 'HALT')).toEqual(['field: state: "HALT" is not in its map'])
    const plain = [{ topic: 't', line: 'a', state: '@' }]
    expect(say(plain, 't', 'Running')).toEqual([{ line: 'a', state: { state: 'running' } }])
  })
})

describe('rules', () => {
  it('all of a topic apply, each with counters of its own', () => {
    const topics = [
      { topic: 't/#', line: 'a', count: { good: { from: '/in', kind: 'total' } } },
      { topic: 't/x', line: 'a', count: { good: { from: '/out', kind: 'total' } } },
    ]
    expect(say(topics, 't/x', { in: 5, out: 4 })).toEqual([
      { line: 'a', count: counter('t/x', { total_good: 5 }) },
      { line: 'a', count: counter('t/x#1', { total_good: 4 }) },
    ])
  })

  it('subscribe each topic once, not what another filter covers', () => {
    const plant = plantOf([
      { topic: 'x/+line/count', count: { good: '@' } },
      { topic: 'x/+/count', line: 'a', count: { good: '@' } },
      { topic: 'x/#', line: 'a', state: '@' },
      { topic: 'lineside/v1/a/count', line: 'b', count: { good: '/good' } },
      { sparkplug: 'G/+node', line: 'a', metric: 'M', count: { good: '@' } },
    ])
    expect(subscriptions(plant)).toEqual([
      ...['count', 'state', 'changeover', 'product', 'scrap', 'value', 'call'].map(
        (k) => `lineside/v1/+/${k}`,
      ),
      'x/#',
    ])
  })
})

describe('named values of Sparkplug nodes', () => {
  const mapping = createMapping(
    plantOf([
      {
        sparkplug: 'Plant/+node',
        metric: '+line/Count/+what',
        count: { good: { from: '@', kind: 'total', modulus: 65536 } },
      },
      {
        sparkplug: 'Plant/+node/+line',
        metric: 'State',
        state: { from: '@', map: { '1': 'running', '*': 'stopped' } },
      },
    ]),
  )
  it('make the same signals', () => {
    expect(mapping.hasSparkplug).toBe(true)
    const [part] = mapping.signalsOf('Plant/N1', 'a/Count/Good', 5n, 1772366400250).parts
    expect(part).toMatchObject({
      lineId: 'a',
      atMs: 1772366400250,
      signal: { kind: 'count', data: { total_good: 5, counter: 'Plant/N1:a/Count/Good' } },
      counters: { good: { modulus: 65536 } },
    })
    expect(mapping.signalsOf('Plant/N1/b', 'State', 4, null)).toMatchObject({
      parts: [{ lineId: 'b', atMs: null, signal: { kind: 'state', data: { state: 'stopped' } } }],
    })
    expect(mapping.signalsOf('Plant/N1/b', 'Other', 4, null)).toEqual({ ok: true, parts: [], rejects: [] })
    expect(mapping.signalsOf('Plant/N1', 'a/Count/Good', null, null)).toEqual({
      ok: true,
      parts: [],
      rejects: [],
    })
    expect(mapping.signalsOf('Plant/N1', 'a/Count/Good', NaN, null).rejects[0]).toMatchObject({
      code: 'field',
    })
  })
})
