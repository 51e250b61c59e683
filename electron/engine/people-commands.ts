import type { AuditView, PersonView } from '../../shared/contract/protocol.ts'
import { addAudit, auditHead, readAudit } from '../../db/queries/audit.ts'
import { findPerson, readPeople, retirePerson, setRole, type Person } from '../../db/queries/people.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { CallFailure } from './call-failure.ts'
import type { Caller } from './caller.ts'
import { addPerson, changeBadge, changePin } from './people.ts'
import type { Commands } from './session.ts'

type PeopleCommands = Pick<
  Commands,
  | 'people'
  | 'addPerson'
  | 'addFirstAdmin'
  | 'setRole'
  | 'resetPin'
  | 'setBadge'
  | 'retirePerson'
  | 'changePin'
  | 'auditTrail'
>

export type PeopleCommandsOptions = { database: { read: ReadDb; write: WriteDb }; now: () => number }

/** Who may sign, and what was signed. */
export function createPeopleCommands({ database, now }: PeopleCommandsOptions): PeopleCommands {
  const { read, write } = database
  /** Adding and changing PINs look at all PINs first: one at a time, or two could become the same. */
  let line: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = line.then(work)
    line = turn.catch(() => undefined)
    return turn
  }

  function note(caller: Caller, action: string, subject: string, detail: object): void {
    const { by, device } = caller
    addAudit(write, { atMs: now(), by, device, action, subject, detail: JSON.stringify(detail) })
  }

  async function added(caller: Caller, name: string, role: Person['role'], pin: string): Promise<PersonView> {
    const { id } = await plainly(
      addPerson(write, { name, role, pin }, now(), (personId) =>
        note(caller, 'addPerson', personId, { name, role }),
      ),
    )
    return { id, name, role, badge: false }
  }

  function known(id: string): Person {
    const person = findPerson(read, id)
    if (person === null) throw new CallFailure('not-found', 'There is no such person any more.')
    return person
  }

  /** Without an admin nobody could let anybody in again. */
  function keepsAdmin(person: Person): void {
    const admins = readPeople(read).filter(({ role }) => role === 'admin')
    if (person.role !== 'admin' || admins.length > 1) return
    throw new CallFailure('not-allowed', `${person.name} is the only admin: make somebody else one first.`)
  }

  return {
    async people() {
      return readPeople(read).map(view)
    },

    addPerson: ({ name, role, newPin }, caller) => inTurn(() => added(caller, name, role, newPin)),

    addFirstAdmin: ({ name, newPin }, caller) =>
      inTurn(async () => {
        if (readPeople(read).length > 0) {
          throw new CallFailure('not-allowed', 'There are people already: an admin adds more of them.')
        }
        return added(caller, name, 'admin', newPin)
      }),

    async setRole({ personId, role }, caller) {
      const person = known(personId)
      if (role !== 'admin') keepsAdmin(person)
      write.transaction(() => {
        setRole(write, personId, role)
        note(caller, 'setRole', personId, { name: person.name, before: person.role, after: role })
      })()
      return { ...view(person), role }
    },

    resetPin: ({ personId, newPin }, caller) =>
      inTurn(async () => {
        const person = known(personId)
        const tell = () => note(caller, 'resetPin', personId, { name: person.name })
        await plainly(changePin(write, personId, newPin, tell))
        return view(person)
      }),

    setBadge: ({ personId, badge }, caller) =>
      inTurn(async () => {
        const person = known(personId)
        const tell = () => note(caller, 'setBadge', personId, { name: person.name, badge: badge !== null })
        await plainly(changeBadge(write, personId, badge, tell))
        return { ...view(person), badge: badge !== null }
      }),

    async retirePerson({ personId }, caller) {
      const person = known(personId)
      keepsAdmin(person)
      write.transaction(() => {
        retirePerson(write, personId, now())
        note(caller, 'retirePerson', personId, { name: person.name })
      })()
      return view(person)
    },

    changePin: ({ newPin }, caller) =>
      inTurn(async () => {
        const person = known(caller.personId ?? '')
        await plainly(changePin(write, person.id, newPin, () => note(caller, 'changePin', person.id, {})))
        return view(person)
      }),

    async auditTrail({ beforeSeq, limit }) {
      const entries = readAudit(read, limit, beforeSeq).map(({ hash: _hash, ...entry }): AuditView => entry)
      return { entries, head: auditHead(read) }
    },
  }
}

const view = ({ id, name, role, badgeHash }: Person): PersonView => ({
  id,
  name,
  role,
  badge: badgeHash !== null,
})

/** What is wrong with a name or a PIN is said in words to whoever typed it. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && error.name === 'Error') throw new CallFailure('bad-input', error.message)
    throw error
  }
}
