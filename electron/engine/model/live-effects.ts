import type { LineModel } from '../../../shared/domain/line-model.ts'
import type { LiveSums } from '../../../shared/domain/kpis/live-sums.ts'
import { byCountKey } from './apply-effects.ts'
import type { Effect } from './effects.ts'

/** Tells the live sums of a line what a committed transaction changed. `model`: as it was before. */
export function applyToLiveSums(live: LiveSums, model: LineModel, effects: readonly Effect[]): void {
  const counted = new Map<string, Extract<Effect, { type: 'count' }>['bucket']>()
  for (const effect of effects) {
    if (effect.type === 'count') {
      const { bucket } = effect
      const key = `${bucket.startMs} ${bucket.product}`
      const before = counted.get(key) ?? bucketLike(model, bucket)
      counted.set(key, bucket)
      live.count(before, bucket)
    } else if (!leavesSums(effect, model)) live.touch()
  }
}

type Bucket = LineModel['facts']['counts'][number]

/** The minute as the model has it, found by halving. */
function bucketLike({ facts }: LineModel, bucket: Bucket): Bucket | null {
  const list = facts.counts
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byCountKey(list[middle]!, bucket) < 0) low = middle + 1
    else high = middle
  }
  const found = list[low]
  return found !== undefined && byCountKey(found, bucket) === 0 ? found : null
}

/** Arrivals, reported values, scrap reasons, and a piece more of what runs already: none of it changes a sum. */
function leavesSums(effect: Effect, { facts }: LineModel): boolean {
  switch (effect.type) {
    case 'seen':
    case 'total':
    case 'value':
    case 'scrap':
      return true
    case 'activity': {
      if (facts.states.length > 0) return true
      const last = facts.activity[facts.activity.length - 1]
      return (
        last !== undefined && last.startMs === effect.interval.startMs && last.endMs <= effect.interval.endMs
      )
    }
    case 'run': {
      const last = facts.products[facts.products.length - 1]
      return (
        last !== undefined &&
        last.seq === effect.run.seq &&
        last.firstGoodMs !== null &&
        last.firstGoodMs === effect.run.firstGoodMs
      )
    }
    default:
      return false
  }
}
