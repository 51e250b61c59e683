/**
 * How the rule set of the gap list does on first-pass yield of 94 % with daily noise of sigma 0.8: how often it signals within 80
 * days although nothing drifts, and how many working days before the first red day (below 88) it signals when the yield falls to
 * 87 in 60 days. Beside it the four Western Electric rules of the charts over the same series. Arguments: series (default 4000).
 */
import { driftOf, naturalLimits, referenceOf } from '../../shared/domain/gaps/drift.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import { westernElectric } from '../../shared/domain/western-electric.ts'
import { dailyPoints, storyDays, yieldStory } from '../helpers/yield-story.ts'

const series = Number(process.argv[2] ?? 4_000)
const { before } = storyDays
const definedMs = (before - 1) * dayMs
const rules = {
  'gap list (EWMA)': (values: readonly number[]) => {
    const points = dailyPoints(values)
    const reference = referenceOf(points, definedMs)!
    for (let day = before; day < points.length; day++) {
      if (driftOf(points.slice(0, day + 1), reference)) return day - before + 1
    }
    return null
  },
  'Western Electric': (values: readonly number[]) => {
    const limits = naturalLimits(referenceOf(dailyPoints(values), definedMs)!)
    const first = westernElectric(values.slice(before), limits)[0]
    return first === undefined ? null : first.index + 1
  },
}
for (const [name, signal] of Object.entries(rules)) {
  let alarms = 0
  const leads: number[] = []
  for (let seed = 1; seed <= series; seed++) {
    if (signal(yieldStory(seed, false)) !== null) alarms++
    const values = yieldStory(seed, true)
    const red = values.slice(before).findIndex((value) => value < 88) + 1
    leads.push(red - (signal(values) ?? Infinity))
  }
  leads.sort((a, b) => a - b)
  const at = (share: number) => leads[Math.floor(share * (series - 1))]
  const rate = ((100 * alarms) / series).toFixed(1)
  console.log(
    `${name}: ${rate} % of ${series} series signal without a drift; with one ${at(0)} / ${at(0.01)} / ${at(0.5)} days before red (least, 1 of 100, median)`,
  )
}
