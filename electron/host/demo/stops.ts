import type { LineState } from '../../../shared/domain/facts.ts'
import type { Random } from './random.ts'

const minuteMs = 60_000

/** One stop of the simulated line. */
export type SimulatedStop = {
  state: Extract<LineState, 'stopped' | 'starved' | 'blocked'>
  durationMs: number
  reason?: string
  /** Where help is called to. */
  cell?: string
  /** Somebody called for help. */
  call: boolean
}

type StopKind = {
  /** Part of all stop time. */
  share: number
  meanMs: number
  draw: (random: Random, durationMs: number) => Omit<SimulatedStop, 'durationMs'>
  lowMs: number
  highMs: number
}

const breakdowns = [
  { reason: 'Filler jam', cell: 'filler' },
  { reason: 'Capper fault', cell: 'capper' },
  { reason: 'Labeller fault', cell: 'labeller' },
  { reason: 'Conveyor jam', cell: 'conveyor' },
  { reason: 'Packer jam', cell: 'packer' },
  { reason: 'Glue empty', cell: 'packer' },
  { reason: 'Quality hold', cell: 'inspection' },
] as const
/** Share of the longer stops that nobody has explained. */
const unexplainedShare = 0.15

const kinds: readonly StopKind[] = [
  {
    share: 0.45,
    meanMs: 14_000,
    lowMs: 6_000,
    highMs: 50_000,
    draw: (random) => ({
      state: 'stopped',
      ...(random.chance(0.3) ? { reason: 'Sensor dirty' } : {}),
      call: false,
    }),
  },
  {
    share: 0.2,
    meanMs: 90_000,
    lowMs: 40_000,
    highMs: 4 * minuteMs,
    draw: (random) =>
      random.chance(0.6)
        ? { state: 'starved', reason: 'No bottles', call: false }
        : { state: 'blocked', reason: 'Palletiser full', call: false },
  },
  {
    share: 0.35,
    meanMs: 6 * minuteMs,
    lowMs: 2.5 * minuteMs,
    highMs: 22 * minuteMs,
    draw: (random, durationMs) => {
      const { reason, cell } = random.pick(breakdowns)
      const explained = !random.chance(unexplainedShare)
      return { state: 'stopped', cell, ...(explained ? { reason } : {}), call: durationMs > 4 * minuteMs }
    },
  },
]

/** Stops per millisecond of running time of each kind, so that their sum takes `stopMs` out of `runMs` of running. */
export function stopRates(stopMs: number, runMs: number): readonly number[] {
  return kinds.map((kind) => (stopMs * kind.share) / kind.meanMs / runMs)
}

/** Running time until the next stop, and that stop. */
export function nextStop(random: Random, rates: readonly number[]): { afterMs: number; stop: SimulatedStop } {
  const total = rates.reduce((sum, rate) => sum + rate, 0)
  let ticket = random.unit() * total
  let chosen = kinds[0] as StopKind
  for (const [index, kind] of kinds.entries()) {
    chosen = kind
    ticket -= rates[index] ?? 0
    if (ticket < 0) break
  }
  const durationMs = Math.round(drawDuration(random, chosen))
  return {
    afterMs: Math.round(random.exponential(1 / total)),
    stop: { durationMs, ...chosen.draw(random, durationMs) },
  }
}

/** Skewed to short ones, inside the kind's limits, with about the kind's mean. */
function drawDuration(random: Random, kind: StopKind): number {
  const rest = random.exponential(kind.meanMs - kind.lowMs)
  return Math.min(kind.highMs, kind.lowMs + rest)
}
