import { CallFailure } from './call-failure.ts'

/** Wrong PINs that one device may give before it has to wait. */
export const maxWrongPins = 5
/** Wrong PINs from all devices together before everybody has to wait: reconnecting must not buy new tries. */
export const maxWrongPinsOfAll = 20
/** The wait, and the time in which wrong tries of all devices add up. Milliseconds. */
export const pinLockMs = 60_000
/** Devices with wrong tries that are remembered; beyond that the oldest is forgotten. */
export const maxRememberedDevices = 64
/** PINs that may wait to be checked: each costs real work. */
export const maxWaitingPins = 8

type Tries = { wrong: number; lockedUntilMs: number }

export type PinGate = {
  /** Runs `check` alone and counts its failures. Null from `check`: wrong PIN. Throws CallFailure when wrong or locked. */
  pass<T>(deviceId: string, check: () => Promise<T | null>): Promise<T>
}

export function createPinGate(now: () => number): PinGate {
  const devices = new Map<string, Tries>()
  const all: Tries & { sinceMs: number } = { wrong: 0, lockedUntilMs: 0, sinceMs: 0 }
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0

  function refuseLocked(deviceId: string): void {
    const untilMs = Math.max(devices.get(deviceId)?.lockedUntilMs ?? 0, all.lockedUntilMs)
    const retryMs = untilMs - now()
    if (retryMs <= 0) return
    throw new CallFailure('locked', `Too many wrong PINs: wait ${Math.ceil(retryMs / 1000)} s.`, retryMs)
  }

  function countWrong(deviceId: string): void {
    const nowMs = now()
    const tries = devices.get(deviceId) ?? { wrong: 0, lockedUntilMs: 0 }
    tries.wrong += 1
    if (tries.wrong >= maxWrongPins) {
      tries.wrong = 0
      tries.lockedUntilMs = nowMs + pinLockMs
    }
    devices.delete(deviceId)
    devices.set(deviceId, tries)
    if (devices.size > maxRememberedDevices) devices.delete(devices.keys().next().value as string)

    if (nowMs - all.sinceMs > pinLockMs) Object.assign(all, { wrong: 0, sinceMs: nowMs })
    all.wrong += 1
    if (all.wrong >= maxWrongPinsOfAll) Object.assign(all, { wrong: 0, lockedUntilMs: nowMs + pinLockMs })
  }

  async function run<T>(deviceId: string, check: () => Promise<T | null>): Promise<T> {
    refuseLocked(deviceId)
    const found = await check()
    if (found !== null) {
      devices.delete(deviceId)
      return found
    }
    countWrong(deviceId)
    refuseLocked(deviceId)
    throw new CallFailure('wrong-pin', 'This PIN is not right.')
  }

  return {
    pass(deviceId, check) {
      if (waiting >= maxWaitingPins) {
        return Promise.reject(new CallFailure('not-allowed', 'Too many PINs at once: wait a moment.'))
      }
      waiting += 1
      const turn = line.then(() => run(deviceId, check)).finally(() => (waiting -= 1))
      line = turn.catch(() => undefined)
      return turn
    },
  }
}
