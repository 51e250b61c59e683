import { CallFailure } from './call-failure.ts'

/** Wrong PINs that one device may give before it has to wait. */
export const maxWrongPins = 5
/** Wrong PINs from all devices together before everybody has to wait: reconnecting must not buy new tries. */
export const maxWrongPinsOfAll = 20
/** Of those one is forgotten every so often: people mistype a few times a day, whoever guesses does not stop. Milliseconds. */
export const forgetOneMs = 600_000
/** The first wait; each further one is twice as long, up to an hour. Milliseconds. */
export const pinLockMs = 60_000
export const longestPinLockMs = 3_600_000
/** Waits of all devices begin at the first one again after this long without one. Milliseconds. */
export const quietMs = 6 * 3_600_000
/** Devices with wrong tries that are remembered; beyond that the oldest is forgotten. */
export const maxRememberedDevices = 64
/** PINs that may wait to be checked: each costs real work. */
export const maxWaitingPins = 8

type Tries = { wrong: number; locks: number; lockedUntilMs: number }

export type PinGate = {
  /** Runs `check` alone and counts its failures. Null from `check`: wrong PIN. Throws CallFailure when wrong or locked. */
  pass<T>(deviceId: string, check: () => Promise<T | null>): Promise<T>
}

/** `onLock`: a wait began, for one device or (null) for all. */
export function createPinGate(
  now: () => number,
  onLock: (deviceId: string | null, waitMs: number) => void = () => {},
): PinGate {
  const devices = new Map<string, Tries>()
  const all = { wrong: 0, locks: 0, lockedUntilMs: -Infinity, countedMs: now() }
  let line: Promise<unknown> = Promise.resolve()
  let waiting = 0

  function refuseLocked(deviceId: string): void {
    const untilMs = Math.max(devices.get(deviceId)?.lockedUntilMs ?? 0, all.lockedUntilMs)
    const retryMs = untilMs - now()
    if (retryMs <= 0) return
    throw new CallFailure('locked', `Too many wrong PINs: wait ${Math.ceil(retryMs / 1000)} s.`, retryMs)
  }

  function lock(tries: Omit<Tries, 'wrong'>, deviceId: string | null): void {
    const waitMs = Math.min(longestPinLockMs, pinLockMs * 2 ** tries.locks)
    tries.locks += 1
    tries.lockedUntilMs = now() + waitMs
    onLock(deviceId, waitMs)
  }

  function countWrong(deviceId: string): void {
    const tries = devices.get(deviceId) ?? { wrong: 0, locks: 0, lockedUntilMs: 0 }
    tries.wrong += 1
    if (tries.wrong >= maxWrongPins) {
      tries.wrong = 0
      lock(tries, deviceId)
    }
    devices.delete(deviceId)
    devices.set(deviceId, tries)
    if (devices.size > maxRememberedDevices) devices.delete(devices.keys().next().value as string)

    const nowMs = now()
    if (nowMs - all.lockedUntilMs > quietMs) all.locks = 0
    all.wrong = Math.max(0, all.wrong - (nowMs - all.countedMs) / forgetOneMs) + 1
    all.countedMs = nowMs
    if (all.wrong >= maxWrongPinsOfAll) lock(all, null)
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
