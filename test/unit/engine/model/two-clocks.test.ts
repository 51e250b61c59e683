import { beforeEach, describe, expect, it } from 'vitest'
import { believedAfterMs, twoClocks } from '../../../../electron/engine/model/two-clocks.ts'

const hourMs = 3_600_000
let nowMs = 0
let steadyMs = 0
const pass = (ms: number): void => {
  nowMs += ms
  steadyMs += ms
}
const open = (knownMs = -Infinity) =>
  twoClocks(
    () => nowMs,
    () => steadyMs,
    knownMs,
  )

describe('twoClocks', () => {
  beforeEach(() => {
    nowMs = 1_800_000_000_000
    steadyMs = 500
  })

  it('is one instant while the clock only goes on', () => {
    const between = open()
    pass(50 * hourMs)
    expect(between()).toEqual({ earliestMs: nowMs, latestMs: nowMs })
  })

  it('keeps both times possible after a jump back, until the new one has held for long', () => {
    const between = open()
    between()
    nowMs -= 3 * hourMs
    expect(between()).toEqual({ earliestMs: nowMs, latestMs: nowMs + 3 * hourMs })
    pass(believedAfterMs - 1)
    expect(between().latestMs).toBe(nowMs + 3 * hourMs)
    pass(1)
    expect(between()).toEqual({ earliestMs: nowMs, latestMs: nowMs })
  })

  it('forgets a jump that was taken back', () => {
    const between = open()
    nowMs += 400 * 24 * hourMs
    expect(between().latestMs - between().earliestMs).toBe(400 * 24 * hourMs)
    nowMs -= 400 * 24 * hourMs
    pass(1_000)
    expect(between()).toEqual({ earliestMs: nowMs, latestMs: nowMs })
  })

  it('knows after a start with a dead battery how late it has been before', () => {
    const knownMs = nowMs
    nowMs = 0
    const between = open(knownMs)
    pass(60_000)
    expect(between()).toEqual({ earliestMs: nowMs, latestMs: knownMs + 60_000 })
  })
})
