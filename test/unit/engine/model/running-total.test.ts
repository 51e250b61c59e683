import { describe, expect, it } from 'vitest'
import { maxPerMs, stepTotal } from '../../../../electron/engine/model/running-total.ts'
import type { CounterLimits } from '../../../../electron/engine/model/running-total.ts'
import type { RunningTotal } from '../../../../shared/domain/line-model.ts'

/** One piece a second at best, a message every ten seconds. */
const limits: CounterLimits = { modulus: null, maxPerMs: maxPerMs(1000), slackMs: 20_000 }

/** Feeds totals [second, value] and answers what each one meant, as "what delta". */
function feed(
  list: readonly (readonly [number, number])[],
  more: Partial<CounterLimits> = {},
  ownTime = true,
) {
  let known: RunningTotal | undefined
  return list.map(([second, total]) => {
    const step = stepTotal(known, total, second * 1000, { ...limits, ...more }, ownTime)
    known = step.next ?? known
    return `${step.what} ${step.delta}`
  })
}

describe('a running total', () => {
  it('begins with its first value and goes on with differences', () => {
    expect(
      feed([
        [0, 500],
        [10, 508],
        [20, 508],
        [30, 517],
      ]),
    ).toEqual(['baseline 0', 'more 8', 'more 0', 'more 9'])
  })

  it('that is reset counts from zero', () => {
    expect(
      feed([
        [0, 500],
        [10, 4],
        [20, 12],
      ]),
    ).toEqual(['baseline 0', 'reset 4', 'more 8'])
  })

  it.each([
    [65_536, 65_530],
    [4_294_967_296, 4_294_967_290],
    [10_000, 9_994],
  ])('runs over its modulus %i', (modulus, last) => {
    expect(
      feed(
        [
          [0, last],
          [10, 2],
          [20, 9],
        ],
        { modulus },
      ),
    ).toEqual(['baseline 0', 'rollover 8', 'more 7'])
  })

  it('that was reset is not taken for one that ran over, when it can not have got there', () => {
    expect(
      feed(
        [
          [0, 30_000],
          [10, 3],
        ],
        { modulus: 65_536 },
      ),
    ).toEqual(['baseline 0', 'reset 3'])
  })

  it('that jumps further than the line can make pieces is not believed; a wrong reading is passed over', () => {
    expect(
      feed([
        [0, 500],
        [10, 90_000],
        [20, 515],
        [30, 520],
      ]),
    ).toEqual(['baseline 0', 'suspect 0', 'more 15', 'more 5'])
  })

  it('of another device goes on from where that one is, up or down', () => {
    expect(
      feed([
        [0, 500],
        [10, 90_000],
        [20, 90_007],
      ]),
    ).toEqual(['baseline 0', 'suspect 0', 'swap 7'])
    expect(
      feed([
        [0, 50_000],
        [10, 45_213],
        [20, 45_220],
      ]),
    ).toEqual(['baseline 0', 'suspect 0', 'swap 7'])
    expect(
      feed([
        [0, 50_000],
        [10, 45_213],
        [20, 45_213],
        [30, 45_220],
      ]),
    ).toEqual(['baseline 0', 'suspect 0', 'swap 0', 'more 7'])
  })

  it('that is zero for one message was not reset', () => {
    expect(
      feed([
        [0, 500],
        [10, 0],
        [20, 512],
        [30, 520],
      ]),
    ).toEqual(['baseline 0', 'reset 0', 'resumed 12', 'more 8'])
  })

  it('the same suspect twice confirms nothing', () => {
    expect(
      feed([
        [0, 500],
        [10, 90_000],
        [10, 90_000],
        [20, 505],
      ]),
    ).toEqual(['baseline 0', 'suspect 0', 'late 0', 'more 5'])
  })

  it('may be hours apart', () => {
    expect(
      feed([
        [0, 500],
        [36_000, 30_000],
      ]),
    ).toEqual(['baseline 0', 'more 29500'])
    expect(
      feed([
        [0, 500],
        [36_000, 300_000],
      ]),
    ).toEqual(['baseline 0', 'suspect 0'])
  })

  it('without times of its own may come all at once after an outage, but not jump in normal running', () => {
    const backlog = [
      [0, 500],
      [3_600, 520],
      [3_600, 1_500],
      [3_600, 2_500],
      [3_610, 2_508],
      [3_620, 9_000],
    ] as const
    expect(feed(backlog, {}, false)).toEqual([
      'baseline 0',
      'more 20',
      'more 980',
      'more 1000',
      'more 8',
      'suspect 0',
    ])
  })

  it('of a line without an ideal cycle time is always believed', () => {
    expect(
      feed(
        [
          [0, 500],
          [10, 90_000],
          [20, 3],
        ],
        { maxPerMs: null },
      ),
    ).toEqual(['baseline 0', 'more 89500', 'reset 3'])
  })
})
