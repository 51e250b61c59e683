import type { PersonRole } from '../../shared/contract/rights.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

export type Person = { id: string; name: string; role: PersonRole; pinHash: string; badgeHash: string | null }

const columns = 'id, name, role, pin_hash AS pinHash, badge_hash AS badgeHash'

/** People who may sign, by name. */
export function readPeople(read: ReadDb): Person[] {
  return read
    .prepare(`SELECT ${columns} FROM person WHERE retired_ms IS NULL ORDER BY name, id`)
    .all() as Person[]
}

/** Null: nobody who may sign has this id. */
export function findPerson(read: ReadDb, id: string): Person | null {
  const row = read.prepare(`SELECT ${columns} FROM person WHERE id = ? AND retired_ms IS NULL`).get(id)
  return (row as Person | undefined) ?? null
}

export function insertPerson(write: WriteDb, person: Omit<Person, 'badgeHash'>, atMs: number): void {
  write
    .prepare('INSERT INTO person (id, name, role, pin_hash, created_ms) VALUES (?, ?, ?, ?, ?)')
    .run(person.id, person.name, person.role, person.pinHash, atMs)
}

export function setPinHash(write: WriteDb, id: string, pinHash: string): void {
  write.prepare('UPDATE person SET pin_hash = ? WHERE id = ?').run(pinHash, id)
}

/** Null: the badge signs nobody in any more. */
export function setBadgeHash(write: WriteDb, id: string, badgeHash: string | null): void {
  write.prepare('UPDATE person SET badge_hash = ? WHERE id = ?').run(badgeHash, id)
}

export function setRole(write: WriteDb, id: string, role: PersonRole): void {
  write.prepare('UPDATE person SET role = ? WHERE id = ?').run(role, id)
}

/** The person may sign no more; what they signed keeps their name. The hash goes. */
export function retirePerson(write: WriteDb, id: string, atMs: number): void {
  write
    .prepare("UPDATE person SET retired_ms = ?, pin_hash = '', badge_hash = NULL WHERE id = ?")
    .run(atMs, id)
}
