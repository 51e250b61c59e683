import { openShiftMs } from '../../electron/engine/history.ts'
import type { Answer, CallResult } from '../../shared/contract/protocol.ts'
import type { LockInProposal } from '../../shared/domain/okr/met-and-held.ts'
import { type EngineRig, startEngineRig } from './engine-rig.ts'
import type { PageClient } from './page-client.ts'
import { until } from './until.ts'
import { minute, six, testLine } from './view-input.ts'
import { gaussian, storyDays, yieldKpi, yieldStory } from './yield-story.ts'

/**
 * First-pass yield falls, is signalled, becomes a key result, recovers, is held and locked in: told over a real broker to a real
 * engine, one working day after the other. Whoever listens looks at each stage: a test compares, a script takes pictures.
 */
export const gapStages = ['usual', 'signal', 'gap', 'made', 'on the way', 'held', 'locked in'] as const
export type GapStage = (typeof gapStages)[number]

export type GapStory = {
  rig: EngineRig
  page: PageClient
  lineId: string
  /** Yields of all days, known from the beginning. Percent. */
  yields: readonly number[]
  candidate: NonNullable<CallResult['candidate']> | null
  made: CallResult['makeKeyResult'] | null
  proposal: LockInProposal | null
  /** What was signed in the end. */
  newTarget: number | null
}

export const storyPin = '864213'
const lineId = 'l1'
const seed = 1
const dayMs = 1440 * minute

/** Weeks of five working days, one early shift each: the end of a working day's shift, from 0. */
export const shiftEnd = (day: number) => six + (Math.floor(day / 5) * 7 + (day % 5)) * dayMs + 480 * minute

/** The answer's value; throws what it refuses. */
export function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

/** Publishes working days over the broker, with the clock at the end of the last one, and waits for their shifts. */
async function live(
  rig: EngineRig,
  page: PageClient,
  from: number,
  yields: readonly number[],
): Promise<void> {
  const last = shiftEnd(from + yields.length - 1)
  rig.clock.nowMs = last + minute
  const messages = yields.flatMap((percent, index) => {
    const end = shiftEnd(from + index)
    const good = Math.round(percent * 10)
    return [
      ['state', { state: 'running', ts: end - 470 * minute }],
      ['count', { good, scrap: 1_000 - good, ts: end - 60 * minute }],
      ['state', { state: 'off', ts: end - 1 }],
    ] as const
  })
  const stored = rig.engine.recorder.counters().stored + messages.length
  await Promise.all(messages.map(([kind, body]) => rig.publish(kind, body)))
  await until('every message is stored', () => rig.engine.recorder.counters().stored >= stored)
  // Shifts that were looked at while their messages came in are looked at again after a while.
  rig.clock.nowMs += openShiftMs
  const known = (b: ReturnType<PageClient['board']>) => b.kpis?.items[0]?.valueAtMs === last
  await page.until(known, `the shift of working day ${from + yields.length}`, 20_000)
  await rig.engine.settled()
}

export async function tellGapStory(
  at: (stage: GapStage, now: GapStory) => void | Promise<void>,
): Promise<void> {
  const rig = await startEngineRig({
    nowMs: six,
    lines: [testLine()],
    seed: { kpis: [{ ...yieldKpi, line: lineId }] },
    demoPin: storyPin,
    fiscalYearStart: '04-06',
  })
  try {
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.health.broker.state === 'connected', 'the broker')
    await rig.publish('product', { product: 'cap', ts: six })
    const yields = yieldStory(seed, true)
    const { before, fall } = storyDays
    const now: GapStory = {
      rig,
      page,
      lineId,
      yields,
      candidate: null,
      made: null,
      proposal: null,
      newTarget: null,
    }
    let day = 0
    /** In pieces that the raw retention of 30 days lets pass as late messages. */
    const run = async (values: readonly number[], piece = 20) => {
      for (let from = 0; from < values.length; from += piece) {
        const part = values.slice(from, from + piece)
        await live(rig, page, day, part)
        day += part.length
      }
    }

    await run(yields.slice(0, before))
    await at('usual', now)

    // The fall: week by week until the chart signals, long before the first red day.
    while (page.board().gaps!.items.every(({ driftMs }) => driftMs === null) && day < before + fall) {
      await run(yields.slice(day, Math.min(day + 5, before + fall)))
    }
    await at('signal', now)
    await run(yields.slice(day, before + fall))
    await at('gap', now)

    // The stay: one command makes the key result.
    await run(yields.slice(before + fall))
    now.candidate = valueOf(await page.call('candidate', { lineId, kpi: yieldKpi.id }))
    now.made = valueOf(await page.call('makeKeyResult', { lineId, kpi: yieldKpi.id, pin: storyPin }))
    await page.until((b) => b.gaps?.items[0]?.keyResult === yieldKpi.name, 'the link')
    await at('made', now)

    // The line recovers, and holds.
    const gauss = gaussian(77)
    const keyResult = () => page.board().keyResults.items.find(({ id }) => id === now.made!.keyResultId)!
    const recovery = Array.from(
      { length: 20 },
      (_, i) => 87 + (9.5 * Math.min(10, i + 1)) / 10 + 0.8 * gauss(),
    )
    await run(recovery.slice(0, 5))
    await at('on the way', now)
    await run(recovery.slice(5))
    await run(Array.from({ length: 12 }, () => 96.5 + 0.8 * gauss()))
    now.proposal = keyResult().held.proposal
    await at('held', now)

    if (now.proposal === null) throw new Error('no new normal is proposed')
    const { objectives } = valueOf(await page.call('okrs', { lineId }))
    const { version } = objectives.find(({ id }) => id === now.made!.objectiveId)!
    const { baseline, lower, upper } = now.proposal
    // Ana asks for a little more than what was held.
    const target = now.proposal.target + 1
    now.newTarget = target
    const signed = { keyResultId: now.made.keyResultId, version, baseline, target, lower, upper }
    valueOf(await page.call('lockIn', { ...signed, lesson: 'Soft splice tape', pin: storyPin }))
    await page.until((b) => b.kpis!.items[0]!.limits!.mean === baseline, 'the new limits')
    await at('locked in', now)
  } finally {
    await rig.stop()
  }
}
