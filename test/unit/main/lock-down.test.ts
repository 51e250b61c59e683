import { describe, expect, test } from 'vitest'
import { isBlockedKey, isBoardUrl } from '../../../electron/main/lock-down.ts'

const key = (name: string, held: Partial<{ control: boolean; alt: boolean; meta: boolean }> = {}) =>
  isBlockedKey({ key: name, control: false, alt: false, meta: false, ...held })

describe('isBlockedKey', () => {
  test('blocks everything that leaves, reloads, zooms or inspects', () => {
    for (const name of ['F1', 'F5', 'F11', 'F12', 'BrowserBack', 'ContextMenu']) expect(key(name)).toBe(true)
    for (const name of ['w', 'r', 'q', '+', 'Tab']) expect(key(name, { control: true })).toBe(true)
    expect(key('F4', { alt: true })).toBe(true)
    expect(key('ArrowLeft', { alt: true })).toBe(true)
    expect(key('d', { meta: true })).toBe(true)
  })

  test('lets typing and moving through', () => {
    for (const name of ['a', 'F', '7', 'Enter', 'Escape', 'Tab', 'ArrowLeft', 'Backspace'])
      expect(key(name)).toBe(false)
  })
})

test('only the board is the board', () => {
  expect(isBoardUrl('app://board/index.html?line=l1')).toBe(true)
  for (const url of ['app://board.evil/', 'app://other/', 'https://board/', 'about:blank', undefined]) {
    expect(isBoardUrl(url)).toBe(false)
  }
})
