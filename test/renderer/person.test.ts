import { expect, test } from 'vitest'
import { shorterPerson } from '../../renderer/screens/calls/person.ts'

test.each([
  ['Maximilian Oberhuber', 'Maximilian O.'],
  ['Ana Maria da Silva', 'Ana M. d. S.'],
  ['Aleksandra W.', 'Aleksandra W.'],
  ['  Jo  ', 'Jo'],
  ['محمد علي', 'محمد ع.'],
  ['𝒜da 𝓛ovelace', '𝒜da 𝓛.'],
  ['', ''],
])('%s is %s where there is no room', (name, shorter) => {
  expect(shorterPerson(name)).toBe(shorter)
})
