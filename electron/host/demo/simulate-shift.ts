import type { ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import { unionOf } from '../../../shared/domain/intervals.ts'
import type { LineState } from '../../../shared/domain/facts.ts'
import { seededRandom } from './random.ts'
import type { Random } from './random.ts'
import { nextStop, stopRates } from './stops.ts'
import type { SimulatedStop } from './stops.ts'
import type { Performance } from './trend.ts'

const secondMs = 1_000
const minuteMs = 60_000

export type DemoProduct = { id: string; idealCycleMs: number }

/** One simulated message, before it has a topic and an id. `body` is the JSON of the native topic without ts and id. */
export type DemoEvent = {
  atMs: number
  kind: 'state' | 'changeover' | 'product' | 'call' | 'scrap'
  body: Readonly<Record<string, string | number>>
}
export type DemoPiece = { atMs: number; outcome: 'good' | 'rework' | 'scrap'; reason?: string }
export type SimulatedShift = { events: readonly DemoEvent[]; pieces: readonly DemoPiece[] }

const scrapReasons = [
  ...Array<string>(9).fill('Underfill'),
  ...Array<string>(6).fill('Cap crooked'),
  ...Array<string>(4).fill('Label torn'),
  ...Array<string>(3).fill('Carton damaged'),
  'Leaking seal',
  'Leaking seal',
  'Wrong date',
]
const callers = ['M. Kern', 'J. Wolf', 'L. Aydin', 'P. Nowak'] as const
const changeoverSteps = ['Empty line', 'Rinse', 'Change format', 'First piece'] as const

type Slot = { startMs: number; endMs: number; what: 'break' | 'changeover' | 'planned'; name?: string }

/**
 * One shift of the simulated line, the same for the same seed, shift and performance: breaks, planned slots, one changeover, stops by
 * chance, and every single piece. Each shift stands for itself, so that any span of time can be simulated.
 */
export function simulateShift(given: {
  seed: string
  shift: ShiftOccurrence
  performance: Performance
  from: DemoProduct
  to: DemoProduct
}): SimulatedShift {
  const { shift, performance, from, to } = given
  const random = seededRandom(`${given.seed}/${shift.date}/${shift.name}`)
  const line = new Recording(random, performance, from)
  const change = placeChangeover(random, shift, performance)
  const pauses = shift.breaks.map((pause): Slot => ({
    startMs: pause.startMs,
    endMs: pause.endMs,
    what: 'break',
  }))
  const planned = shift.slots.map(({ startMs, endMs, name }): Slot => ({
    startMs,
    endMs,
    what: 'planned',
    name,
  }))
  const slots = [...pauses, ...planned, ...(change ? [change] : [])].sort((a, b) => a.startMs - b.startMs)
  const changeMs = change ? change.endMs - change.startMs : 0
  const stopMs = shift.plannedMs * performance.stopShare
  const rates = stopRates(stopMs, Math.max(minuteMs, shift.plannedMs - changeMs - stopMs))

  line.enter(shift.startMs, 'running')
  for (const slot of [...slots, null]) {
    line.runUntil(slot?.startMs ?? shift.endMs, rates)
    if (slot?.what === 'break') line.enter(slot.startMs, 'break')
    else if (slot?.what === 'planned') line.enter(slot.startMs, 'maintenance', slot.name)
    else if (slot) line.changeOver(slot, from, to)
    if (slot) line.enter(slot.endMs, 'running')
  }
  return line.result()
}

/** In the longest stretch between breaks and planned slots, where the whole changeover fits; null in a shift too short for one. */
function placeChangeover(random: Random, shift: ShiftOccurrence, performance: Performance): Slot | null {
  const lengthMs =
    Math.round((performance.changeoverMin * minuteMs * random.between(0.82, 1.18)) / secondMs) * secondMs
  const pauses = unionOf([...shift.breaks, ...shift.slots])
  const edges = [shift.startMs, ...pauses.flatMap((pause) => [pause.startMs, pause.endMs]), shift.endMs]
  let best = { startMs: 0, endMs: 0 }
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const stretch = { startMs: edges[index] ?? 0, endMs: edges[index + 1] ?? 0 }
    if (stretch.endMs - stretch.startMs > best.endMs - best.startMs) best = stretch
  }
  const marginMs = 8 * minuteMs
  const roomMs = best.endMs - best.startMs - lengthMs - 2 * marginMs
  if (roomMs <= 0) return null
  const startMs = best.startMs + marginMs + Math.round((random.unit() * roomMs) / secondMs) * secondMs
  return { startMs, endMs: startMs + lengthMs, what: 'changeover' }
}

