import { randomUUID } from 'node:crypto'
import { insertPerson, readPeople, type Person, type PersonRole } from '../../db/queries/team.ts'
import type { WriteDb } from '../../db/handles.ts'
import { hashPin, verifyPin } from './pin.ts'

/** People of one board. A PIN alone names the person, so every wrong try is held against each of them. */
export const maxPeople = 60
const pinPattern = /^\d{4,6}$/

export const personRoles: readonly PersonRole[] = ['operator', 'lead', 'manager', 'admin']

/**
 * Adds somebody who may sign check-ins. Fails with a sentence when the PIN is not 4 to 6 digits or already in use, or
 * when there are too many people. The PIN itself is never stored.
 */
export async function addPerson(
  write: WriteDb,
  person: { name: string; role: PersonRole; pin: string },
  nowMs: number = Date.now(),
): Promise<{ id: string }> {
  const name = person.name.trim()
  if (name.length === 0 || name.length > 40) throw new Error('Give a name of 1 to 40 characters.')
  if (!personRoles.includes(person.role))
    throw new Error(`Give one of these roles: ${personRoles.join(', ')}.`)
  if (!pinPattern.test(person.pin)) throw new Error('Give a PIN of 4 to 6 digits.')
  const people = readPeople(write)
  if (people.length >= maxPeople) throw new Error(`There are ${maxPeople} people already: retire one first.`)
  if ((await findByPin(people, person.pin)) !== null)
    throw new Error('This PIN cannot be used: choose another one.')
  const id = randomUUID()
  insertPerson(write, { id, name, role: person.role, pinHash: await hashPin(person.pin) }, nowMs)
  return { id }
}

/** The person with this PIN, or null. Takes as long for a wrong PIN as for a right one. */
export async function findByPin(people: readonly Person[], pin: string): Promise<Person | null> {
  const matches = await Promise.all(people.map((person) => verifyPin(pin, person.pinHash)))
  return people[matches.indexOf(true)] ?? null
}
