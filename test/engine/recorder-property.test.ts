import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { message, startRecording } from '../helpers/recording.ts'
import type { TestRecording } from '../helpers/recording.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'

const start = Date.parse('2026-03-28T18:00:00+01:00')
const minute = 60_000
const hour = 60 * minute

/** Mostly near the present, at times hours late, once in a while before the model's memory of 48 h. */
const lateness = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 6 * hour }) },
  { weight: 1, arbitrary: fc.integer({ min: 40 * hour, max: 60 * hour }) },
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const product = fc.constantFrom('cola', 'water', 'sample', 'other')
const reason = fc.constantFrom('label', 'dent', 'fill level')
const pieces = fc.integer({ min: 0, max: 5 })

const payload = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('count'),
      body: fc.record({ good: pieces, scrap: maybe(pieces), product: maybe(product), reason: maybe(reason) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('count'),
      body: fc.record({
        total_good: fc.integer({ min: 0, max: 40 }),
        cell: maybe(fc.constantFrom('x', 'y')),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('count'),
      body: fc.record({ good: fc.constant(3), rework: pieces.map((n) => Math.min(n, 3)) }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('state'),
      body: fc.record({
        state: fc.constantFrom('running', 'stopped', 'idle', 'changeover'),
        reason: maybe(reason),
        cell: maybe(fc.constantFrom('x', 'y', 'z')),
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('product'),
      body: fc.record({
        product,
        order: maybe(fc.constant('o1')),
        target: maybe(fc.constant(100)),
        ideal_cycle_s: maybe(fc.constantFrom(0.7, 2.3333)),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('changeover'),
      body: fc.record({ event: fc.constantFrom('start', 'step', 'end'), to: maybe(product) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('scrap'),
      body: fc.record({
        qty: fc.integer({ min: 1, max: 4 }),
        reason,
        detected: maybe(fc.constantFrom('internal', 'customer')),
        included: maybe(fc.boolean()),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('call'),
      body: fc.record({
        event: fc.constantFrom('raise', 'ack', 'resolve', 'cancel'),
        call: fc.constantFrom('c1', 'c2'),
        category: maybe(fc.constant('quality')),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('value'),
      body: fc.record({
        key: fc.constantFrom('temperature', 'pressure'),
        value: fc.integer({ min: 0, max: 9 }),
        unit: maybe(fc.constant('C')),
      }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'count', body: { good: -1 } }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('count'),
      body: fc.record({ replaces: fc.constant(true), all: maybe(pieces), scrap: pieces }),
    }),
  },
)

const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      type: fc.constant('messages' as const),
      items: fc.array(
        fc.record({
          line: fc.constantFrom('a', 'b'),
          payload,
          late: lateness,
          key: fc.constantFrom('ts', 'id', 'both', 'none'),
          retain: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
          again: fc.option(fc.nat(), { freq: 2 }),
          /** A state overwrites so much of the time after its own. */
          span: fc.option(fc.integer({ min: 1, max: 3 * hour }), { freq: 2 }),
          /** Pieces are replaced at the time of an earlier message. */
          timeOf: fc.nat(),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      replay: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      ms: fc.oneof(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: hour, max: 9 * hour })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('silence' as const),
      line: fc.constantFrom('a', 'b'),
      backMs: fc.integer({ min: 0, max: 2 * hour }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('scrap' as const),
      line: fc.constantFrom('a', 'b'),
      qty: fc.integer({ min: 1, max: 9 }),
      reason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('stopReason' as const),
      line: fc.constantFrom('a', 'b'),
      backMs: lateness,
      lengthMs: fc.option(fc.integer({ min: 1, max: hour })),
      reason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('stopEdit' as const),
      line: fc.constantFrom('a', 'b'),
      backMs: lateness,
      lengthMs: fc.option(fc.integer({ min: 1, max: hour })),
      reason: fc.option(reason),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('changeover' as const),
      line: fc.constantFrom('a', 'b'),
      event: fc.constantFrom('start' as const, 'end' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('undo' as const), line: fc.constantFrom('a', 'b') }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'reopen' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

let ids = 0

function timeOf({ payload: bytes }: IncomingMessage): number | undefined {
  return (JSON.parse(new TextDecoder().decode(bytes)) as { ts?: number }).ts
}

function play(
  r: TestRecording,
  action: Step,
  sent: IncomingMessage[],
  entries: { line: string; id: string }[],
): void {
  const { recorder, clock } = r
  switch (action.type) {
    case 'messages': {
      const batch = action.items.flatMap((item) => {
        const ts = item.key === 'ts' || item.key === 'both' ? clock.nowMs - item.late : undefined
        const id = item.key === 'id' || item.key === 'both' ? `i${ids++}` : undefined
        const { kind, body } = item.payload
        const earlier = 'replaces' in body ? sent[item.timeOf % sent.length] : undefined
        const own = earlier ? timeOf(earlier) : ts
        const until = kind === 'state' && own && item.span ? { until: own + item.span } : {}
        const made = message(`${item.line}/${kind}`, { ts: own, id, ...body, ...until }, clock.nowMs, {
          retain: item.retain,
        })
        sent.push(made)
        const old = item.again === null ? undefined : sent[item.again % sent.length]
        return old ? [made, { ...old, dup: true }] : [made]
      })
      recorder.record(batch, { replay: action.replay })
      return
    }
    case 'wait':
      clock.nowMs += action.ms
      return
    case 'silence':
      recorder.noteSilence(action.line, clock.nowMs - action.backMs)
      return
    case 'scrap':
      entries.push({
        line: action.line,
        id: recorder.enter(action.line, { kind: 'scrap', qty: action.qty, reason: action.reason }, 'x')
          .entryId,
      })
      return
    case 'stopReason': {
      const startMs = clock.nowMs - action.backMs
      const endMs = action.lengthMs === null ? null : startMs + action.lengthMs
      entries.push({
        line: action.line,
        id: recorder.enter(action.line, { kind: 'stopReason', startMs, endMs, reason: action.reason }, 'x')
          .entryId,
      })
      return
    }
    case 'stopEdit': {
      const { line, lengthMs, reason: why } = action
      const startMs = clock.nowMs - action.backMs
      const entry =
        lengthMs === null
          ? { kind: 'stopSplit' as const, startMs: startMs - 1, atMs: startMs }
          : { kind: 'stopMerge' as const, startMs, endMs: startMs + lengthMs, reason: why }
      entries.push({ line, id: recorder.enter(line, entry, 'x').entryId })
      return
    }
    case 'changeover':
      entries.push({
        line: action.line,
        id: recorder.enter(action.line, { kind: 'changeover', event: action.event, to: 'water' }, 'x')
          .entryId,
      })
      return
    case 'undo': {
      const entry = entries.pop()
      if (!entry) return
      try {
        recorder.enter(entry.line, { kind: 'undo', entryId: entry.id }, 'x')
      } catch (error) {
        expect((error as { code?: string }).code).toBe('too-late')
      }
      return
    }
    case 'reopen':
      r.reopen()
  }
}

describe('any sequence of messages, entries, silences and restarts', () => {
  it(
    'leaves the live models and sums equal to rebuilt ones and the roll-ups equal to the raw readings',
    { timeout: 180_000 },
    () => {
      let stored = 0
      fc.assert(
        fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
          const r = startRecording(start)
          try {
            const sent: IncomingMessage[] = []
            const entries: { line: string; id: string }[] = []
            for (const [index, action] of steps.entries()) {
              play(r, action, sent, entries)
              expect(r.sumDifferences()).toEqual([])
              if (index % 5 === 0 || index === steps.length - 1) expect(r.differences()).toEqual([])
            }
            const { stored: kept, sideErrors } = r.recorder.counters()
            expect(sideErrors).toBe(0)
            stored += kept
          } finally {
            r.close()
          }
        }),
        {
          seed: Number(process.env.LINESIDE_SEED ?? 20_260_328),
          numRuns: Number(process.env.LINESIDE_RUNS ?? 60),
        },
      )
      expect(stored).toBeGreaterThan(500)
    },
  )
})
