import { smoothed } from './forecast.ts'
import { checkSpan, keyResultProgress, objectiveProgress, paceWord } from './key-results.ts'
import { emptySums, kpiRatios } from './kpi.ts'
import { capHeightMm, screenHeightMm } from './legibility.ts'
import { minuteMs } from './local-time.ts'
import { individualsLimits } from './spc.ts'
import {
  amountIn,
  asRatio,
  asTime,
  type Fields,
  isFields,
  known,
  numberIn,
  numbersIn,
  toList,
  toNumber,
  totalIn,
} from './vector-inputs.ts'
import { lossSolver, oeeSolver } from './vector-oee.ts'

/**
 * One calculation of published examples: the input fields it must have, those it may have besides, and all output fields it
 * can compute. A NaN is not known and does not count as computed. Throws a RangeError for input that the product refuses and
 * a VectorInputError for input that is malformed.
 */
export type VectorSolver = {
  needs: readonly string[]
  takes: readonly string[]
  solve: (fields: Fields) => Record<string, unknown>
}

/** Takt time = planned production time / demand; `shifts` shifts of `shift_min` less their breaks. */
const taktSolver: VectorSolver = {
  needs: ['demand'],
  takes: ['shifts', 'shift_min', 'breaks_min', 'planned_min'],
  solve: (fields) => {
    const breaks = fields.breaks_min === undefined ? 0 : totalIn(fields, 'breaks_min')
    const shifts = fields.shifts === undefined ? 1 : amountIn(fields, 'shifts')
    const planned = known(amountIn(fields, 'planned_min'), amountIn(fields, 'shift_min') - breaks) * shifts
    const demand = amountIn(fields, 'demand')
    if (planned < 0) throw new RangeError('breaks are longer than the shift')
    if (demand === 0) throw new RangeError('without demand there is no takt time')
    return { ...asTime('planned', planned * minuteMs), ...asTime('takt', (planned * minuteMs) / demand) }
  },
}

/** Hour by hour: what was made less the plan of each hour, and the running sum of that. */
const hourSolver: VectorSolver = {
  needs: ['target_per_h', 'actual'],
  takes: [],
  solve: (fields) => {
    const actual = numbersIn(fields, 'actual')
    const perHour = Array.isArray(fields.target_per_h) ? numbersIn(fields, 'target_per_h') : null
    if (perHour && perHour.length !== actual.length) throw new RangeError('each hour needs its own target')
    const target = actual.map((_, i) => (perHour ? perHour[i]! : numberIn(fields, 'target_per_h')))
    const variance = actual.map((made, i) => made - target[i]!)
    let running = 0
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
    return {
      variance,
      cumulative: variance.map((gap) => (running += gap)),
      made: sum(actual),
      target: sum(target),
      gap: sum(variance),
    }
  },
}

const spcSolver: VectorSolver = {
  needs: ['x'],
  takes: [],
  solve: (fields) => {
    const { mean, mrBar, ucl, lcl } = individualsLimits(numbersIn(fields, 'x'))
    return { mean, mr_bar: mrBar, ucl, lcl }
  },
}

const smoothingSolver: VectorSolver = {
  needs: ['y', 'alpha'],
  takes: [],
  solve: (fields) => smoothed(numbersIn(fields, 'y'), numberIn(fields, 'alpha')),
}

/** First-pass yield = good without rework / total. */
const firstPassSolver: VectorSolver = {
  needs: ['units'],
  takes: ['first_time_good', 'rework', 'scrap'],
  solve: (fields) => {
    const units = amountIn(fields, 'units')
    const [rework, scrap] = [amountIn(fields, 'rework'), amountIn(fields, 'scrap')]
    const firstTime = known(amountIn(fields, 'first_time_good'), units - scrap - rework)
    const reworked = known(rework, units - scrap - firstTime)
    const scrapped = known(scrap, units - firstTime - rework)
    if (firstTime > units || firstTime < 0)
      throw new RangeError('good, rework and scrap do not fit into the units')
    const ratiosOf = (good: number, unyielded: number) =>
      kpiRatios({ ...emptySums, total: units, good, scrap: scrapped, rework: unyielded })
    return {
      first_time_good: firstTime,
      ...asRatio('fpy', ratiosOf(firstTime, 0).firstPassYield),
      ...asRatio('quality_ratio', ratiosOf(firstTime + reworked, reworked).qualityRatio),
      ...asRatio('scrap_ratio', ratiosOf(firstTime, 0).scrapRatio),
    }
  },
}

