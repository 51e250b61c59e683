import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import Sqlite from 'better-sqlite3'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { checkAudit, readAudit } from '../../db/queries/audit.ts'
import { maxAuditedRefusals } from '../../electron/engine/guard.ts'
import { mayDo, personRoles, rights } from '../../shared/contract/rights.ts'
import type { CallName } from '../../shared/contract/protocol.ts'
import { calls } from '../../shared/contract/protocol.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import { six, testLine } from '../helpers/view-input.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const adminPin = '975310'
const pins = { operator: '246801', lead: '246802', manager: '246803' } as const

/** A board with one person of each role. */
async function start() {
  const rig = await startEngineRig({ nowMs: six + 60_000, lines: [testLine()] })
  rigs.push(rig)
  const page = rig.page()
  await page.hello()
  expect(await page.call('addFirstAdmin', { name: 'Ada', newPin: adminPin })).toMatchObject({ ok: true })
  for (const role of ['operator', 'lead', 'manager'] as const) {
    const added = await page.call('addPerson', { name: role, role, newPin: pins[role], pin: adminPin })
    expect(added).toMatchObject({ ok: true, value: { role } })
  }
  return { rig, page }
}

function trail(rig: EngineRig) {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return { entries: readAudit(store.read, 100).reverse(), check: checkAudit(store.read, null) }
  } finally {
    store.close()
  }
}

describe('roles', () => {
  test('every call has its right, and a schema for the PIN exactly when it needs a role', () => {
    expect(Object.keys(rights).sort()).toEqual(Object.keys(calls).sort())
    for (const name of Object.keys(calls) as CallName[]) {
      const takesPin = JSON.stringify(calls[name].toJSONSchema()).includes('"pin"')
      const needsRole = personRoles.some((role) => role === rights[name])
      expect([name, takesPin]).toEqual([name, needsRole || name === 'signIn'])
    }
  })

  test('a higher role may do what a lower one may, and never the other way round', () => {
    for (const [index, role] of personRoles.entries()) {
      for (const [needed, right] of personRoles.entries()) expect(mayDo(role, right)).toBe(index >= needed)
    }
  })

  test('are checked for each call: too low a role is refused by name, and the refusal is in the trail', async () => {
    const { rig, page } = await start()
    const correction = { lineId: 'l1', atMs: six, good: 5, scrap: 0, reason: 'Recount' }
    const refused = await page.call('correctCount', { ...correction, pin: pins.operator })
    expect(refused).toMatchObject({
      error: { code: 'role', message: expect.stringMatching(/"lead"/) as string },
    })
    expect(await page.call('correctCount', { ...correction, pin: pins.lead })).toMatchObject({ ok: true })
    expect(await page.call('people', { pin: pins.manager })).toMatchObject({ error: { code: 'role' } })
    expect(await page.call('people', {})).toMatchObject({ error: { code: 'signed-out' } })
    const { entries } = trail(rig)
    expect(entries.filter(({ action }) => action === 'refused')).toMatchObject([
      { by: 'operator', subject: 'correctCount' },
      { by: 'manager', subject: 'people' },
    ])
  })

  test('refusals cannot flood the trail', async () => {
    const { rig, page } = await start()
    await page.call('signIn', { pin: pins.operator })
    for (let i = 0; i < maxAuditedRefusals + 5; i++) await page.call('people', {})
    expect(trail(rig).entries.filter(({ action }) => action === 'refused')).toHaveLength(maxAuditedRefusals)
  })
})

