import { afterEach, expect, test } from 'vitest'
import { databaseFile } from '../../../db/data-dir.ts'
import { openDatabase } from '../../../db/open-database.ts'
import { readPeople } from '../../../db/queries/people.ts'
import { addPerson, findByPin } from '../../../electron/engine/people.ts'
import { hashPin, verifyPin } from '../../../electron/engine/pin.ts'
import { makeTempDir } from '../../helpers/temp-dir.ts'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const clean of cleanups.splice(0).reverse()) clean()
})

function store() {
  const dir = makeTempDir('people')
  const database = openDatabase({ file: databaseFile(dir.path) })
  cleanups.push(dir.remove, database.close)
  return database
}

test('a PIN is kept as a salted hash that fits only itself', async () => {
  const [one, two] = [await hashPin('2468'), await hashPin('2468')]
  expect(one).not.toBe(two)
  expect(one).not.toContain('2468')
  expect(await verifyPin('2468', one)).toBe(true)
  expect(await verifyPin('2469', one)).toBe(false)
  expect(await verifyPin('2468', 'nonsense')).toBe(false)
})

test('people are found by their PIN alone', async () => {
  const { write } = store()
  const ana = await addPerson(write, { name: ' Ana ', role: 'lead', pin: '1111' })
  await addPerson(write, { name: 'Bo', role: 'operator', pin: '222222' })
  const people = readPeople(write)
  expect(people.map(({ name, role }) => [name, role])).toEqual([
    ['Ana', 'lead'],
    ['Bo', 'operator'],
  ])
  expect(await findByPin(people, '1111')).toMatchObject({ id: ana.id, name: 'Ana' })
  expect(await findByPin(people, '222222')).toMatchObject({ name: 'Bo' })
  expect(await findByPin(people, '2222')).toBeNull()
})

test.each([
  ['a name', { name: ' ', role: 'lead' as const, pin: '1234' }, /name/],
  ['a PIN of digits', { name: 'Ana', role: 'lead' as const, pin: '12a4' }, /4 to 6 digits/],
  ['a PIN of 4 digits', { name: 'Ana', role: 'lead' as const, pin: '123' }, /4 to 6 digits/],
  ['a role', { name: 'Ana', role: 'boss' as never, pin: '1234' }, /operator, lead/],
])('somebody needs %s', async (_what, person, message) => {
  const { write } = store()
  await expect(addPerson(write, person)).rejects.toThrow(message)
  expect(readPeople(write)).toEqual([])
})

test('two people cannot share a PIN', async () => {
  const { write } = store()
  await addPerson(write, { name: 'Ana', role: 'lead', pin: '1111' })
  await expect(addPerson(write, { name: 'Bo', role: 'lead', pin: '1111' })).rejects.toThrow(/another/)
})
