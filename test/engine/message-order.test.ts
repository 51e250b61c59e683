import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import { kpiSums } from '../../shared/domain/kpi.ts'
import { stopsIn } from '../../shared/domain/stops.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import type { IncomingMessage } from '../../electron/engine/recorder.ts'
import { message, startRecording, testPlant } from '../helpers/recording.ts'

const start = Date.parse('2026-11-18T06:00:00+01:00')
const minute = 60_000

/** A line of three cells, two of which have to run. */
const plant = plantSchema.parse({
  ...testPlant(),
  lines: testPlant().lines.map((line) => ({
    ...line,
    cells: { rule: 'minimumRunning', minimum: 2, names: ['x', 'y', 'z'] },
    shifts: [{ name: 'Day', start: '06:00', end: '18:00', movingBreakMin: 10 }],
  })),
})

const at = fc.integer({ min: 0, max: 239 })
const product = fc.constantFrom('cola', 'water')
const body = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('count'), good: fc.nat(9), scrap: fc.nat(2) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('state'),
      cell: fc.constantFrom('x', 'y', 'z'),
      state: fc.constantFrom('running', 'running', 'stopped', 'starved', 'break', 'changeover'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('product'), product }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('changeover'), event: fc.constantFrom('start', 'end') }),
  },
)

/** What the line's numbers are after these messages have come in this order, in batches of `size`. */
function numbersOf(messages: readonly IncomingMessage[], size: number): unknown {
  const r = startRecording(start + 5 * 60 * minute, plant)
  try {
    for (let i = 0; i < messages.length; i += size) r.recorder.record(messages.slice(i, i + size))
    expect(r.differences()).toEqual([])
    const rules = lineRules(plant.lines[0]!, plant.site.timeZone)
    const window = { startMs: start, endMs: start + 4 * 60 * minute }
    const stored = readLineFacts(r.database.read, 'a', window, { cells: rules.cells })
    return [r.recorder.model('a').facts, stored].map((facts) => [
      kpiSums(facts, rules, window, r.clock.nowMs),
      stopsIn(facts, rules, window, r.clock.nowMs),
      changeoversIn(facts, rules, window, r.clock.nowMs),
    ])
  } finally {
    r.close()
  }
}

it(
  'the numbers do not depend on the order in which messages come, nor on how often',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ at, body }), {
          minLength: 3,
          maxLength: 40,
          // Of two messages of one kind for the same instant the later one to come holds: that is no matter of order alone.
          selector: (one) => `${one.at} ${one.body.kind} ${'cell' in one.body ? one.body.cell : ''}`,
        }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 20 }),
        (items, dice, size) => {
          const messages = items.map(({ at: minutes, body: { kind, ...fields } }) =>
            message(`a/${kind}`, { ...fields, ts: start + minutes * minute }, start + 5 * 60 * minute),
          )
          const inOrder = messages.slice().sort((a, b) => String(a.payload).localeCompare(String(b.payload)))
          const shuffled = [...messages, ...messages.filter((_, i) => i % 2 === 0)]
          for (let i = shuffled.length - 1; i > 0; i--) {
            const j = dice.next().value % (i + 1)
            ;[shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!]
          }
          const [live, stored] = numbersOf(inOrder, 7) as unknown[]
          expect(stored).toEqual(live)
          expect(numbersOf(shuffled, size)).toEqual([live, live])
        },
      ),
      {
        seed: Number(process.env.LINESIDE_SEED ?? 20_261_118),
        numRuns: Number(process.env.LINESIDE_RUNS ?? 25),
      },
    )
  },
)
