import type { PersonRole } from '../../shared/contract/rights.ts'
import type { ReadDb, WriteDb } from '../handles.ts'

export type Person = { id: string; name: string; role: PersonRole; pinHash: string }

const columns = 'id, name, role, pin_hash AS pinHash'

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

export function insertPerson(write: WriteDb, person: Person, atMs: number): void {
  write
    .prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, NULL)')
    .run(person.id, person.name, person.role, person.pinHash, atMs)
}

export function setPinHash(write: WriteDb, id: string, pinHash: string): void {
  write.prepare('UPDATE person SET pin_hash = ? WHERE id = ?').run(pinHash, id)
}

export function setRole(write: WriteDb, id: string, role: PersonRole): void {
  write.prepare('UPDATE person SET role = ? WHERE id = ?').run(role, id)
}

/** The person may sign no more; what they signed keeps their name. The hash goes. */
export function retirePerson(write: WriteDb, id: string, atMs: number): void {
  write.prepare("UPDATE person SET retired_ms = ?, pin_hash = '' WHERE id = ?").run(atMs, id)
}
