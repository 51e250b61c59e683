import type { CallName, SignedIn } from '../../shared/contract/protocol.ts'
import { mayDo, rights } from '../../shared/contract/rights.ts'
import type { PeopleSettings } from '../../shared/settings/people.ts'
import { addAudit } from '../../db/queries/audit.ts'
import { findPerson, readPeople, type Person } from '../../db/queries/people.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import type { Caller } from './caller.ts'
import { CallFailure } from './call-failure.ts'
import { findByBadge, findByPin } from './people.ts'
import { createPinGate } from './pin-gate.ts'

/** Who signs what needs no PIN: the screen at the line. */
export const stationName = 'station'
/** Refusals for a role that get into the audit trail in an hour; more are only counted, so that nobody can flood it. */
export const maxAuditedRefusals = 20
const hourMs = 3_600_000

export type Guard = {
  /** Who may do this, by the table of rights; throws CallFailure for whoever may not. */
  admit: (name: CallName, pin: string | undefined, device: string) => Promise<Caller>
  signIn: (pin: string, device: string) => Promise<SignedIn>
  /** Wrong badges are held against the device like wrong PINs. */
  signInBadge: (badge: string, device: string) => Promise<SignedIn>
  signOut: (device: string) => void
  /** Calls that were refused for want of a role or a PIN, since the start. */
  refused: () => number
}

export type GuardOptions = {
  database: { read: ReadDb; write: WriteDb }
  settings: PeopleSettings
  now: () => number
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** The one place that knows who is at which page, and who may do what. */
export function createGuard({ database, settings, now, log }: GuardOptions): Guard {
  const idleMs = settings.idleLockS * 1000
  const gate = createPinGate(now, (device, waitMs) => {
    log('warn', `Wrong PINs: ${device ?? 'every page'} waits ${waitMs / 1000} s.`)
    note('locked', device ?? 'all', device ?? 'all', { waitS: waitMs / 1000 })
  })
  const signedIn = new Map<string, { personId: string; untilMs: number }>()
  let refusals = 0
  let audited = { sinceMs: -Infinity, count: 0 }

  function note(action: string, device: string, subject: string, detail: object, by = stationName): void {
    try {
      const entry = { atMs: now(), by, device, action, subject, detail: JSON.stringify(detail) }
      addAudit(database.write, entry)
    } catch (error) {
      log('error', `The audit trail lacks ${action} of ${subject}: ${String(error)}`)
    }
  }

  const byPin = (pin: string, device: string): Promise<Person> =>
    gate.pass(device, () => findByPin(readPeople(database.read), pin))

  function greet({ id, name, role }: Person, device: string): SignedIn {
    signedIn.set(device, { personId: id, untilMs: now() + idleMs })
    return { by: name, role, idleMs }
  }

  /** Whoever is signed in at the page, as the store knows them now; a retired person is not. */
  function present(device: string): Person | null {
    const session = signedIn.get(device)
    if (session === undefined) return null
    const person = now() < session.untilMs ? findPerson(database.read, session.personId) : null
    if (person === null) signedIn.delete(device)
    else session.untilMs = now() + idleMs
    return person
  }

  function refuse(name: CallName, person: Person, device: string): never {
    refusals += 1
    if (now() - audited.sinceMs >= hourMs) audited = { sinceMs: now(), count: 0 }
    audited.count += 1
    if (audited.count <= maxAuditedRefusals) note('refused', device, name, { role: person.role }, person.name)
    const needed = rights[name]
    throw new CallFailure(
      'role',
      `This needs the role "${needed}" or a higher one: ${person.name} has "${person.role}".`,
    )
  }

  return {
    async admit(name, pin, device) {
      const right = rights[name]
      const needsPerson = right !== 'anyone' && (right !== 'station' || settings.stationNeedsPin)
      const person = pin === undefined ? present(device) : await byPin(pin, device)
      if (person === null) {
        if (!needsPerson) return { device, by: stationName, personId: null, role: null }
        refusals += 1
        throw new CallFailure('signed-out', 'Nobody is signed in here: give your PIN.')
      }
      if (!mayDo(person.role, right)) refuse(name, person, device)
      return { device, by: person.name, personId: person.id, role: person.role }
    },
    signIn: async (pin, device) => greet(await byPin(pin, device), device),
    signInBadge: async (badge, device) => {
      const find = () => findByBadge(readPeople(database.read), badge)
      return greet(await gate.pass(device, find), device)
    },
    signOut: (device) => void signedIn.delete(device),
    refused: () => refusals,
  }
}
