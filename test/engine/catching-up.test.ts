import { afterEach, expect, test } from 'vitest'
import { startEngineRig } from '../helpers/engine-rig.ts'
import type { EngineRig } from '../helpers/engine-rig.ts'
import { until } from '../helpers/until.ts'

const nowMs = Date.parse('2026-03-12T10:00:00Z')
const hourMs = 3_600_000
const second = 1_000
const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

test('while a backlog of hours comes in, the board says how far it is behind, and stops saying so', async () => {
  const shifts = [{ name: 'Day', start: '01:00', end: '23:00', target: 60_000 }]
  const rig = await startEngineRig({ nowMs, lines: [{ id: 'l1', name: 'Line 1', shifts }] })
  rigs.push(rig)
  const page = rig.page()
  await page.hello('l1')
  /** Of what the broker kept of one message a second, six minutes come in at a time, without a pause. */
  const sliceMs = 360 * second
  const takeIn = async (fromMs: number, toMs: number) => {
    for (let at = fromMs; at < toMs; at += sliceMs) {
      const slice = Array.from({ length: 360 }, (_, n) => ({ ts: at + n * second, good: 1 }))
      rig.arrive(slice.map((body) => ['count', body]))
      rig.clock.nowMs += 50
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const said = page.until((board) => board.health.catchingUp !== null, 'says that it is behind', 30_000)
  const answered = said.then(() => page.call('health', {}))
  await takeIn(nowMs - 8 * hourMs, nowMs)
  const { health } = await said
  // One message a second: as many are still to come as seconds lie between the newest data and now.
  const { behind, dataOfMs } = health.catchingUp!
  expect(dataOfMs).toBeLessThan(nowMs - 1_000 * second)
  expect(Math.abs(behind - (nowMs - dataOfMs) / second)).toBeLessThan(behind / 20)
  const report = await answered
  expect(report.ok && report.value.catchingUp?.behind).toBeGreaterThan(0)

  rig.arrive([['count', { ts: rig.clock.nowMs, good: 1 }]])
  await until('says nothing of it any more', () => page.board().health.catchingUp === null, 20_000)
  expect(page.board().status.made).toBe(8 * 3_600 + 1)
}, 60_000)
