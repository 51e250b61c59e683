import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs

/**
 * A day with a shift that is over and one that ends soon, so that its report can be printed. The site's zone is the one in which it
 * is past noon, so that no test run meets midnight or the first of a month by night.
 */
export type ShiftPlan = {
  zone: string
  earlyMs: number
  dayMs: number
  dayEndMs: number
  target: number
}

export function planShift(nowMs: number): ShiftPlan {
  const thisHourMs = Math.floor(nowMs / hourMs) * hourMs
  const east = 12 - new Date(nowMs).getUTCHours()
  return {
    // The names of these zones count westwards.
    zone: `Etc/GMT${east > 0 ? `-${east}` : `+${-east}`}`,
    earlyMs: thisHourMs - 6 * hourMs,
    dayMs: thisHourMs - 3 * hourMs,
    dayEndMs: Math.floor(nowMs / minuteMs) * minuteMs + 25 * minuteMs,
    target: 1_000,
  }
}

/** Local time of the plant. */
export function clockOf({ zone }: Pick<ShiftPlan, 'zone'>, atMs: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(atMs)
}

export function localDate({ zone }: Pick<ShiftPlan, 'zone'>, atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(atMs)
}

export const scrapReasons = ['Cap', 'Label', 'Underfill', 'Dent'] as const
export const stopReasons = ['Jam', 'Sensor', 'No bottles'] as const

/** One line with everything that a supervisor can enter. */
export function writePlant(folder: string, brokerUrl: string, plan: ShiftPlan): string {
  const file = join(folder, 'plant.yaml')
  const at = (ms: number) => `'${clockOf(plan, ms)}'`
  const day = (days: number) => `'${localDate(plan, plan.dayMs + days * 24 * hourMs)}'`
  writeFileSync(
    file,
    `site: { name: Works, timeZone: ${plan.zone} }
broker: { url: '${brokerUrl}' }
display: { screens: [status, hours, oee, scrap, changeover, sqdcp, calls, keys] }
lines:
  - id: l1
    name: Line 1
    expectedIntervalS: 60
    products:
      - { id: still, name: Still, idealCycleS: 10 }
      - { id: sparkling, name: Sparkling, idealCycleS: 6.5 }
    defaultProduct: still
    shifts:
      - { name: Early, start: ${at(plan.earlyMs)}, end: ${at(plan.dayMs)}, target: 1050 }
      - { name: Day, start: ${at(plan.dayMs)}, end: ${at(plan.dayEndMs)}, target: ${plan.target} }
    cells: { names: [Filler, Capper] }
    scrapReasons: [${scrapReasons.join(', ')}]
    stopReasons: [${stopReasons.join(', ')}]
    changeoverTargetS: 600
    changeoverSteps: [{ name: Clean }, { name: Set up }]
    calls:
      - { id: maintenance, what: [Filler jam, Belt] }
      - { id: quality }
      - { id: material }
      - { id: team_lead }
      - { id: safety, hold: true }
    oeeTarget: 0.6
    scrapTarget: 0.05
    figures:
      - { id: present, theme: people, name: People present, target: 6 }
      - { id: otif, theme: delivery, name: Trucks on time, unit: '%', target: 95 }
seed:
  objectives:
    - id: calm
      line: l1
      title: The line runs without surprises
      cycle: { name: Test, start: ${day(-30)}, end: ${day(60)} }
      keyResults:
        - { id: kr-scrap, name: Scrap, unit: '%', baseline: 5, target: 2, decimals: 1, kpi: scrap_ratio, shifts: 3 }
        - { id: kr-skills, name: Trained, unit: people, baseline: 2, target: 8 }
  kpis:
    - line: l1
      id: scrap
      name: Scrap ratio
      theme: Quality
      kind: lagging
      formula: scrap / total
      unit: '%'
      direction: lower
      source: { from: line, formula: scrap_ratio }
      target: 1
      bands: { green: 1, amber: 2 }
      owner: Ana
      objective: The line runs without surprises
      protocol: { trigger: red once, firstResponse: Walk the line, who: Lead, withinMin: 60, escalateTo: Manager }
`,
  )
  return file
}

/** Publishes what the line itself said: kind, instant, fields. */
export type Say = (kind: string, atMs: number, body: object) => Promise<unknown>

/** Stops of the running shift, in minutes from its start. */
export const stops = Array.from({ length: 8 }, (_, index) => ({ from: 20 * index + 6, to: 20 * index + 12 }))

/** Both shifts as the line told them; answers the good pieces of the running one. */
export async function tellShifts(plan: ShiftPlan, say: Say): Promise<number> {
  await say('product', plan.earlyMs, { product: 'still' })
  await say('state', plan.earlyMs, { state: 'running' })
  await say('count', plan.earlyMs + hourMs, { good: 480, scrap: 24, reason: 'Cap' })
  await say('count', plan.earlyMs + 2 * hourMs, { good: 420, scrap: 9, reason: 'Label' })
  await say('state', plan.dayMs, { state: 'running' })
  let good = 0
  for (const [index, { from, to }] of stops.entries()) {
    await say('count', plan.dayMs + (from - 1) * minuteMs, { good: 60 + index })
    await say('state', plan.dayMs + from * minuteMs, { state: 'stopped' })
    await say('state', plan.dayMs + to * minuteMs, { state: 'running' })
    good += 60 + index
  }
  return good
}
