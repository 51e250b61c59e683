import { openShiftMs } from '../../electron/engine/history.ts'
import type { CallMessage, CallName, CallResult } from '../../shared/contract/protocol.ts'
import type { LiveKpi } from '../../shared/domain/key-results.ts'
import { dateOfDay, dayNumber, weekdayOf } from '../../shared/domain/local-time.ts'
import { type EngineRig, startEngineRig } from './engine-rig.ts'
import { createInput, draft } from './okr-drafts.ts'
import type { PageClient } from './page-client.ts'
import { seededRandom } from './random.ts'
import { until } from './until.ts'
import { minute, testLine } from './view-input.ts'

/**
 * A quarter of a line in fast time over real MQTT: case throughput 850 to 1,100, changeover 45 to 20 min, OEE to 85 %.
 * OEE follows by hand: 450 min of planned time hold 1,100 cases of 20.9 s to 85.1 %, and 850 to 65.8 %. Whoever listens looks at
 * each stage: a test compares, a script takes pictures.
 */
export const keyResultStages = [
  'planned',
  'three weeks',
  'checked in',
  'held',
  'locked in',
  'fallen back',
] as const
export type KeyResultStage = (typeof keyResultStages)[number]

export type Day = { date: string; good: number; changeoverMin: number }

export type KeyResultStory = {
  rig: EngineRig
  page: PageClient
  lineId: string
  before: readonly Day[]
  quarter: readonly Day[]
  made: CallResult['createObjective']
}

export const idealCycleS = 20.9
export const plannedS = 450 * 60
const pin = '864213'

/** Working days from a date on. */
function workingDays(from: string, count: number): string[] {
  const days: string[] = []
  for (let day = dayNumber(from); days.length < count; day++) {
    if (weekdayOf(day) <= 5) days.push(dateOfDay(day))
  }
  return days
}

/** From one level to another over the days given, with a little noise; `part` 1 from day `arrive` on. */
function ramp(
  dates: readonly string[],
  arrive: number,
  [from, to]: readonly [number[], number[]],
  random: () => number,
): Day[] {
  const noise = (size: number) => (random() * 2 - 1) * size
  return dates.map((date, i) => {
    const part = Math.min(1, (i + 1) / arrive)
    const [good = 0, changeover = 0] = from.map((start, k) => start + (to[k]! - start) * part)
    return {
      date,
      good: Math.round(good + noise(12)),
      changeoverMin: Math.round((changeover + noise(1)) * 10) / 10,
    }
  })
}

export const atOf = (date: string, minutes: number) => Date.parse(`${date}T06:00:00Z`) + minutes * minute

/** One shift's messages, with their own times. */
function shiftMessages({ date, good, changeoverMin }: Day): [string, Record<string, unknown>][] {
  const at = (minutes: number) => atOf(date, minutes)
  const hourly = Array.from(
    { length: 5 },
    (_, i) => Math.floor((good * (i + 1)) / 5) - Math.floor((good * i) / 5),
  )
  return [
    ['product', { product: 'case', ts: at(0) }],
    ['state', { state: 'running', ts: at(0) }],
    ...hourly.map((n, i): [string, Record<string, unknown>] => ['count', { good: n, ts: at(90 * i + 60) }]),
    ['changeover', { event: 'start', ts: at(220) }],
    ['changeover', { event: 'end', ts: at(220 + changeoverMin) }],
    ['state', { state: 'off', ts: at(480) }],
  ]
}

const line = testLine({
  expectedIntervalS: 86_400,
  products: [{ id: 'case', name: 'Case', idealCycleS }],
  defaultProduct: 'case',
})

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

