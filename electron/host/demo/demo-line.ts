import { shiftsBetween } from '../../../shared/domain/calendar.ts'
import type { ShiftCalendar, ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { Interval } from '../../../shared/domain/facts.ts'
import { simulateShift } from './simulate-shift.ts'
import type { DemoPiece, DemoProduct, SimulatedShift } from './simulate-shift.ts'
import { performanceAt } from './trend.ts'

/** A message of the simulated line: kind of the native topic, and the JSON with `ts` and `id`. */
export type DemoMessage = { atMs: number; kind: string; body: Readonly<Record<string, unknown>> }

const liveBucketMs = 5_000
/**
 * How finely pieces are reported: the further behind, the coarser. Each bucket is a multiple of the next finer one.
 * Milliseconds.
 */
export const reporting = [
  { bucketMs: 300_000, olderThanMs: 8 * 86_400_000 },
  { bucketMs: 60_000, olderThanMs: 10 * 60_000 },
  { bucketMs: liveBucketMs, olderThanMs: 0 },
] as const
const finest = reporting.length - 1
/** Simulated shifts kept in memory. */
const shiftLimit = 4
const dayMs = 86_400_000

export type DemoLine = {
  /**
   * Everything the line reports after `afterMs` up to and including `untilMs`, in the order of time. Each piece is in
   * exactly one message of calls that follow each other, and of a call that starts at the `ts` of the last count.
   */
  messages(afterMs: number, untilMs: number): Generator<DemoMessage>
  /** What makes the line known at the start of its history: the product it makes then. */
  opening(atMs: number): DemoMessage
  /** Start of the shift that runs at an instant, or of the next one. */
  shiftStart(atMs: number): number
}

export function createDemoLine(options: {
  seed: string
  calendar: ShiftCalendar
  products: readonly DemoProduct[]
  cycle: { startMs: number; endMs: number }
}): DemoLine {
  const simulated = new Map<number, SimulatedShift>()

  function productOf(ordinal: number): DemoProduct {
    const count = options.products.length
    return options.products[((ordinal % count) + count) % count] as DemoProduct
  }

  /** Shifts are numbered through, so that each begins with the product that the one before ended with. */
  function ordinalOf(shift: ShiftOccurrence): number {
    const day = Math.round(Date.parse(`${shift.date}T00:00:00Z`) / dayMs)
    const index = options.calendar.shifts.findIndex((pattern) => pattern.name === shift.name)
    return day * options.calendar.shifts.length + index
  }

  function simulate(shift: ShiftOccurrence): SimulatedShift {
    const known = simulated.get(shift.startMs)
    if (known) return known
    const ordinal = ordinalOf(shift)
    const result = simulateShift({
      seed: options.seed,
      shift,
      performance: performanceAt(shift.startMs, options.cycle),
      from: productOf(ordinal),
      to: productOf(ordinal + 1),
    })
    const oldest = simulated.size >= shiftLimit ? simulated.keys().next().value : undefined
    if (oldest !== undefined) simulated.delete(oldest)
    simulated.set(shift.startMs, result)
    return result
  }

  function* ofWindow(
    afterMs: number,
    untilMs: number,
    bucketMs: number,
    idle: boolean,
  ): Generator<DemoMessage> {
    const window = { startMs: afterMs - bucketMs, endMs: untilMs + 1 }
    const messages: DemoMessage[] = []
    for (const shift of shiftsBetween(options.calendar, window)) {
      const { events, pieces } = simulate(shift)
      for (const event of events) {
        if (event.atMs <= afterMs || event.atMs > untilMs) continue
        const id = `${event.kind}-${event.atMs.toString(36)}-${String(event.body.event ?? event.body.state ?? '')}`
        messages.push({ atMs: event.atMs, kind: event.kind, body: { ts: event.atMs, id, ...event.body } })
      }
      for (const bucket of buckets(pieces, shift, bucketMs)) {
        const atMs = stampOf(bucket)
        if (atMs > afterMs && atMs <= untilMs) messages.push(...counts(bucket, bucketMs, idle))
      }
    }
    messages.sort((a, b) => a.atMs - b.atMs)
    yield* messages
  }

  /** As coarse as `level` says, after finer reports up to the next whole bucket. */
  function* reported(afterMs: number, untilMs: number, level: number): Generator<DemoMessage> {
    const bucketMs = reporting[level]?.bucketMs ?? liveBucketMs
    if (level === finest) return yield* ofWindow(afterMs, untilMs, bucketMs, true)
    const wholeMs = Math.min(untilMs, ceilTo(afterMs, bucketMs))
    if (wholeMs > afterMs) yield* reported(afterMs, wholeMs, level + 1)
    for (let cursorMs = wholeMs; cursorMs < untilMs;) {
      const nextMs = Math.min(untilMs, cursorMs + dayMs)
      yield* ofWindow(cursorMs, nextMs, bucketMs, false)
      cursorMs = nextMs
    }
  }

  return {
    *messages(afterMs, untilMs) {
      let cursorMs = afterMs
      for (const [level, { bucketMs, olderThanMs }] of reporting.entries()) {
        const endMs = level === finest ? untilMs : floorTo(untilMs - olderThanMs, bucketMs)
        if (cursorMs >= endMs) continue
        yield* reported(cursorMs, endMs, level)
        cursorMs = endMs
      }
    },
    opening(atMs) {
      const shift = shiftsBetween(options.calendar, { startMs: atMs, endMs: atMs + dayMs })[0]
      const product = productOf(shift ? ordinalOf(shift) : 0)
      return {
        atMs,
        kind: 'product',
        body: { ts: atMs, id: `product-${atMs.toString(36)}`, product: product.id },
      }
    },
    shiftStart(atMs) {
      return shiftsBetween(options.calendar, { startMs: atMs, endMs: atMs + dayMs })[0]?.startMs ?? atMs
    },
  }
}

type Bucket = Interval & { pieces: readonly DemoPiece[] }

/** The shift cut into buckets on a grid of whole `bucketMs`. Shifts start and end on whole minutes. */
function* buckets(pieces: readonly DemoPiece[], shift: Interval, bucketMs: number): Generator<Bucket> {
  let index = 0
  for (let startMs = shift.startMs; startMs < shift.endMs; startMs += bucketMs) {
    const endMs = startMs + bucketMs
    const inside: DemoPiece[] = []
    for (let piece = pieces[index]; piece && piece.atMs < endMs; piece = pieces[++index]) inside.push(piece)
    yield { startMs, endMs, pieces: inside }
  }
}

/** A count is stamped just inside its bucket, so that it falls into the minute, hour and shift in which it was made. */
const stampOf = (bucket: Interval) => bucket.endMs - 1

/** One message for the good pieces and one for each reason of scrap; a bucket without pieces is a sign of life. */
function counts(bucket: Bucket, bucketMs: number, idle: boolean): DemoMessage[] {
  const good = bucket.pieces.filter((piece) => piece.outcome !== 'scrap').length
  const rework = bucket.pieces.filter((piece) => piece.outcome === 'rework').length
  const scrap = new Map<string, number>()
  for (const piece of bucket.pieces) {
    if (piece.outcome === 'scrap') scrap.set(piece.reason ?? '', (scrap.get(piece.reason ?? '') ?? 0) + 1)
  }
  const atMs = stampOf(bucket)
  const id = `count-${bucket.endMs.toString(36)}-${bucketMs / 1000}`
  const messages: DemoMessage[] = [...scrap].map(([reason, qty]) => ({
    atMs,
    kind: 'count',
    body: { ts: atMs, id: `${id}-${reason}`, scrap: qty, reason },
  }))
  if (good > 0 || (idle && messages.length === 0)) {
    messages.push({ atMs, kind: 'count', body: { ts: atMs, id, good, ...(rework > 0 ? { rework } : {}) } })
  }
  return messages
}

const floorTo = (ms: number, step: number) => Math.floor(ms / step) * step
const ceilTo = (ms: number, step: number) => Math.ceil(ms / step) * step
