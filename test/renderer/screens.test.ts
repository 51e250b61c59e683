import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hourColumn, hoursInView, hourStatus, worstHour } from '../../renderer/screens/hours/hour-look.ts'
import { biggestLoss, lossRows, timeRows } from '../../renderer/screens/loss-rows.ts'
import { paretoOf } from '../../renderer/screens/pareto.ts'
import { problemWords } from '../../renderer/widgets/problem.ts'
import { createFormat } from '../../renderer/i18n/format.ts'
import { english } from '../../renderer/i18n/words.ts'
import { at, fixtureNowMs, makeBoard, makeHours, minuteMs } from '../fixtures/board.ts'

describe('waterfall', () => {
  const losses = makeBoard().oee.losses!

  test('rows add up exactly, whatever the rounding', () => {
    const part = fc.integer({ min: 0, max: 5 * 3_600_000 })
    fc.assert(
      fc.property(part, part, part, fc.integer({ min: -600_000, max: 3_600_000 }), part, part, (...ms) => {
        const [stopMs, changeoverMs, unknownMs, slowMs, scrapMs, goodMs] = ms
        const rows = lossRows({ stopMs, changeoverMs, unknownMs, slowMs, scrapMs, goodMs })
        const [planned, ...rest] = rows
        const good = rest.pop()!
        const lost = rest.reduce((sum, row) => sum + row.minutes, 0)
        expect(planned!.minutes - lost).toBe(good.minutes)
        for (const row of rows) {
          expect(row.left).toBeGreaterThanOrEqual(0)
          expect(row.left + row.width).toBeLessThanOrEqual(1.000001)
        }
      }),
    )
  })

  test('only the biggest loss is marked, and missing data is nobody’s loss', () => {
    expect(biggestLoss(lossRows(losses))?.key).toBe('slow')
    const rows = lossRows({ ...losses, unknownMs: 300 * minuteMs })
    expect(rows.map(({ key }) => key)).toContain('unknown')
    expect(biggestLoss(rows)?.key).toBe('slow')
    expect(lossRows(losses).map(({ key }) => key)).not.toContain('unknown')
  })

  test('faster than ideal is a gain with its own name', () => {
    const row = lossRows({ ...losses, slowMs: -20 * minuteMs }).find(({ key }) => key === 'slow')!
    expect([row.named, row.minutes]).toEqual(['fast', -20])
  })

  test('without an ideal cycle time the time itself is shown', () => {
    const rows = timeRows(makeBoard().oee.sums!)
    expect(rows.map(({ key }) => key)).toEqual(['planned', 'stop', 'changeover', 'run'])
    expect(rows.map(({ minutes }) => minutes)).toEqual([480, 41, 35, 404])
  })
})

describe('hours', () => {
  const { rows } = makeBoard().hours

  test('neutral from 97 % of the plan, amber from 90 %, red below', () => {
    expect(rows.map(hourStatus)).toEqual(['ok', 'ok', 'stop', 'ok', 'warn', null, null, null])
    expect(hourColumn(rows[2]!).fill).toBe('stop-fill')
    expect(hourColumn(rows[4]!)).toMatchObject({ fill: 'warn-fill', soFar: 410 * 0.7, future: false })
  })

  test('an hour mostly without data is not judged', () => {
    const [row] = makeHours(at('06:00'), [{ plan: 400, made: 100, unknownMin: 40 }])
    expect(hourStatus(row!)).toBe('none')
    expect(hourColumn(row!).fill).toBe('bar')
  })

  test('the worst hour is the one that lost most', () => {
    expect(worstHour(rows)?.label).toBe('08')
    expect(worstHour(rows.slice(0, 2))).toBeNull()
  })

  test('fewer columns keep the running hour and one to come', () => {
    const day = makeHours(
      at('00:00'),
      Array.from({ length: 24 }, () => ({ plan: 100, made: 100 })),
    )
    const view = hoursInView(day, 6)
    expect(view.map(({ label }) => label)).toEqual(['06', '07', '08', '09', '10', '11'])
    expect(hoursInView(day, 30)).toBe(day)
  })
})

test('the pareto keeps the total: what does not fit is in the last row', () => {
  const reasons = makeBoard().scrap.reasons
  const shown = paretoOf(reasons, 5, 'Other')
  expect(shown.map(({ reason }) => reason)).toEqual([
    'Label skew',
    'Cap misfit',
    'Underfill',
    'Dented',
    'Other',
  ])
  expect(shown.reduce((sum, { qty }) => sum + qty, 0)).toBe(reasons.reduce((sum, { qty }) => sum + qty, 0))
  expect(paretoOf(reasons, 7, 'Other')).toHaveLength(6)
})

test('the gravest problem of the board itself is said, in one sentence', () => {
  const format = createFormat('en', 'Europe/Berlin')
  const broker = { state: 'offline' as const, sinceMs: at('10:31'), address: 'broker.plant.local:1883' }
  const words = (health: Parameters<typeof makeBoard>[0], linkLost = false) =>
    problemWords({ ...base, board: makeBoard(health), linkLost })
  const base = {
    nowMs: fixtureNowMs,
    lastPushMs: at('10:40'),
    format,
    t: english.t,
    trust: 'live' as const,
  } as Parameters<typeof problemWords>[0]
  expect(words({})).toBeNull()
  expect(words({ health: { broker } })).toBe('Broker broker.plant.local:1883 not reachable since 10:31')
  const problem = { kind: 'noAnswer', detail: '' } as const
  expect(words({ health: { broker: { ...broker, problem } } })).toBe(
    'Nothing answers at broker.plant.local:1883: check that the broker runs and the address is right',
  )
  const full = 'The disk is full: free some space. Nothing is stored meanwhile.'
  expect(words({ health: { broker, storeProblem: 'full' } })).toBe(full)
  expect(words({ health: { catchingUp: { behind: 12_437, dataOfMs: 0 } } })).toMatch(
    /^Catching up, about 12.400 behind, data of /,
  )
  expect(words({ health: { storeProblem: 'full' } }, true)).toBe('No connection to the engine since 10:40')
  const storeNotice = { kind: 'diskLow', freeMb: 41 } as const
  expect(words({ health: { storeNotice } })).toBe('The disk is nearly full, 41 MB left: free some space')
  expect(words({ health: { storeNotice, broker } })).toBe(
    'Broker broker.plant.local:1883 not reachable since 10:31',
  )
  const lastReject = { atMs: at('10:39'), topic: 'x', reason: 'no total' }
  expect(words({ health: { rejected: 12, lastReject } })).toBe('12 messages refused, last at 10:39')
  expect(words({ health: { rejected: 12, lastReject: { ...lastReject, atMs: at('09:00') } } })).toBeNull()
})
