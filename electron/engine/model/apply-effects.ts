import type { CountBucket, EpochMs, Interval, ScrapBucket } from '../../../shared/domain/facts.ts'
import type { LineModel } from '../../../shared/domain/line-model.ts'
import { byStart, byTime, factsSince } from '../../../db/facts-window.ts'
import { callsSince, replaceCall } from './calls.ts'
import type { Effect } from './effects.ts'
import { draftOf } from './sorted-list.ts'

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byStartMs = (a: Interval | { startMs: EpochMs }, b: Interval | { startMs: EpochMs }): number =>
  a.startMs - b.startMs

export const byCountKey = (a: CountBucket, b: CountBucket): number =>
  a.startMs - b.startMs || order(a.product, b.product)
export const byScrapKey = (a: ScrapBucket, b: ScrapBucket): number =>
  a.startMs - b.startMs || order(a.reason, b.reason) || order(a.detected, b.detected)

/** A line of which nothing is known. */
export function emptyModel(lineId: string, horizonMs: EpochMs): LineModel {
  const facts = {
    states: [],
    changeovers: [],
    products: [],
    stopReasons: [],
    stopEdits: [],
    activity: [],
    silences: [],
    counts: [],
    scraps: [],
  }
  return { lineId, horizonMs, facts, calls: [], lastSeen: {}, totals: {}, values: {} }
}

/** The model after the effects of one transaction, cut to `horizonMs` (never earlier than the model's). Pure. */
export function applyEffects(model: LineModel, effects: readonly Effect[], horizonMs: EpochMs): LineModel {
  const states = draftOf(model.facts.states, byTime)
  const changeovers = draftOf(model.facts.changeovers, byTime)
  const products = draftOf(model.facts.products, byTime)
  const stopReasons = draftOf(model.facts.stopReasons, byStart)
  const stopEdits = draftOf(model.facts.stopEdits, byStart)
  const activity = draftOf(model.facts.activity, byStartMs)
  const silences = draftOf(model.facts.silences, byStartMs)
  const counts = draftOf(model.facts.counts, byCountKey)
  const scraps = draftOf(model.facts.scraps, byScrapKey)
  let { calls, lastSeen, totals, values } = model

  for (const effect of effects) {
    switch (effect.type) {
      case 'state':
        states.put(effect.fact)
        break
      case 'changeover':
        changeovers.put(effect.fact)
        break
      case 'stopReason':
        stopReasons.put(effect.fact)
        break
      case 'stopEdit':
        stopEdits.put(effect.fact)
        break
      case 'run':
        products.put(effect.run)
        break
      case 'activity': {
        const { startMs, endMs } = effect.interval
        activity.removeWhere((interval) => interval.startMs >= startMs && interval.endMs <= endMs)
        activity.put(effect.interval)
        break
      }
      case 'silence': {
        const gone = effect.removeStartMs
        if (gone !== null) silences.removeWhere((silence) => silence.startMs === gone)
        for (const silence of effect.add) silences.put(silence)
        break
      }
      case 'count': {
        const { bucket } = effect
        if (bucket.startMs < horizonMs) break
        if (bucket.good === 0 && bucket.scrap === 0 && bucket.rework === 0) {
          counts.removeWhere((other) => byCountKey(other, bucket) === 0)
        } else counts.put(bucket)
        break
      }
      case 'scrap': {
        const { bucket } = effect
        if (bucket.startMs < horizonMs) break
        if (bucket.qty === 0) scraps.removeWhere((other) => byScrapKey(other, bucket) === 0)
        else scraps.put(bucket)
        break
      }
      case 'call':
        calls = replaceCall(calls, effect.call, effect.facts, horizonMs)
        break
      case 'seen':
        lastSeen = { ...lastSeen, [effect.kind]: effect.seen }
        break
      case 'total':
        totals = { ...totals, [effect.key]: effect.total }
        break
      case 'value':
        values = withNewest(values, effect)
        break
    }
  }
  const facts = {
    states: states.list(),
    changeovers: changeovers.list(),
    products: products.list(),
    stopReasons: stopReasons.list(),
    stopEdits: stopEdits.list(),
    activity: activity.list(),
    silences: silences.list(),
    counts: counts.list(),
    scraps: scraps.list(),
  }
  return {
    lineId: model.lineId,
    horizonMs,
    facts: factsSince(facts, horizonMs),
    calls: callsSince(calls, horizonMs),
    lastSeen,
    totals,
    values,
  }
}

/** The newest value of a key is kept; a late one only makes the object new. */
function withNewest(
  values: LineModel['values'],
  { key, value, unit, atMs }: Extract<Effect, { type: 'value' }>,
): LineModel['values'] {
  const known = Object.hasOwn(values, key) ? values[key] : undefined
  return { ...values, [key]: known && known.atMs > atMs ? known : { value, unit, atMs } }
}