/** Rolled throughput yield: the product of the yields of all steps. */
function rolledSolver(name: string, per: number): VectorSolver {
  return {
    needs: [name],
    takes: [],
    solve: (fields) =>
      asRatio(
        'rty',
        numbersIn(fields, name).reduce((all, value) => all * (value / per), 1),
      ),
  }
}

function progressOf(value: unknown, name: string): number {
  if (!isFields(value)) return toNumber(value, name)
  const [baseline, target] = [
    toNumber(value.baseline, `${name}.baseline`),
    toNumber(value.target, `${name}.target`),
  ]
  const current = toNumber(value.current, `${name}.current`)
  return keyResultProgress({ baseline, target, value: current, expected: 0 }).progress
}

const objectiveSolver: VectorSolver = {
  needs: ['key_results'],
  takes: [],
  solve: (fields) => ({
    objective: objectiveProgress(
      toList(fields.key_results, 'key_results').map((one, i) => ({
        progress: progressOf(one, `key_results[${i}]`),
        weight: 1,
      })),
    ),
  }),
}

const keyResultSolver: VectorSolver = {
  needs: ['baseline', 'target'],
  takes: ['current', 'elapsed_fraction'],
  solve: (fields) => {
    const [baseline, target] = [numberIn(fields, 'baseline'), numberIn(fields, 'target')]
    checkSpan(baseline, target)
    const [value, expected] = [numberIn(fields, 'current'), numberIn(fields, 'elapsed_fraction')]
    const { progress, worseThanStart, gap, status, shouldBe } = keyResultProgress({
      baseline,
      target,
      value,
      expected,
    })
    return {
      progress,
      worse_than_start: Number.isNaN(value) ? NaN : worseThanStart,
      expected,
      gap,
      status: Number.isNaN(gap) ? NaN : status,
      should_be: shouldBe,
    }
  },
}

const paceSolver: VectorSolver = {
  needs: ['elapsed_fraction'],
  takes: ['progress'],
  solve: (fields) => {
    const expected = numberIn(fields, 'elapsed_fraction')
    const progress = numberIn(fields, 'progress')
    const gap = progress - expected
    return { expected, progress, gap, status: Number.isNaN(gap) ? NaN : paceWord(gap) }
  },
}

/** Height of critical text, 20 arcminutes unless said otherwise. */
const textHeightSolver: VectorSolver = {
  needs: ['distance_m'],
  takes: ['screen_in', 'vertical_px', 'arcmin'],
  solve: (fields) => {
    const heightMm = capHeightMm(
      numberIn(fields, 'distance_m'),
      fields.arcmin === undefined ? 20 : numberIn(fields, 'arcmin'),
    )
    const screenMm = fields.screen_in === undefined ? NaN : screenHeightMm(numberIn(fields, 'screen_in'))
    return { height_mm: heightMm, height_px: (heightMm / screenMm) * amountIn(fields, 'vertical_px') }
  },
}

/** What each section of a vector file can be computed by; the first whose fields fit does it. */
export const vectorSections: Readonly<Record<string, readonly VectorSolver[]>> = {
  oee: [lossSolver, oeeSolver],
  pace: [taktSolver, hourSolver],
  spc: [spcSolver],
  forecast: [smoothingSolver],
  yield: [firstPassSolver, rolledSolver('yields_pct', 100), rolledSolver('yields', 1)],
  key_results: [objectiveSolver, keyResultSolver, paceSolver],
  legibility: [textHeightSolver],
}
