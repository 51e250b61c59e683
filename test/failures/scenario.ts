import type { TestContext } from 'vitest'
import type { BoardRig, BoardRigOptions } from '../helpers/board-rig.ts'
import { isAlive } from '../helpers/electron-rig.ts'
import { until } from '../helpers/until.ts'

/** One failure of a real kiosk. `cause` brings it about; the clock runs from there until a new count stands on the board. */
export type Scenario = {
  name: string
  /** What happens to the board. */
  what: string
  /** The board must be live again within this time. Milliseconds. */
  limitMs: number
  cause: (rig: BoardRig) => Promise<void>
  /** What else must hold once the board is back. */
  after?: (rig: BoardRig) => Promise<void>
}

/** One failure that needs a kiosk, a disk, a clock or a screen of its own. Resolves to the time to recovery in milliseconds. */
export type OwnScenario = Omit<Scenario, 'cause' | 'after'> & {
  /** Why it cannot run here; null: it can. */
  unable: () => string | null
  run: (context: TestContext, open: (options?: BoardRigOptions) => Promise<BoardRig>) => Promise<number>
}

export async function kill(pid: number, signal: NodeJS.Signals): Promise<void> {
  // 0 would be this process and all beside it.
  if (pid <= 0) throw new Error('There is no such process at the moment')
  process.kill(pid, signal)
  await until(`process ${pid} to go`, () => !isAlive(pid), 60_000)
}

/** Milliseconds until a new count stands on the board. */
export async function untilLive(rig: BoardRig, limitMs: number): Promise<number> {
  const startMs = performance.now()
  await rig.pieces(limitMs)
  return Math.round(performance.now() - startMs)
}

/** Brings the failure about and waits until the board is live again. Milliseconds. */
export async function recover(rig: BoardRig, scenario: Scenario): Promise<number> {
  const startMs = performance.now()
  await scenario.cause(rig)
  await rig.pieces(scenario.limitMs)
  const ms = Math.round(performance.now() - startMs)
  await scenario.after?.(rig)
  if (ms > scenario.limitMs) throw new Error(`${scenario.name} took ${ms} ms, more than ${scenario.limitMs}`)
  return ms
}

/** Waits until the board says something that fits. */
export async function says(rig: BoardRig, what: RegExp, deadlineMs = 20_000): Promise<void> {
  await until(`${what} on the board`, async () => what.test(await rig.text()), deadlineMs)
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return Math.round(performance.now() - startMs)
}
