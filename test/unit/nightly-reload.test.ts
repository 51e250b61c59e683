import { expect, test } from 'vitest'
import { isReloadDue, reloadAfterMs } from '../../renderer/nightly-reload.ts'
import { displaySchema } from '../../shared/settings/display.ts'
import { sampleBoard } from '../helpers/sample-board.ts'

const board = (nightlyReload: boolean, isAtWork: boolean) => {
  const sample = sampleBoard('a')
  return {
    ...sample,
    site: { ...sample.site, display: { ...sample.site.display, nightlyReload } },
    line: {
      ...sample.line,
      ...(isAtWork ? {} : { shift: null, word: 'notscheduled' as const, openCalls: [] }),
    },
  }
}

test('the calm reload is off by default', () => {
  expect(displaySchema.parse({}).nightlyReload).toBe(false)
  expect(isReloadDue(board(false, false), 10 * reloadAfterMs)).toBe(false)
})

test('it comes outside of the shifts, and to a page that is old enough', () => {
  expect(isReloadDue(board(true, false), reloadAfterMs)).toBe(true)
  expect(isReloadDue(board(true, false), reloadAfterMs - 1)).toBe(false)
})

test('a board that somebody needs is left alone', () => {
  const atWork = board(true, true)
  const called = board(true, false)
  expect(isReloadDue({ ...atWork, line: { ...atWork.line, word: 'running' } }, 10 * reloadAfterMs)).toBe(
    false,
  )
  const openCalls = [{ category: 'safety' }] as unknown as typeof called.line.openCalls
  expect(isReloadDue({ ...called, line: { ...called.line, openCalls } }, 10 * reloadAfterMs)).toBe(false)
})
