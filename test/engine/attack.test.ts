import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import { six, testLine } from '../helpers/view-input.ts'

/** What somebody may try who reaches the channel: each is refused in one sentence, and leaves nothing behind. */
const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const adminPin = '975310'

async function start() {
  const rig = await startEngineRig({ nowMs: six + 60_000, lines: [testLine()] })
  rigs.push(rig)
  rig.arrive([['state', { state: 'running' }]])
  rig.clock.nowMs += 1_000
  const page = rig.page()
  await page.hello()
  await page.call('addFirstAdmin', { name: 'Ada', newPin: adminPin })
  return { rig, page }
}

const trailOf = async (page: Awaited<ReturnType<typeof start>>['page']) => {
  const answer = await page.call('auditTrail', { limit: 100, pin: adminPin })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value.entries
}

test('forged calls: another name, a role or a person in the input, names of prototypes', async () => {
  const { page } = await start()
  const forged = { lineId: 'l1', reason: 'Dent', qty: 1 }
  for (const extra of [
    { by: 'Ada' },
    { role: 'admin' },
    { personId: 'x' },
    { device: 'page-9' },
    { pin: adminPin },
  ]) {
    expect(await page.call('logScrap', { ...forged, ...extra } as never)).toMatchObject({
      error: { code: 'bad-input' },
    })
  }
  for (const name of ['constructor', '__proto__', 'toString', 'admit', 'signedIn']) {
    expect(await page.call(name as never, {} as never)).toMatchObject({ error: { code: 'not-allowed' } })
  }
  expect((await trailOf(page)).map(({ action }) => action)).toEqual(['addPerson'])
})

test('a replayed entry is entered once; an id of one line says nothing on another', async () => {
  const { rig, page } = await start()
  const entry = { lineId: 'l1', reason: 'Dent', qty: 2, entryId: randomUUID() }
  for (let i = 0; i < 5; i++) await page.call('logScrap', entry)
  rig.clock.nowMs += 1_000
  await page.until((b) => b.scrap.scrap === 2, 'the scrap, once')
  expect(await page.call('logScrap', { ...entry, lineId: 'zz' })).toMatchObject({
    error: { code: 'not-found' },
  })
  expect((await trailOf(page)).filter(({ action }) => action === 'logScrap')).toHaveLength(1)
})

test('HTML, script, emoji and names from right to left are kept as they are; what turns the writing or is too long is not', async () => {
  const { page } = await start()
  const html = '<img src=x onerror=alert(1)>'
  for (const name of [html, '<script>alert(1)</script>', '🦄 Zoë', 'أحمد', '李雷', "Robert'); DROP TABLE"]) {
    const pin = String(100_000 + Math.floor(name.length * 997))
    const added = await page.call('addPerson', { name, role: 'operator', newPin: pin, pin: adminPin })
    expect(added).toMatchObject({ ok: true, value: { name } })
  }
  for (const name of ['Ada\u202Eadmin', 'A\nB', '\u0007bell', ' ', 'x'.repeat(41)]) {
    const refused = await page.call('addPerson', { name, role: 'operator', newPin: '777777', pin: adminPin })
    expect(refused).toMatchObject({ error: { code: 'bad-input' } })
  }
  const huge = await page.call('raiseCall', {
    lineId: 'l1',
    category: 'material',
    cell: null,
    text: 'x'.repeat(1_000_000),
  })
  expect(huge).toMatchObject({ error: { code: 'bad-input' } })
  expect((await page.call('people', { pin: adminPin })).ok).toBe(true)
})
