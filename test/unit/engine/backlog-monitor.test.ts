import { describe, expect, it } from 'vitest'
import { createBacklogMonitor } from '../../../electron/engine/backlog-monitor.ts'
import { emptyModel } from '../../../electron/engine/model/apply-effects.ts'

const startMs = 1_800_000_000_000
const hourMs = 3_600_000

/** Lines whose newest message came just now with the time given; stored counts up by what came. */
function rig(lineIds: readonly string[]) {
  const atMs = new Map<string, number>()
  let stored = 0
  let nowMs = startMs
  const monitor = createBacklogMonitor({
    lineIds,
    stored: () => stored,
    model: (lineId) => {
      const at = atMs.get(lineId)
      const lastSeen = at === undefined ? {} : { count: { atMs: at, arrivedMs: nowMs } }
      return { ...emptyModel(lineId, 0), lastSeen }
    },
  })
  return {
    state: monitor.state,
    /** A second later `count` more messages have come, the newest of each line with its lag. */
    second: (count: number, lagsMs: Readonly<Record<string, number>>) => {
      nowMs += 1_000
      stored += count
      for (const [lineId, lagMs] of Object.entries(lagsMs)) atMs.set(lineId, nowMs - lagMs)
      monitor.look(nowMs)
    },
    now: () => nowMs,
  }
}

describe('the backlog monitor', () => {
  it('reckons how many are still to come from how many came for the time gone through', () => {
    const { second, state, now } = rig(['a'])
    second(0, { a: 3 * hourMs })
    second(3_601, { a: 2 * hourMs })
    expect(state()).toBeNull()
    // 3,601 messages stood for an hour and a second of the source's time; one hour is left.
    second(3_601, { a: hourMs })
    expect(state()).toEqual({ behind: 3_600, dataOfMs: now() - hourMs })
    second(3_601, { a: 0 })
    expect(state()).toBeNull()
  })

  it('adds up lines and says the oldest time', () => {
    const { second, state, now } = rig(['a', 'b', 'idle'])
    second(0, { a: 3 * hourMs, b: 3 * hourMs })
    second(100, { a: 2 * hourMs, b: 2 * hourMs })
    second(7_202, { a: hourMs, b: hourMs + 1 })
    expect(state()?.behind).toBeGreaterThan(7_150)
    expect(state()?.behind).toBeLessThan(7_250)
    expect(state()?.dataOfMs).toBe(now() - hourMs - 1)
  })

  it('says nothing of a source whose clock is wrong, of live data, and of a single late message', () => {
    const wrong = rig(['a'])
    for (let look = 0; look < 5; look++) wrong.second(10, { a: hourMs })
    expect(wrong.state()).toBeNull()
    const live = rig(['a'])
    for (let look = 0; look < 5; look++) live.second(10, { a: 200 })
    expect(live.state()).toBeNull()
    const late = rig(['a'])
    late.second(1, { a: 2 * hourMs })
    late.second(1, { a: hourMs })
    late.second(0, {})
    expect(late.state()).toBeNull()
  })
})
