import { describe, expect, it } from 'vitest'
import { addSums, emptySums, kpiRatios, kpiSums } from '../../../shared/domain/kpi.ts'
import { oeeLosses } from '../../../shared/domain/losses.ts'
import {
  at,
  between,
  calendarOf,
  count,
  factsOf,
  hour,
  minute,
  rulesOf,
  shiftPattern,
  states,
} from './line-facts.ts'

const breaks = [
  { name: 'Tea', start: '08:00', end: '08:15' },
  { name: 'Tea', start: '10:00', end: '10:15' },
  { name: 'Meal', start: '12:00', end: '12:30' },
]
const withBreaks = rulesOf({ calendar: calendarOf([shiftPattern({ breaks })]) })
const shift = between('06:00', '14:00')

describe('KPI sums', () => {
  it('recompute the published OEE worksheet from states and pieces', () => {
    const facts = factsOf({
      states: states('06:00 running', '09:00 stopped Jam', '09:47 running'),
      counts: [count('07:00', 18_848, 423)],
    })
    const sums = kpiSums(facts, withBreaks, shift, at('14:00'))
    expect(sums).toEqual({
      plannedMs: 420 * minute,
      runMs: 373 * minute,
      stopMs: 47 * minute,
      changeoverMs: 0,
      unknownMs: 0,
      good: 18_848,
      scrap: 423,
      rework: 0,
      total: 19_271,
      unplannedPieces: 0,
      idealTotalMs: 19_271_000,
      idealGoodMs: 18_848_000,
      stopCount: 1,
      microStopCount: 0,
    })
    const ratios = kpiRatios(sums)
    expect(ratios.availability).toBeCloseTo(0.8881, 4)
    expect(ratios.performance).toBeCloseTo(0.8611, 4)
    expect(ratios.quality).toBeCloseTo(0.978, 3)
    expect(ratios.oee).toBeCloseTo(0.7479, 4)
    expect(ratios.throughputPerHour).toBeCloseTo(18_848 / 7, 6)
    expect(oeeLosses(sums)).toEqual({
      stopMs: 47 * minute,
      changeoverMs: 0,
      unknownMs: 0,
      slowMs: 373 * minute - 19_271_000,
      scrapMs: 423_000,
      goodMs: 18_848_000,
    })
  })

  it('put every state into its class and cut breaks out of all of them', () => {
    const facts = factsOf({
      states: states(
        '06:30 running',
        '07:00 starved',
        '07:10 blocked',
        '07:20 idle',
        '07:30 maintenance',
        '07:40 off',
        '07:50 break',
        '08:20 changeover',
        '09:00 running',
      ),
      silences: [between('13:00', '13:30')],
    })
    const sums = kpiSums(facts, withBreaks, shift, at('14:00'))
    // 07:00-08:20 less the tea of 15 min; 08:20-09:00; 06:00-06:30 and the silence; the rest less 15 and 30 min.
    expect(sums.stopMs).toBe(65 * minute)
    expect(sums.changeoverMs).toBe(40 * minute)
    expect(sums.unknownMs).toBe(60 * minute)
    expect(sums.runMs).toBe((30 + 4 * 60 - 45 + 30) * minute)
    expect(sums.plannedMs).toBe(420 * minute)
    expect(sums.plannedMs).toBe(sums.runMs + sums.stopMs + sums.changeoverMs + sums.unknownMs)
  })

  it('end at asOf', () => {
    const facts = factsOf({
      states: states('06:00 running'),
      counts: [count('06:59', 10), count('07:00', 7)],
    })
    const sums = kpiSums(facts, withBreaks, shift, at('07:00'))
    expect([sums.plannedMs, sums.runMs, sums.good]).toEqual([hour, hour, 10])
    expect(kpiSums(facts, withBreaks, shift, at('06:00'))).toEqual(emptySums)
    expect(kpiSums(facts, withBreaks, shift, at('05:00'))).toEqual(emptySums)
  })

  it('count buckets from the minute of the start to the end', () => {
    const facts = factsOf({
      counts: [count('06:59', 1), count('07:00', 10), count('07:01', 100), count('07:02', 1000)],
    })
    const good = (start: string, end: string) =>
      kpiSums(facts, withBreaks, between(start, end), at('14:00')).good
    expect(good('07:00', '07:02')).toBe(110)
    expect(good('07:00:30', '07:01:30')).toBe(110)
    expect(good('07:01', '07:01:01')).toBe(100)
  })

  it('count pieces of a break and of unplanned time, marked', () => {
    const counts = [count('05:00', 3), count('07:59', 5), count('08:05', 7, 2), count('08:15', 11)]
    const sums = kpiSums(factsOf({ counts }), withBreaks, between('04:00', '14:00'), at('14:00'))
    expect([sums.good, sums.scrap, sums.total, sums.unplannedPieces]).toEqual([26, 2, 28, 12])
  })

  it('have no run time outside planned time, and no ratio without it', () => {
    const facts = factsOf({ states: states('02:00 running'), counts: [count('03:00', 100)] })
    const sums = kpiSums(facts, withBreaks, between('03:00', '04:00'), at('14:00'))
    expect([sums.plannedMs, sums.runMs, sums.good, sums.unplannedPieces]).toEqual([0, 0, 100, 100])
    const ratios = kpiRatios(sums)
    expect([ratios.availability, ratios.performance, ratios.oee, ratios.throughputPerHour]).toEqual(
      Array(4).fill(null),
    )
    expect(ratios.qualityRatio).toBe(1)
    expect(oeeLosses(sums)).toBeNull()
    expect(Object.values(kpiRatios(emptySums))).toEqual(Array(8).fill(null))
  })

  it('have no performance, quality and OEE as soon as one counted piece has no ideal cycle time', () => {
    const noIdeal = { product: 'c', idealTotalMs: null, idealGoodMs: null }
    const nothing = count('07:01', 0, 0, noIdeal)
    const facts = (...counts: ReturnType<typeof count>[]) =>
      factsOf({ states: states('06:00 running'), counts })
    const known = kpiSums(facts(count('07:00', 100), nothing), withBreaks, shift, at('14:00'))
    expect(known.idealTotalMs).toBe(100_000)
    const sums = kpiSums(
      facts(count('07:00', 100), count('07:01', 1, 0, noIdeal)),
      withBreaks,
      shift,
      at('14:00'),
    )
    const ratios = kpiRatios(sums)
    expect([ratios.performance, ratios.quality, ratios.oee]).toEqual([null, null, null])
    expect([ratios.availability, ratios.qualityRatio]).toEqual([1, 1])
    expect(oeeLosses(sums)).toBeNull()
    expect(addSums(known, sums).idealGoodMs).toBeNull()
  })

  it('weight quality by ideal cycle time when products mix, and keep the ratio in pieces apart', () => {
    const slow = { product: 'b', idealTotalMs: 200_000, idealGoodMs: 100_000 }
    const counts = [count('07:00', 900, 0), count('07:30', 50, 50, slow)]
    const sums = kpiSums(factsOf({ states: states('06:00 running'), counts }), withBreaks, shift, at('14:00'))
    const ratios = kpiRatios(sums)
    expect(ratios.qualityRatio).toBe(0.95)
    expect(ratios.quality).toBeCloseTo(1_000 / 1_100, 12)
    expect(ratios.oee).toBeCloseTo(ratios.availability! * ratios.performance! * ratios.quality!, 12)
  })

  it('never cap a performance above 1, and say so in the losses', () => {
    const facts = factsOf({ states: states('06:00 running'), counts: [count('06:30', 5_000)] })
    const sums = kpiSums(facts, rulesOf(), between('06:00', '07:00'), at('14:00'))
    expect(kpiRatios(sums).performance).toBeCloseTo(5_000 / 3_600, 12)
    expect(kpiRatios(sums).oee).toBeCloseTo(5_000 / 3_600, 12)
    expect(oeeLosses(sums)!.slowMs).toBe(3_600_000 - 5_000_000)
  })

  it('give first-pass yield without the reworked pieces', () => {
    const facts = factsOf({ counts: [count('07:00', 1_165, 35, { rework: 75 })] })
    const ratios = kpiRatios(kpiSums(facts, rulesOf(), shift, at('14:00')))
    expect(ratios.firstPassYield).toBeCloseTo(1_090 / 1_200, 12)
    expect(ratios.scrapRatio).toBeCloseTo(35 / 1_200, 12)
  })

  it('add up over windows: ratios of sums, not means of ratios', () => {
    const facts = factsOf({
      states: states('06:00 running', '07:30 stopped', '09:00 running'),
      counts: [count('06:30', 3_000, 100), count('10:00', 500, 50)],
    })
    const [first, second, whole] = [between('06:00', '08:00'), between('08:00', '14:00'), shift].map(
      (window) => kpiSums(facts, withBreaks, window, at('14:00')),
    )
    const added = addSums(first!, second!)
    expect(added).toEqual(whole)
    expect(added.stopCount).toBe(1)
    expect(kpiRatios(addSums(first!, second!)).oee).toBe(kpiRatios(whole!).oee)
    expect(addSums(emptySums, whole!)).toEqual(whole)
  })
})