describe('signing in', () => {
  test('acts for the person until it was left alone for five minutes; other pages are not signed in', async () => {
    const { rig, page } = await start()
    expect(await page.call('signIn', { pin: pins.manager })).toEqual({
      ok: true,
      value: { by: 'manager', role: 'manager', idleMs: 300_000 },
    })
    const other = rig.page()
    await other.hello()
    expect(await other.call('auditTrail', { limit: 1 })).toMatchObject({ error: { code: 'signed-out' } })
    rig.clock.nowMs += 299_000
    expect(await page.call('auditTrail', { limit: 1 })).toMatchObject({ ok: true })
    await page.call('logScrap', { lineId: 'l1', reason: 'Dent', qty: 1 })
    expect(trail(rig).entries.at(-1)).toMatchObject({ action: 'logScrap', by: 'manager' })
    rig.clock.nowMs += 300_000
    expect(await page.call('auditTrail', { limit: 1 })).toMatchObject({ error: { code: 'signed-out' } })
    await page.call('signIn', { pin: pins.manager })
    await page.call('signOut', {})
    expect(await page.call('auditTrail', { limit: 1 })).toMatchObject({ error: { code: 'signed-out' } })
  })

  test('ends with the role or the person it stood for', async () => {
    const { rig, page } = await start()
    const boss = rig.page()
    await boss.hello()
    await boss.call('signIn', { pin: adminPin })
    await page.call('signIn', { pin: pins.manager })
    const people = await boss.call('people', {})
    if (!people.ok) throw new Error(people.error.message)
    const { id: personId } = people.value.find(({ role }) => role === 'manager')!
    await boss.call('setRole', { personId, role: 'lead' })
    expect(await page.call('auditTrail', { limit: 1 })).toMatchObject({ error: { code: 'role' } })
    await boss.call('retirePerson', { personId })
    expect(await page.call('auditTrail', { limit: 1 })).toMatchObject({ error: { code: 'signed-out' } })
    expect(await page.call('signIn', { pin: pins.manager })).toMatchObject({ error: { code: 'wrong-pin' } })
    const admin = people.value.find(({ role }) => role === 'admin')!
    expect(await boss.call('retirePerson', { personId: admin.id })).toMatchObject({
      error: { code: 'not-allowed' },
    })
  })

  test('the first admin is made once only, on a board that knows nobody', async () => {
    const { page } = await start()
    const again = await page.call('addFirstAdmin', { name: 'Mallory', newPin: '111111' })
    expect(again).toMatchObject({ error: { code: 'not-allowed' } })
  })

  test('a person changes their own PIN and nobody else has it; no PIN gets into store or log', async () => {
    const { rig, page } = await start()
    const taken = await page.call('changePin', { newPin: pins.lead, pin: pins.operator })
    expect(taken).toMatchObject({ error: { code: 'bad-input' } })
    expect(await page.call('changePin', { newPin: '864209', pin: pins.operator })).toMatchObject({ ok: true })
    expect(await page.call('signIn', { pin: pins.operator })).toMatchObject({ error: { code: 'wrong-pin' } })
    expect(await page.call('signIn', { pin: '864209' })).toMatchObject({ value: { by: 'operator' } })
    await rig.engine.stop()
    const files = readdirSync(rig.dir).map((name) => join(rig.dir, name))
    const bytes = files.map((file) =>
      file.endsWith('.db') || file.includes('.db-') ? readFileSync(file) : '',
    )
    for (const pin of [adminPin, ...Object.values(pins), '864209']) {
      expect(bytes.some((text) => text.includes(pin))).toBe(false)
      expect(rig.log.join('\n')).not.toContain(pin)
    }
  })
})

describe('a plant that wants PINs for everything', () => {
  test('gets them for scrap too', async () => {
    const rig = await startEngineRig({
      nowMs: six + 60_000,
      lines: [testLine()],
      people: { stationNeedsPin: true },
    })
    rigs.push(rig)
    const page = rig.page()
    await page.hello()
    await page.call('addFirstAdmin', { name: 'Ada', newPin: adminPin })
    const scrap = { lineId: 'l1', reason: 'Dent', qty: 1 }
    expect(await page.call('logScrap', scrap)).toMatchObject({ error: { code: 'signed-out' } })
    await page.call('signIn', { pin: adminPin })
    expect(await page.call('logScrap', scrap)).toMatchObject({ ok: true })
  })
})

