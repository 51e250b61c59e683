import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { afterFrame, askForFrame } from '../../renderer/link/after-frame.ts'

/** The browser's own order: frames and idle moments come when the test says so. */
const page = { hidden: false }
const frames: (() => void)[] = []
const idle: (() => void)[] = []
const next = (list: (() => void)[]) => list.splice(0).forEach((then) => then())

beforeEach(() => {
  vi.useFakeTimers()
  page.hidden = false
  vi.stubGlobal('document', page)
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => frames.push(then))
  vi.stubGlobal('requestIdleCallback', (then: () => void) => idle.push(then))
})
afterEach(() => {
  next(frames)
  next(idle)
  vi.runAllTimers()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('waits for the frame that was asked for already, and for an idle moment', () => {
  const done: number[] = []
  askForFrame()
  afterFrame(() => done.push(1))
  afterFrame(() => done.push(2))
  expect(frames).toHaveLength(1)
  next(frames)
  expect(done).toEqual([])
  next(idle)
  expect(done).toEqual([1, 2])
  vi.runAllTimers()
  expect(done).toEqual([1, 2])
})

test('waits 100 ms at most where no frame is drawn, and not at all on a page that nobody sees', () => {
  const done: number[] = []
  afterFrame(() => done.push(1))
  vi.advanceTimersByTime(99)
  expect(done).toEqual([])
  vi.advanceTimersByTime(1)
  expect(done).toEqual([1])
  page.hidden = true
  afterFrame(() => done.push(2))
  expect(done).toEqual([1, 2])
})