/** The line's clock during one shift: runs, stops, makes pieces and writes down what it would publish. */
class Recording {
  private readonly events: DemoEvent[] = []
  private readonly pieces: DemoPiece[] = []
  private readonly random: Random
  private readonly performance: Performance
  private product: DemoProduct
  private atMs = 0
  /** Work done on the piece in the machine, as a part of its cycle. */
  private begun = 0
  /** The shift's own pace around the performance's speed. */
  private readonly mood: number

  constructor(random: Random, performance: Performance, product: DemoProduct) {
    this.random = random
    this.performance = performance
    this.product = product
    this.mood = random.between(0.98, 1.02)
  }

  result(): SimulatedShift {
    const events = [...this.events].sort((a, b) => a.atMs - b.atMs)
    return { events, pieces: this.pieces }
  }

  /** The state of the line as a whole: a state with a cell would speak of that cell alone. */
  enter(atMs: number, state: LineState, reason?: string): void {
    this.atMs = atMs
    this.events.push({ atMs, kind: 'state', body: { state, ...(reason ? { reason } : {}) } })
  }

  /** Running with stops by chance, until `endMs`. A stop that would last longer ends there. */
  runUntil(endMs: number, rates: readonly number[]): void {
    while (this.atMs < endMs) {
      const { afterMs, stop } = nextStop(this.random, rates)
      this.makePieces(Math.min(endMs, this.atMs + afterMs))
      if (this.atMs >= endMs) return
      const backMs = Math.min(endMs, this.atMs + stop.durationMs)
      const stoppedMs = this.atMs
      this.enter(stoppedMs, stop.state, stop.reason)
      if (stop.call) this.callHelp(stoppedMs, backMs, stop)
      if (backMs < endMs) this.enter(backMs, 'running')
      this.atMs = backMs
    }
  }

  changeOver(slot: Slot, from: DemoProduct, to: DemoProduct): void {
    const lengthMs = slot.endMs - slot.startMs
    const at = (part: number) => slot.startMs + Math.round((lengthMs * part) / secondMs) * secondMs
    this.enter(slot.startMs, 'changeover')
    this.events.push({
      atMs: slot.startMs,
      kind: 'changeover',
      body: { event: 'start', from: from.id, to: to.id },
    })
    changeoverSteps.forEach((step, index) => {
      this.events.push({
        atMs: at(index / changeoverSteps.length),
        kind: 'changeover',
        body: { event: 'step', step },
      })
    })
    this.events.push({
      atMs: at(0.85),
      kind: 'product',
      body: { product: to.id, order: `A-${at(0).toString(36)}` },
    })
    for (const part of [0.9, 0.95]) {
      if (this.random.chance(0.6)) this.pieces.push({ atMs: at(part), outcome: 'scrap', reason: 'Set-up' })
    }
    this.events.push({
      atMs: slot.endMs,
      kind: 'changeover',
      body: { event: 'end', from: from.id, to: to.id },
    })
    this.product = to
    this.begun = 0
  }

  private makePieces(untilMs: number): void {
    const { speed, scrapShare, reworkShare } = this.performance
    for (;;) {
      const cycleMs = (this.product.idealCycleMs / speed) * this.mood * this.random.between(0.94, 1.06)
      const doneMs = Math.round(this.atMs + cycleMs * (1 - this.begun))
      if (doneMs >= untilMs) {
        this.begun = Math.min(0.99, this.begun + (untilMs - this.atMs) / cycleMs)
        this.atMs = untilMs
        return
      }
      this.begun = 0
      this.atMs = doneMs
      const ticket = this.random.unit()
      if (ticket < scrapShare) {
        this.pieces.push({ atMs: doneMs, outcome: 'scrap', reason: this.random.pick(scrapReasons) })
      } else {
        this.pieces.push({ atMs: doneMs, outcome: ticket < scrapShare + reworkShare ? 'rework' : 'good' })
      }
    }
  }

  private callHelp(fromMs: number, untilMs: number, stop: SimulatedStop): void {
    const who = this.random.pick(callers)
    const call = `c-${fromMs.toString(36)}`
    const raisedMs = Math.round(fromMs + this.random.between(20, 60) * secondMs)
    const ackMs = Math.round(raisedMs + this.random.between(30, 110) * secondMs)
    const category = stop.reason === 'Quality hold' ? 'quality' : 'maintenance'
    const cell = stop.cell ?? 'line'
    const add = (atMs: number, body: Record<string, string>) => {
      if (atMs <= untilMs) this.events.push({ atMs, kind: 'call', body: { call, category, cell, ...body } })
    }
    add(raisedMs, { event: 'raise', text: stop.reason ?? 'Line stopped' })
    add(ackMs, { event: 'ack', who })
    add(untilMs, { event: 'resolve', who })
  }
}