export async function tellKeyResultStory(
  at: (stage: KeyResultStage, now: KeyResultStory) => void | Promise<void>,
): Promise<void> {
  const random = seededRandom(850_1100)
  const before = ramp(
    workingDays('2026-09-03', 20),
    1,
    [
      [850, 45],
      [850, 45],
    ],
    random,
  )
  const quarter = ramp(
    workingDays('2026-10-01', 66),
    30,
    [
      [850, 45],
      [1_125, 18.5],
    ],
    random,
  )
  const after = ramp(
    workingDays('2027-01-01', 12),
    1,
    [
      [960, 33],
      [960, 33],
    ],
    random,
  )
  const rig = await startEngineRig({ nowMs: atOf('2026-09-02', 600), lines: [line], demoPin: pin })
  try {
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.health.broker.state === 'connected', 'the broker')
    let sent = 0

    /** The line makes these shifts, one after the other; then it is the evening of the last one. */
    const make = async (days: readonly Day[]) => {
      for (const day of days) {
        rig.clock.nowMs = atOf(day.date, 500)
        const messages = shiftMessages(day)
        await Promise.all(messages.map(([kind, body]) => rig.publish(kind, body)))
        sent += messages.length
        await until('the shift stored', () => {
          const { stored, lastReject } = rig.engine.recorder.counters()
          if (lastReject !== null) throw new Error(lastReject.reason)
          return stored === sent
        })
      }
      // A shift that was looked at while its messages came in is looked at again after a while.
      rig.clock.nowMs += openShiftMs
    }
    const call = async <N extends CallName>(name: N, input: CallMessage<N>): Promise<CallResult[N]> => {
      const answer = await page.call(name, input)
      if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`)
      return answer.value
    }
    /** Waits until the line's values are those of the last 15 shifts of `days`, and those of older ones too. */
    const follows = async (days: readonly Day[]) => {
      const last = days.slice(-15)
      const wanted = [
        mean(last.map(({ good }) => good)),
        mean(last.map(({ changeoverMin }) => changeoverMin)),
      ]
      const isThere = ({ keyResults: { items } }: ReturnType<PageClient['board']>) =>
        wanted.every((value, index) => Math.abs((items[index]?.value ?? 0) - value) < 1e-6)
      await page.until(isThere, 'the last shifts')
      // Shifts are summed up newest first, and what was sent before the oldest was there may lack it.
      await rig.engine.settled()
      const known = page.pushes.length
      await until('the board of all shifts', () => page.pushes.length > known)
    }

    // Twenty days as it always was; then the quarter's objective.
    await make(before)
    rig.clock.nowMs = atOf('2026-10-01', -30)
    const keyResult = (name: string, kpi: LiveKpi, unit: string, baseline: number, target: number) =>
      draft({
        name,
        unit,
        baseline,
        target,
        decimals: unit === '%' ? 1 : 0,
        owner: 'Mira Kern',
        source: { kind: 'kpi', kpi, window: { kind: 'shifts', count: 15 } },
      })
    const made = await call(
      'createObjective',
      createInput(pin, {
        objective: {
          title: 'Line 1 runs without surprises',
          cycle: { kind: 'quarter', name: 'Q4 2026', startDate: '2026-10-01', endDate: '2026-12-31' },
        },
        keyResults: [
          keyResult('Throughput', 'throughput', 'cases', 850, 1_100),
          keyResult('Changeover', 'changeover_min', 'min', 45, 20),
          keyResult('OEE', 'oee', '%', 65.8, 85),
        ],
      }),
    )
    await follows(before)
    const now: KeyResultStory = { rig, page, lineId: 'l1', before, quarter, made }
    await at('planned', now)

    // Three weeks on the values have followed by themselves; nobody has checked in.
    await make(quarter.slice(0, 15))
    await follows(quarter.slice(0, 15))
    await at('three weeks', now)
    for (const { id } of page.board().keyResults.items) {
      const said = {
        keyResultId: id,
        confidence: 'yes',
        value: null,
        sentence: 'Pre-staged film works',
        pin,
      } as const
      await call('checkIn', said)
    }
    await page.until(
      (b) => b.keyResults.items.every(({ checkInDue }) => checkInDue === 'no'),
      'the check-ins',
    )
    await at('checked in', now)

    // Near the end all three are reached; held, they are proposed as the new normal.
    await make(quarter.slice(15, 60))
    await follows(quarter.slice(0, 60))
    const board = await page.until(
      (b) =>
        b.keyResults.items.length === 3 && b.keyResults.items.every(({ held }) => held.proposal !== null),
      'three proposals',
    )
    await at('held', now)

    // Signed with a PIN: the key result ends with its story, the normal is a step that the store keeps.
    let { version } = made
    for (const { id, held: one } of board.keyResults.items) {
      const { baseline, target, lower, upper } = one.proposal!
      const lesson = 'Film and caps are staged before the end of the run'
      const normal = { baseline, target, lower, upper, lesson }
      ;({ version } = await call('lockIn', { keyResultId: id, version, pin, ...normal }))
    }
    await page.until((b) => b.keyResults.items.length === 0, 'the archive')
    await call('closeObjective', {
      objectiveId: made.objectiveId,
      version,
      pin,
      lesson: 'One gap at a time',
    })
    await page.until((b) => b.keyResults.normals.length === 3, 'the normals')
    await at('locked in', now)

    // The next quarter falls back.
    await make([...quarter.slice(60), ...after])
    await page.until((b) => b.keyResults.normals.every(({ fallenBack }) => fallenBack), 'the fall back')
    await at('fallen back', now)
  } finally {
    await rig.stop()
  }
}
