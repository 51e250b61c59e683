import { expect, test } from 'vitest'
import type { CallFailure } from '../../../electron/engine/call-failure.ts'
import {
  createPinGate,
  forgetOneMs,
  longestPinLockMs,
  maxWaitingPins,
  maxWrongPins,
  maxWrongPinsOfAll,
  pinLockMs,
} from '../../../electron/engine/pin-gate.ts'

function gateAt(startMs = 0) {
  let nowMs = startMs
  const gate = createPinGate(() => nowMs)
  const attempt = async (device: string, right: boolean): Promise<string> => {
    try {
      return await gate.pass(device, async () => (right ? 'in' : null))
    } catch (error) {
      const failure = error as CallFailure
      return failure.retryMs === undefined ? failure.code : `${failure.code} ${failure.retryMs}`
    }
  }
  return { gate, attempt, wait: (ms: number) => void (nowMs += ms) }
}

test(`the ${maxWrongPins}th wrong PIN locks the device for a minute, also against the right one`, async () => {
  const { attempt, wait } = gateAt()
  for (let i = 1; i < maxWrongPins; i++) expect(await attempt('tv', false)).toBe('wrong-pin')
  expect(await attempt('tv', false)).toBe(`locked ${pinLockMs}`)
  wait(20_000)
  expect(await attempt('tv', true)).toBe(`locked ${pinLockMs - 20_000}`)
  expect(await attempt('tablet', true)).toBe('in')
  wait(40_000)
  expect(await attempt('tv', true)).toBe('in')
})

test('a right PIN forgets the wrong ones before it', async () => {
  const { attempt } = gateAt()
  for (let i = 1; i < maxWrongPins; i++) await attempt('tv', false)
  expect(await attempt('tv', true)).toBe('in')
  for (let i = 1; i < maxWrongPins; i++) expect(await attempt('tv', false)).toBe('wrong-pin')
})

test('new connections buy no new tries: all devices together are locked as well', async () => {
  const { attempt, wait } = gateAt()
  for (let i = 1; i < maxWrongPinsOfAll; i++) expect(await attempt(`page-${i}`, false)).toBe('wrong-pin')
  expect(await attempt('page-last', false)).toBe(`locked ${pinLockMs}`)
  expect(await attempt('page-new', true)).toBe(`locked ${pinLockMs}`)
  wait(pinLockMs)
  expect(await attempt('page-new', true)).toBe('in')
})

test('wrong PINs that are far apart do not add up over all devices', async () => {
  const { attempt, wait } = gateAt()
  for (let i = 0; i < 3 * maxWrongPinsOfAll; i++) {
    expect(await attempt(`page-${i}`, false)).toBe('wrong-pin')
    wait(forgetOneMs)
  }
})

test('each further wait is twice as long, up to an hour', async () => {
  const { attempt, wait } = gateAt()
  const waits: number[] = []
  for (let round = 0; round < 9; round++) {
    for (let i = 1; i < maxWrongPins; i++) await attempt('tv', false)
    const waitMs = Number((await attempt('tv', false)).split(' ')[1])
    waits.push(waitMs / pinLockMs)
    wait(Math.max(waitMs, maxWrongPins * forgetOneMs))
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
})

test('whoever guesses from ever new connections gets fewer than 200 tries a day', async () => {
  const { attempt, wait } = gateAt()
  let tries = 0
  let passedMs = 0
  for (let page = 0; passedMs < 24 * longestPinLockMs; page++) {
    tries += 1
    const answer = await attempt(`page-${page}`, false)
    if (!answer.startsWith('locked')) continue
    const waitMs = Number(answer.split(' ')[1])
    passedMs += waitMs
    wait(waitMs)
  }
  expect(tries).toBeLessThan(200)
  expect(await attempt('page-honest', true)).toBe('in')
})

test('tries at the same moment are checked one after the other, so that none slips past the lock', async () => {
  const { gate, attempt } = gateAt()
  let checks = 0
  const slow = () =>
    gate.pass('tv', async () => {
      checks += 1
      await new Promise((resolve) => setImmediate(resolve))
      return null
    })
  const results = await Promise.allSettled(Array.from({ length: maxWaitingPins + 3 }, slow))
  expect(checks).toBe(maxWrongPins)
  const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'in'))
  expect(codes.filter((code) => code === 'wrong-pin')).toHaveLength(maxWrongPins - 1)
  expect(codes.filter((code) => code === 'locked')).toHaveLength(maxWaitingPins - maxWrongPins + 1)
  expect(codes.filter((code) => code === 'not-allowed')).toHaveLength(3)
  expect(await attempt('tablet', true)).toBe('in')
})
