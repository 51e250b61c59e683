import { randomUUID } from 'node:crypto'
import { personRoles, type PersonRole } from '../../shared/contract/rights.ts'
import { insertPerson, readPeople, setBadgeHash, setPinHash, type Person } from '../../db/queries/people.ts'
import type { WriteDb } from '../../db/handles.ts'
import { hashPin, verifyPin } from './pin.ts'

/** People of one board. A PIN alone names the person, so every wrong try is held against each of them. */
export const maxPeople = 60
const pinPattern = /^\d{4,6}$/

/**
 * Adds somebody who may sign. Fails with a sentence when the PIN is not 4 to 6 digits or already in use, or when there are too
 * many people. The PIN itself is never stored. `alongside` runs in the same transaction.
 */
export async function addPerson(
  write: WriteDb,
  person: { name: string; role: PersonRole; pin: string },
  nowMs: number = Date.now(),
  alongside: (id: string) => void = () => {},
): Promise<{ id: string }> {
  const name = person.name.trim()
  if (name.length === 0 || name.length > 40) throw new Error('Give a name of 1 to 40 characters.')
  if (!personRoles.includes(person.role))
    throw new Error(`Give one of these roles: ${personRoles.join(', ')}.`)
  const people = readPeople(write)
  if (people.length >= maxPeople) throw new Error(`There are ${maxPeople} people already: retire one first.`)
  if (people.some((one) => one.name === name)) throw new Error(`${name} is known already: give another name.`)
  const pinHash = await newPinHash(people, person.pin)
  const id = randomUUID()
  write.transaction(() => {
    insertPerson(write, { id, name, role: person.role, pinHash }, nowMs)
    alongside(id)
  })()
  return { id }
}

/** Gives somebody another PIN. Fails like addPerson. */
export async function changePin(
  write: WriteDb,
  personId: string,
  pin: string,
  alongside: () => void = () => {},
): Promise<void> {
  const others = readPeople(write).filter(({ id }) => id !== personId)
  const pinHash = await newPinHash(others, pin)
  write.transaction(() => {
    setPinHash(write, personId, pinHash)
    alongside()
  })()
}

async function newPinHash(people: readonly Person[], pin: string): Promise<string> {
  if (!pinPattern.test(pin)) throw new Error('Give a PIN of 4 to 6 digits.')
  if ((await findByPin(people, pin)) !== null) throw new Error('This PIN cannot be used: choose another one.')
  return hashPin(pin)
}

/** The person with this PIN, or null. Takes as long for a wrong PIN as for a right one. */
export async function findByPin(people: readonly Person[], pin: string): Promise<Person | null> {
  const matches = await Promise.all(people.map((person) => verifyPin(pin, person.pinHash)))
  return people[matches.indexOf(true)] ?? null
}

/**
 * Gives somebody a badge in the place of the one before; null takes it away. Fails with a sentence when somebody else has it.
 */
export async function changeBadge(
  write: WriteDb,
  personId: string,
  badge: string | null,
  alongside: () => void = () => {},
): Promise<void> {
  const others = readPeople(write).filter(({ id }) => id !== personId)
  if (badge !== null && (await findByBadge(others, badge)) !== null) {
    throw new Error('This badge belongs to somebody else: take it away there first.')
  }
  const badgeHash = badge === null ? null : await hashPin(badge)
  write.transaction(() => {
    setBadgeHash(write, personId, badgeHash)
    alongside()
  })()
}

/** The person with this badge, or null. */
export async function findByBadge(people: readonly Person[], badge: string): Promise<Person | null> {
  const matches = await Promise.all(
    people.map(({ badgeHash }) => badgeHash !== null && verifyPin(badge, badgeHash)),
  )
  return people[matches.indexOf(true)] ?? null
}
