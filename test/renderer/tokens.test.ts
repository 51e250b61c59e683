import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { contrast, distance, visions } from '../helpers/colour.ts'
import { tokensOf } from '../helpers/tokens.ts'

const css = readFileSync('renderer/styles/tokens.css', 'utf8')
const themes = { dark: tokensOf(css, 'dark'), light: tokensOf(css, 'light') }

/** Contrast of text 4.5, of large text and graphics 3; text that must be read at a distance has more. */
describe.each(Object.entries(themes))('%s theme', (name, t) => {
  test.each(['bg', 'panel', 'raised'] as const)('ink is readable on %s', (ground) => {
    expect(contrast(t.ink!, t[ground]!)).toBeGreaterThanOrEqual(12)
    expect(contrast(t.ink2!, t[ground]!)).toBeGreaterThanOrEqual(7)
    expect(contrast(t.ink3!, t[ground]!)).toBeGreaterThanOrEqual(4.5)
  })

  test('status shapes and neutral bars stand out from the ground', () => {
    for (const token of ['ok', 'warn', 'stop', 'plan', 'bar', 'axis', 'notch'] as const) {
      expect(contrast(t[token]!, t.bg!), token).toBeGreaterThanOrEqual(3)
      expect(contrast(t[token]!, t.panel!), token).toBeGreaterThanOrEqual(3)
    }
  })

  test('what is written on a fill is readable', () => {
    const pairs = [
      ['on-ok', 'ok-fill'],
      ['on-warn', 'warn-fill'],
      ['on-stop', 'stop-fill'],
      ['on-stop2', 'stop-fill'],
      ['on-stop', 'stop-deep'],
      ['on-plan', 'plan-fill'],
      ['on-bar', 'bar'],
    ] as const
    for (const [text, fill] of pairs)
      expect(contrast(t[text]!, t[fill]!), `${text} on ${fill}`).toBeGreaterThanOrEqual(4.3)
  })

  test('the neutral bar is told from its track, and amber from the ground, by itself or by its edge', () => {
    expect(contrast(t.bar!, t.track!)).toBeGreaterThanOrEqual(2.9)
    const amber = contrast(t['warn-fill']!, t.bg!)
    if (amber < 3) expect(contrast(t['warn-edge']!, t.bg!)).toBeGreaterThanOrEqual(3)
    expect(name === 'dark' ? amber : 3).toBeGreaterThanOrEqual(3)
  })

  test.each(visions)('status colours keep apart for %s', (vision) => {
    const sets = [
      ['ok', 'warn', 'stop', 'plan', 'ink3'],
      ['ok-fill', 'warn-fill', 'stop-fill', 'plan-fill', 'bar'],
    ]
    for (const set of sets) {
      set.forEach((a, index) => {
        for (const b of set.slice(index + 1)) {
          expect(distance(t[a]!, t[b]!, vision), `${a}/${b}`).toBeGreaterThanOrEqual(9)
        }
      })
    }
  })
})
