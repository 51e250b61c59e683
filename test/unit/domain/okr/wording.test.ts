import { describe, expect, it } from 'vitest'
import { hasFigure, wordingOf, type Wording } from '../../../../shared/domain/okr/wording.ts'

const verdicts: readonly [string, Wording][] = [
  ['Maintain 95 % on-time delivery', 'business as usual'],
  ['Maintaining scrap below 2 %', 'business as usual'],
  ['Keep OEE above 70 %', 'business as usual'],
  ['On-time delivery stays above 95 %', 'business as usual'],
  ['95 % Liefertreue halten', 'business as usual'],
  ['Reduce order fulfilment cycle time from 8 days to 4 days', 'result'],
  ['Implement a quality protocol that catches 98 % of defects before shipping', 'result'],
  ['Implement a quality protocol', 'task'],
  ['Train 12 people on the rinser', 'task'],
  ['Train 12 people to reduce set-up scrap to 40 pieces', 'result'],
  ['Hold 4 workshops', 'task'],
  ['Introduce SMED, cutting changeover to 20 min', 'result'],
  ['Rüstzeit von 45 auf 20 Minuten senken', 'result'],
  ['Schulen von 12 Bedienern', 'task'],
  ['Increase first-pass yield to 96 %', 'result'],
  ['Halve the changeover time', 'result'],
  ['Keeper replaced on 12 machines', 'result'],
  ['Holding time from 12 min to 4 min', 'result'],
  ['Better teamwork', 'no number'],
]

describe('the wording of a key result', () => {
  it.each(verdicts)('%s: %s', (sentence, verdict) => {
    expect(wordingOf(sentence)).toBe(verdict)
  })
})

describe('a figure in the title of an objective', () => {
  it.each(['Raise OEE to 85 %', '20 minutes changeover', 'Cut scrap by 1.5 points'])(
    '%s has one',
    (title) => {
      expect(hasFigure(title)).toBe(true)
    },
  )

  it.each([
    'Line 3 runs without surprises',
    'A calm Q4 2026',
    'Win 5S back',
    'Ready for ISO 9001',
    'Linie 12 läuft',
  ])('%s has none', (title) => {
    expect(hasFigure(title)).toBe(false)
  })
})