describe('the chain of the audit trail', () => {
  test('holds, and a row that was edited in the file is found, by its number or by the anchor', async () => {
    const { rig, page } = await start()
    for (const qty of [1, 2, 3]) await page.call('logScrap', { lineId: 'l1', reason: 'Dent', qty })
    await rig.engine.stop()
    const { check, entries } = trail(rig)
    expect(check).toMatchObject({ entries: 7, brokenAt: null })
    expect(check.head).toBe(`7:${entries.at(-1)!.hash}`)
    const [seq, hash] = check.head.split(':') as [string, string]
    const anchor = { seq: Number(seq), hash: hash.slice(0, 16) }

    const edit = (sql: string) => {
      const db = new Sqlite(databaseFile(rig.dir))
      db.exec(`DROP TRIGGER IF EXISTS audit_keeps_words; DROP TRIGGER IF EXISTS audit_keeps_rows; ${sql}`)
      db.close()
      const store = openReadonly({ file: databaseFile(rig.dir) })
      try {
        return checkAudit(store.read, anchor)
      } finally {
        store.close()
      }
    }
    expect(edit('')).toMatchObject({ brokenAt: null, anchorHolds: true })
    expect(edit("UPDATE audit SET by = 'nobody' WHERE seq = 6")).toMatchObject({
      brokenAt: 6,
      anchorHolds: false,
    })
    // Somebody who knows how computes nothing anew but takes all hashes away: the chain is silent, the anchor is not.
    expect(edit("UPDATE audit SET hash = ''")).toMatchObject({ brokenAt: null, anchorHolds: false })
    expect(edit('DELETE FROM audit WHERE seq = 7')).toMatchObject({ entries: 6, anchorHolds: false })
  })
})

describe('badges', () => {
  const badge = 'RFID-04A1B2C3'

  test('an admin gives one; it signs its person in, is kept as a hash only, and goes with them', async () => {
    const { rig, page } = await start()
    const people = await page.call('people', { pin: adminPin })
    const lead = (people as unknown as { value: { id: string; name: string; badge: boolean }[] }).value.find(
      ({ name }) => name === 'lead',
    )!
    expect(lead.badge).toBe(false)
    const give = { personId: lead.id, badge, pin: adminPin }
    expect(await page.call('setBadge', { ...give, pin: pins.manager })).toMatchObject({
      error: { code: 'role' },
    })
    expect(await page.call('setBadge', give)).toMatchObject({ value: { name: 'lead', badge: true } })
    expect(await page.call('signInBadge', { badge })).toMatchObject({ value: { by: 'lead', role: 'lead' } })
    expect(
      await page.call('correctCount', { lineId: 'l1', atMs: six, good: 5, scrap: 0, reason: 'x' }),
    ).toMatchObject({ ok: true })
    const operator = (people as unknown as { value: { id: string; name: string }[] }).value.find(
      ({ name }) => name === 'operator',
    )!
    expect(await page.call('setBadge', { ...give, personId: operator.id })).toMatchObject({
      error: { code: 'bad-input', message: expect.stringMatching(/belongs to somebody else/) as string },
    })
    const { entries } = trail(rig)
    expect(entries.find(({ action }) => action === 'setBadge')?.detail).toBe('{"name":"lead","badge":true}')
    const files = readdirSync(rig.dir).filter((name) => name.includes('.db') || name.includes('sqlite'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) expect(readFileSync(join(rig.dir, file)).includes(badge)).toBe(false)
    expect(rig.log.join('\n')).not.toContain(badge)
    await page.call('retirePerson', { personId: lead.id, pin: adminPin })
    expect(await page.call('signInBadge', { badge })).toMatchObject({ error: { code: 'wrong-pin' } })
  })

  test('unknown badges are held against the device like wrong PINs', async () => {
    const { rig } = await start()
    const thief = rig.page()
    await thief.hello()
    for (let number = 0; number < 4; number += 1) {
      expect(await thief.call('signInBadge', { badge: `0000${number}` })).toMatchObject({
        error: { code: 'wrong-pin' },
      })
    }
    expect(await thief.call('signInBadge', { badge: '00009' })).toMatchObject({ error: { code: 'locked' } })
    expect(await thief.call('signIn', { pin: pins.lead })).toMatchObject({ error: { code: 'locked' } })
  })
})
