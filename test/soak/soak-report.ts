import { soakParts } from './soak-kiosk.ts'
import type { SoakSample } from './soak-kiosk.ts'
import { slopeOf } from './slope.ts'

/** The first part of the steady load is warm-up: hot code is compiled, arenas and pools of strings find their size. */
export const warmUpShare = 0.25
/** Upper end of the slope's 95 % interval in megabytes an hour; and handles that may be there more at the end. */
export const bounds = { heapMbPerH: 2, rssMbPerH: 10, handles: 10 }

export const csvHead =
  ['s', 'page_heap', 'engine_heap', 'main_heap', 'frames', 'elements', 'db_mb']
    .concat(
      soakParts.flatMap((part) => ['rss', 'anon', 'handles', 'threads'].map((what) => `${part}_${what}`)),
    )
    .join(',') + '\n'

export function csvLine(sample: SoakSample, dbBytes: number): string {
  const { heapMb, processes } = sample
  return (
    [sample.atS.toFixed(0), ...[heapMb.page, heapMb.engine, heapMb.main].map((one) => one.toFixed(3))]
      .concat([sample.frames, sample.elements].map(String), (dbBytes / 2 ** 20).toFixed(1))
      .concat(
        soakParts.flatMap((part) => {
          const { rssMb, anonMb, handles, threads } = processes[part]
          return [rssMb.toFixed(1), anonMb.toFixed(1), String(handles), String(threads)]
        }),
      )
      .join(',') + '\n'
  )
}

const median = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN
const worst = (all: readonly number[]) => Math.min(...all)

/** What the samples say, each sentence with whether it is within its bound. */
export function judge(samples: readonly SoakSample[]): [boolean, string][] {
  const lastS = samples.at(-1)?.atS ?? 0
  const warm = samples.filter(({ atS }) => atS >= lastS * warmUpShare)
  const found: [boolean, string][] = [
    [
      true,
      `${warm.length} samples after a warm-up of ${((lastS * warmUpShare) / 60).toFixed(0)} min; 95 % intervals`,
    ],
  ]
  const slope = (name: string, pick: (sample: SoakSample) => number, bound: number) => {
    const line = slopeOf(warm.map((sample) => ({ x: sample.atS / 3_600, y: pick(sample) })))
    const upper = line.slope + line.margin
    const all = warm.map(pick)
    found.push([
      upper < bound,
      `${name.padEnd(20)} ${all[0]!.toFixed(1)} -> ${all.at(-1)!.toFixed(1)} MB, slope ${line.slope.toFixed(2)} MB/h (${(line.slope - line.margin).toFixed(2)} to ${upper.toFixed(2)})${bound < Infinity ? `, bound ${bound}` : ''}`,
    ])
  }
  for (const heap of ['page', 'engine', 'main'] as const)
    slope(`${heap} heap`, ({ heapMb }) => heapMb[heap], bounds.heapMbPerH)
  for (const part of soakParts) {
    slope(`${part} RSS`, ({ processes }) => processes[part].rssMb, bounds.rssMbPerH)
    slope(`  of it anonymous`, ({ processes }) => processes[part].anonMb, Infinity)
  }
  for (const part of soakParts) {
    const of = (pick: 'handles' | 'threads') => {
      const all = warm.map(({ processes }) => processes[part][pick])
      const half = Math.floor(all.length / 2)
      return [median(all.slice(0, half)), median(all.slice(half))] as const
    }
    const [handlesFrom, handlesTo] = of('handles')
    const [threadsFrom, threadsTo] = of('threads')
    found.push([
      handlesTo - handlesFrom <= bounds.handles && threadsTo - threadsFrom <= bounds.handles,
      `${part} handles, median of the first and the second half: ${handlesFrom} -> ${handlesTo}, threads ${threadsFrom} -> ${threadsTo}`,
    ])
  }
  const frames = warm.map((sample) => sample.frames)
  found.push([
    worst(frames) > 0,
    `frames within one second: median ${median(frames)}, fewest ${worst(frames)}; elements of the page: ${median(warm.map(({ elements }) => elements))} in the median, at most ${Math.max(...warm.map(({ elements }) => elements))}`,
  ])
  return found
}
