/**
 * Back-tests "crosses the limit in about k shifts" on generated series, judged by what their true level does: how often it
 * was right on drifts, how early it spoke, and how often it cried wolf on stable data, on single outliers and on steps back
 * and forth. Beside it, on the same series, the plain answer "the newest points' straight line goes on". Arguments: series per
 * kind (default 2000), seed.
 */
import { forecastCrossing, forecastHorizon, minForecastPoints } from '../../shared/domain/crossing.ts'
import { trendLine } from '../../shared/domain/holt.ts'
import { seededRandom } from '../helpers/random.ts'

const series = Number(process.argv[2] ?? 2_000)
const random = seededRandom(Number(process.argv[3] ?? 1))
const limit = 3

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

type Tally = {
  looks: number
  said: number
  about: number
  range: number
  spoke: number
  leads: number[]
  crossed: number
}
const fresh = (): Tally => ({ looks: 0, said: 0, about: 0, range: 0, spoke: 0, leads: [], crossed: 0 })

/** Looks at every point of one series; `levels` is the truth, in standard deviations of the noise. */
function judge(
  tally: Tally,
  levels: readonly number[],
  values: readonly number[],
  look: (seen: number[]) => { about: number; earliest: number; latest: number } | null,
): void {
  const crossing = levels.findIndex((level) => level >= limit)
  let first: number | null = null
  for (let now = minForecastPoints - 1; now < values.length - 1; now++) {
    if (crossing >= 0 && now >= crossing) break
    tally.looks++
    const said = look(values.slice(0, now + 1))
    if (!said) continue
    tally.said++
    first ??= now
    if (crossing < 0) continue
    const truly = crossing - now
    if (Math.abs(said.about - truly) <= Math.max(2, 0.35 * truly)) tally.about++
    if (truly >= said.earliest && truly <= said.latest) tally.range++
  }
  if (crossing < 0) {
    if (first !== null) tally.spoke++
    return
  }
  tally.crossed++
  if (first !== null) {
    tally.spoke++
    tally.leads.push(crossing - first)
  }
}

const ours = (seen: number[]) => {
  const found = forecastCrossing(seen, limit, 'above')
  return found.say === 'crosses' ? { ...found, latest: found.latest ?? Infinity } : null
}
/** What a spreadsheet would say. */
const plain = (seen: number[]) => {
  const newest = seen.slice(-20)
  const { start, slope } = trendLine(newest)
  const about = Math.round((limit - (start + slope * (newest.length - 1))) / slope)
  return slope > 0 && about >= 1 && about <= forecastHorizon
    ? { about, earliest: about, latest: about }
    : null
}

const kinds: Record<string, () => { levels: number[]; noise: number[] }> = {
  'drift 0.1 to 0.4 sigma a shift': () => {
    const quiet = 10 + Math.floor(random() * 20)
    const slope = 0.1 + 0.3 * random()
    const levels = Array.from(
      { length: quiet + Math.ceil(limit / slope) + 2 },
      (_, i) => Math.max(0, i - quiet) * slope,
    )
    return { levels, noise: levels.map(() => normal()) }
  },
  stable: () => ({ levels: Array<number>(60).fill(0), noise: Array.from({ length: 60 }, normal) }),
  'stable with outliers': () => ({
    levels: Array<number>(60).fill(0),
    noise: Array.from({ length: 60 }, () => normal() + (random() < 0.05 ? 4 : 0)),
  }),
  'a step of 1.5 sigma, then stable': () => ({
    levels: Array.from({ length: 60 }, (_, i) => (i < 25 ? 0 : 1.5)),
    noise: Array.from({ length: 60 }, normal),
  }),
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
const median = (list: number[]) => (list.length === 0 ? '-' : list.sort((a, b) => a - b)[list.length >> 1])
console.log(
  `${series} series each; limit ${limit} sigma above the mean; horizon ${forecastHorizon}, from ${minForecastPoints} points on`,
)
for (const [kind, make] of Object.entries(kinds)) {
  const tallies = { ours: fresh(), 'plain line': fresh() }
  for (let i = 0; i < series; i++) {
    const { levels, noise } = make()
    const values = levels.map((level, at) => level + noise[at]!)
    judge(tallies.ours, levels, values, ours)
    judge(tallies['plain line'], levels, values, plain)
  }
  console.log(`\n${kind}`)
  for (const [name, tally] of Object.entries(tallies)) {
    const drift = tally.crossed > 0
    console.log(
      drift
        ? `  ${name.padEnd(11)} said k in ${percent(tally.spoke, tally.crossed)} of the drifts before they crossed, first ${median(tally.leads)} shifts ahead (median); ` +
            `k right within 2 shifts or 35 %: ${percent(tally.about, tally.said)}; crossing inside the said range: ${percent(tally.range, tally.said)}`
        : `  ${name.padEnd(11)} cried wolf in ${percent(tally.said, tally.looks)} of the looks, ${percent(tally.spoke, series)} of the series of 60 shifts at least once`,
    )
  }
}
