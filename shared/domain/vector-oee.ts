import { clip, lengthOf, unionOf } from './intervals.ts'
import { emptySums, kpiRatios, type KpiSums } from './kpi.ts'
import { dayMs, minuteMs } from './local-time.ts'
import type { VectorSolver } from './vector-sections.ts'
import {
  amountIn,
  asRatio,
  asTime,
  type Fields,
  known,
  timesOf,
  toFields,
  toList,
  totalIn,
} from './vector-inputs.ts'

/** Planned production time in ms, by clock times, as a number, or as shift less breaks. */
function plannedMs(fields: Fields): number {
  if (fields.planned !== undefined) {
    const { startMs, endMs } = timesOf(fields.planned, 'planned')
    return endMs - startMs - (fields.breaks_min === undefined ? 0 : totalIn(fields, 'breaks_min') * minuteMs)
  }
  const breaks = fields.breaks_min === undefined ? 0 : totalIn(fields, 'breaks_min')
  return known(amountIn(fields, 'planned_min'), amountIn(fields, 'shift_min') - breaks) * minuteMs
}

/** Stop time in ms: overlapping stops are unioned and cut to planned time. */
function stopMs(fields: Fields): number {
  if (fields.stops === undefined) return totalIn(fields, 'stop_min') * minuteMs
  const stops = toList(fields.stops, 'stops').map((stop, i) => timesOf(stop, `stops[${i}]`))
  if (fields.planned === undefined) return lengthOf(unionOf(stops))
  const planned = timesOf(fields.planned, 'planned')
  const cut = stops.flatMap(({ startMs, endMs }) =>
    [0, dayMs].map((laterMs) => clip({ startMs: startMs + laterMs, endMs: endMs + laterMs }, planned)),
  )
  return lengthOf(unionOf(cut.filter((stop) => stop !== null)))
}

type Pieces = { good: number; scrap: number; total: number; idealMs: number }

function piecesOf(fields: Fields): Pieces {
  const scrapped = known(amountIn(fields, 'reject'), amountIn(fields, 'scrap'))
  const total = known(amountIn(fields, 'total'), amountIn(fields, 'good') + scrapped)
  const good = known(amountIn(fields, 'good'), total - scrapped)
  if (good > total) throw new RangeError('there are more good pieces than pieces')
  if (good < 0) throw new RangeError('there are more rejects than pieces')
  return {
    good,
    scrap: known(scrapped, total - good),
    total,
    idealMs: amountIn(fields, 'ideal_cycle_s') * 1e3,
  }
}

const pieceFields = ['ideal_cycle_s', 'total', 'good', 'reject', 'scrap']

function sumsOf(fields: Fields): KpiSums {
  const planned = plannedMs(fields)
  const changeoverMs = fields.changeover_min === undefined ? 0 : totalIn(fields, 'changeover_min') * minuteMs
  const run = amountIn(fields, 'run_min') * minuteMs
  const stop = known(stopMs(fields), planned - run - changeoverMs)
  const runMs = known(run, planned - stop - changeoverMs)
  if (planned < 0) throw new RangeError('breaks are longer than the shift')
  if (runMs < 0 || stop < 0) throw new RangeError('run, stops and changeover are longer than planned time')
  const products =
    fields.products === undefined
      ? [piecesOf(fields)]
      : toList(fields.products, 'products').map((one, i) => piecesOf(toFields(one, `products[${i}]`)))
  const sum = (of: (pieces: Pieces) => number) => products.reduce((all, pieces) => all + of(pieces), 0)
  return {
    ...emptySums,
    plannedMs: planned,
    runMs,
    stopMs: stop,
    changeoverMs,
    good: sum((one) => one.good),
    scrap: sum((one) => one.scrap),
    rework: fields.rework === undefined ? 0 : amountIn(fields, 'rework'),
    total: sum((one) => one.total),
    idealTotalMs: sum((one) => one.idealMs * one.total),
    idealGoodMs: sum((one) => one.idealMs * one.good),
  }
}

function factor(fields: Fields, name: string): number {
  return known(amountIn(fields, name), amountIn(fields, `${name}_pct`) / 100)
}

const factors = ['availability', 'performance', 'quality']

/** OEE from times and pieces, from its factors, or from a mix of both. */
export const oeeSolver: VectorSolver = {
  needs: [],
  takes: [
    ...[
      'shift_min',
      'breaks_min',
      'planned_min',
      'planned',
      'stop_min',
      'stops',
      'changeover_min',
      'run_min',
    ],
    ...[...pieceFields, 'rework', 'products'],
    ...factors.flatMap((name) => [name, `${name}_pct`]),
  ],
  solve: (fields) => {
    const sums = sumsOf(fields)
    const ratios = kpiRatios(sums)
    const given = (name: 'availability' | 'performance' | 'quality') => {
      const value = factor(fields, name)
      return Number.isNaN(value) ? ratios[name] : value
    }
    const [availability, performance, quality] = [
      given('availability'),
      given('performance'),
      given('quality'),
    ]
    const mixed = factors.some((name) => !Number.isNaN(factor(fields, name)))
    const product =
      availability === null || performance === null || quality === null
        ? null
        : availability * performance * quality
    return {
      ...asTime('planned', sums.plannedMs),
      ...asTime('run', sums.runMs),
      ...asTime('stop', sums.stopMs),
      ...asTime('changeover', sums.changeoverMs),
      good: sums.good,
      scrap: sums.scrap,
      reject: sums.scrap,
      total: sums.total,
      ...asRatio('availability', availability),
      ...asRatio('performance', performance),
      ...asRatio('quality', quality),
      ...asRatio('quality_ratio', ratios.qualityRatio),
      ...asRatio('scrap_ratio', ratios.scrapRatio),
      ...asRatio('first_pass_yield', ratios.firstPassYield),
      ...asRatio('oee', mixed ? product : ratios.oee),
      throughput_per_h: ratios.throughputPerHour,
    }
  },
}

/**
 * Time lost against takt. What a cycle takes beyond takt is downtime when the cycle is longer than the stop threshold, else a
 * slow cycle; both are kept apart and add up to the time lost.
 */
export const lossSolver: VectorSolver = {
  needs: ['takt_s', 'cycles'],
  takes: ['stop_threshold_s'],
  solve: (fields) => {
    const takt = amountIn(fields, 'takt_s')
    const threshold = amountIn(fields, 'stop_threshold_s')
    let downtime = Number.isNaN(threshold) ? NaN : 0
    let slow = downtime
    let lost = 0
    toList(fields.cycles, 'cycles').forEach((value, i) => {
      const cycle = toFields(value, `cycles[${i}]`)
      const seconds = amountIn(cycle, 's')
      const over = Math.max(0, seconds - takt) * (cycle.n === undefined ? 1 : amountIn(cycle, 'n'))
      if (Number.isNaN(over)) throw numberMissing(i)
      lost += over
      if (seconds > threshold) downtime += over
      else slow += over
    })
    return {
      ...asTime('downtime', downtime * 1e3),
      ...asTime('slow_cycles', slow * 1e3),
      ...asTime('time_lost', lost * 1e3),
    }
  },
}

function numberMissing(index: number): Error {
  return new RangeError(`"cycles[${index}]" needs its seconds "s"`)
}
