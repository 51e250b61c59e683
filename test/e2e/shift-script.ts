import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { groupOf, type PageId } from '../../renderer/touch/pages.ts'
import { holdMs } from '../../renderer/touch/tap-timing.ts'
import { openFinger } from '../helpers/finger.ts'
import { scrapReasons, stopReasons, stops, type Say, type ShiftPlan } from './shift-plant.ts'

/** What the taps add up to, reckoned here and not by the board. */
export type Tapped = {
  actions: number
  /** By kind of action. */
  kinds: Record<string, number>
  /** Pieces of the running shift that the taps added. */
  good: number
  scrap: number
  scrapByReason: Map<string, number>
  /** Reasons of the stops of `shift-plant.ts` by their index; the rest have none. */
  reasons: ReadonlyMap<number, string>
  /** The same added up, as they were merged and split; '': without a reason. */
  stopMinutes: Map<string, { count: number; minutes: number }>
  changeovers: string[]
  /** By kind of help: raised, and raised and solved. */
  calls: Map<string, { raised: number; resolved: number }>
  openCalls: string[]
  present: number
  otif: number
  trained: number
  note: string
  action: string
  undone: number
}

export const pin = '2468'

/** 60 actions of all kinds by real taps on a touch page that is open. An action is done when the page says that it is saved. */
export async function workShift(page: Page, plan: ShiftPlan, say: Say): Promise<Tapped> {
  const kinds: Record<string, number> = {}
  const tapped: Tapped = {
    actions: 0,
    kinds,
    good: 0,
    scrap: 0,
    scrapByReason: new Map(),
    reasons: new Map(),
    stopMinutes: new Map(),
    changeovers: [],
    calls: new Map(),
    openCalls: [],
    present: 7,
    otif: 96,
    trained: 5,
    note: 'Guard of the capper is loose',
    action: 'Clean the cap feeder',
    undone: 0,
  }
  const finger = openFinger(page)
  const tap = (id: string) => finger.tap(page.getByTestId(id))
  const choose = (name: string) => finger.tap(page.getByRole('button', { name, exact: true }).first())
  const goTo = async (id: PageId) => {
    if ((await page.getByTestId(`page-${id}`).count()) === 0) await tap(`group-${groupOf(id)}`)
    await tap(`page-${id}`)
  }
  const type = async (id: string, text: string) => {
    await page.getByTestId(id).fill(text)
    await finger.tap(page.locator('.keyboard [data-skbtn="{close}"]'))
    await page.getByTestId('keyboard').waitFor({ state: 'detached' })
  }
  let before = 'nothing yet'
  /** The page says something new; or, where it says the same twice, the form has made way for `back`. */
  const done = async (kind: string, text: string | RegExp, back?: string) => {
    const saved = page.getByTestId('saved').filter({ hasText: text })
    if (back === undefined) await saved.filter({ hasNotText: before }).waitFor()
    else await page.getByTestId(back).waitFor()
    before = await saved.innerText()
    expect(await page.getByTestId('kept').count()).toBe(0)
    tapped.actions += 1
    kinds[kind] = (kinds[kind] ?? 0) + 1
  }
  const undo = async (what: string) => {
    await tap('undo')
    await done(`undo of ${what}`, 'Taken back')
    tapped.undone += 1
  }
  const count = (reason: string, qty: number) => {
    tapped.scrap += qty
    tapped.scrapByReason.set(reason, (tapped.scrapByReason.get(reason) ?? 0) + qty)
  }
  const signIn = async () => {
    await page.getByTestId('pin-ok').waitFor()
    for (const digit of pin) await choose(digit)
    await tap('pin-ok')
  }

  // Changeovers first: what one took stays on the TV for a minute.
  await goTo('changeover')
  for (const product of ['Sparkling', 'Still']) {
    await choose(product)
    await done('changeover start', `Changeover to ${product} started`)
    for (const step of ['Clean', 'Set up']) {
      await finger.tap(page.getByTestId('next-step').filter({ hasText: step }))
      await done('changeover step', step)
    }
    await tap('confirm')
    await done('changeover end', 'Changeover ended')
    await say('product', Date.now(), { product: product.toLowerCase() })
    await page.getByRole('button', { name: product, exact: true }).waitFor({ state: 'detached' })
    tapped.changeovers.push(product)
  }

  // Scrap: one to three pieces, some with where and by whom, two of them taken back.
  await goTo('home')
  for (let index = 0; index < 10; index += 1) {
    const reason = scrapReasons[index % 4]!
    const qty = 1 + (index % 3)
    const finder = index === 3 ? 'The next step' : index === 6 ? 'A customer' : null
    await choose(reason)
    for (let more = 1; more < qty; more += 1) await choose('One more')
    if (finder !== null) {
      await tap('scrap-details')
      await choose('Capper')
      await choose(finder)
      await tap('details-done')
    }
    await tap('confirm')
    await done(finder === null ? 'scrap' : 'scrap with where and by whom', `Logged ${qty} \u00d7 ${reason}`)
    if (index === 2 || index === 5) await undo('scrap')
    else if (finder !== 'A customer') count(reason, qty)
  }

  // Six reasons while they are fresh, one taken back; two are left for the timeline.
  const reasons = new Map<number, string>()
  await goTo('stop')
  for (let index = 0; index < 6; index += 1) {
    await page.getByText(`1 of ${8 - index} without a reason`).waitFor()
    const reason = stopReasons[index % 3]!
    await choose(reason)
    await done('stop reason', `${reason} for the stop at`)
    reasons.set(index, reason)
  }
  await undo('stop reason')
  reasons.delete(5)

  // The timeline: a late reason, another one, one stop cut in two, two made one.
  await goTo('stops')
  const row = (index: number) => tap(`stop-${plan.dayMs + stops[index]!.from * 60_000}`)
  for (const [index, reason, kind] of [
    [5, 'Jam', 'late stop reason'],
    [6, 'Sensor', 'late stop reason'],
    [6, 'Jam', 'another stop reason'],
  ] as const) {
    await row(index)
    await tap('work-reason')
    await choose(reason)
    await done(kind, `${reason} for the stop at`)
    reasons.set(index, reason)
  }
  await row(7)
  await tap('work-split')
  await tap('confirm')
  await done('split', 'Stop split at')
  await row(6)
  await row(5)
  await tap('work-merge')
  await choose('Jam')
  await done('merge', 'One stop from')
  tapped.reasons = reasons
  // Each took six minutes; the merged one is one stop, without what ran between.
  for (const [index, reason] of reasons) {
    const known = tapped.stopMinutes.get(reason) ?? { count: 0, minutes: 0 }
    tapped.stopMinutes.set(reason, {
      count: known.count + (index === 6 ? 0 : 1),
      minutes: known.minutes + 6,
    })
  }
  tapped.stopMinutes.set('', { count: 2, minutes: 6 })

  // Calls to every end that they can come to; two stay open.
  await goTo('home')
  const raised = (category: string) => {
    const known = tapped.calls.get(category) ?? { raised: 0, resolved: 0 }
    tapped.calls.set(category, { ...known, raised: known.raised + 1 })
  }
  /** The tile shows the call once the board has it. */
  const tapTile = (category: string, look: string) =>
    finger.tap(page.locator(`[data-testid="call-${category}"]${look}`))
  const raise = async (category: string) => {
    await tapTile(category, ':not(.called, .answered)')
    await tap('confirm')
    await done('call', /called/)
    raised(category)
  }
  const answer = async (category: string, event: string) => {
    await tapTile(category, ':is(.called, .answered)')
    await tap(`say-${event}`)
    if (event === 'resolve') {
      if (category === 'maintenance') await choose('Filler jam')
      tapped.calls.get(category)!.resolved += 1
    }
    await done(`call: ${event}`, /:/)
  }
  await raise('maintenance')
  for (const event of ['ack', 'coming', 'again', 'resolve']) await answer('maintenance', event)
  await raise('quality')
  await answer('quality', 'reject')
  await raise('team_lead')
  await answer('team_lead', 'cancel')
  await holdTile(page, 'call-safety')
  // Nobody touches it any more: it goes out by itself.
  await done('call held, out by itself', /called/)
  raised('safety')
  await answer('safety', 'coming')
  await answer('safety', 'resolve')
  await raise('material')
  await raise('quality')
  await answer('quality', 'ack')
  tapped.openCalls = ['material', 'quality']

  // The day: safety, figures, notes, corrections. The first one asks for the PIN.
  await goTo('daily')
  for (const [index, what] of ['nearMiss', 'firstAid', 'incident'].entries()) {
    await tap('daily-safety')
    await tap(`safety-${what}`)
    await tap('confirm')
    if (index === 0) await signIn()
    await done('safety', /near miss|first aid|incident/i)
  }
  await undo('safety')
  for (const [value, name] of [
    [tapped.present, 'People present'],
    [tapped.otif, 'Trucks on time'],
  ] as const) {
    await tap('daily-figure')
    await choose(name)
    for (const digit of String(value)) await choose(digit)
    await tap('confirm')
    await done('figure', `${name}: ${value}`)
  }
  await tap('daily-note')
  await type('note-text', tapped.note)
  await tap('confirm')
  await done('note', tapped.note)
  for (const [kind, good, scrap, words] of [
    ['goodFewer', -5, 0, 'Good pieces to take away'],
    ['goodMore', 3, 0, 'Good pieces to add'],
    ['scrapMore', 0, 4, 'Scrap to add'],
  ] as const) {
    await tap('daily-correction')
    await tap(`correct-${kind}`)
    await choose(String(Math.abs(good + scrap)))
    await type('correction-reason', 'Recount')
    await tap('confirm')
    await done('correction', words)
    tapped.good += good
    if (scrap > 0) count('Recount', scrap)
  }

  // The gap of the shift before: what stood in the way, and what is done about it; a check-in.
  await goTo('gaps')
  await tap('gap-scrap')
  await tap('step-barrier')
  await tap('barrier-yes')
  await tap('confirm')
  await done('barrier', 'Saved', 'step-action')
  await tap('step-action')
  await type('action-what', tapped.action)
  await tap('confirm')
  await done('action', 'Saved', 'step-action')
  await goTo('checkIn')
  await finger.tap(page.getByRole('button', { name: 'Trained' }))
  await choose(String(tapped.trained))
  await tap('sure-yes')
  await tap('confirm')
  await done('check-in', 'Saved', 'round')
  return tapped
}

/** A finger that stays on a tile until it acts. */
async function holdTile(page: Page, id: string): Promise<void> {
  const box = (await page.getByTestId(id).boundingBox())!
  const finger = await page.context().newCDPSession(page)
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await page.waitForTimeout(holdMs + 100)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await finger.detach()
}
