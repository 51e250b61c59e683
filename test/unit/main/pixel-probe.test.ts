import { expect, test } from 'vitest'
import { isOneColour } from '../../../electron/main/pixel-probe.ts'

function picture(colour: readonly number[], pixels = 96 * 54): Uint8Array {
  return Uint8Array.from({ length: pixels * 4 }, (_, at) => colour[at % 4] ?? 255)
}

test('one colour is one colour, whichever', () => {
  for (const colour of [
    [255, 255, 255, 255],
    [0, 0, 0, 255],
    [22, 19, 14, 255],
  ])
    expect(isOneColour(picture(colour))).toBe(true)
})

test('a single mark is enough, the noise of averaging is not', () => {
  const marked = picture([22, 19, 14, 255])
  marked[4_001] = 60
  expect(isOneColour(marked)).toBe(false)
  const noisy = picture([22, 19, 14, 255])
  noisy[4_001] = 21
  expect(isOneColour(noisy)).toBe(true)
  const opacity = picture([22, 19, 14, 255])
  opacity[4_003] = 0
  expect(isOneColour(opacity)).toBe(true)
})
