import { expect, test } from 'vitest'
import { isAllowed, productPackages } from '../licences.ts'

test('everything in the product may be given on', () => {
  const packages = productPackages()
  expect(packages.length).toBeGreaterThan(20)
  expect(packages.filter(({ licence }) => !isAllowed(licence))).toEqual([])
})

test('a choice is as good as its best, a sum as its worst', () => {
  expect(isAllowed('(MIT OR GPL-3.0)')).toBe(true)
  expect(isAllowed('MIT AND GPL-3.0')).toBe(false)
  expect(isAllowed('?')).toBe(false)
})
