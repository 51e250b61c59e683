import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePrinted, PrintedNumber } from '../../../shared/domain/printed-number.ts'
import { checkVectors, VectorFileError } from '../../../shared/domain/vectors.ts'

const here = join(import.meta.dirname, 'published-examples.json')
/** The complete collection lies beside the checkout where there is one. */
const beside = join(import.meta.dirname, '../../../../shared/vectors/published.json')
const files = [here, ...(existsSync(beside) ? [beside] : [])]

type In = Record<string, unknown>
/** One vector without id; `out` as JSON text, so that its digits count. */
function check(section: string, input: In, out: string) {
  const report = checkVectors(`{"${section}": [{"in": ${JSON.stringify(input)}, "out": ${out}}]}`)
  return report.outcomes.map(({ field, status, message }) => `${field} ${status}${message && `: ${message}`}`)
}
const passes = (section: string, input: In, out: string) => {
  for (const line of check(section, input, out)) expect(line).toMatch(/^\w+ pass$/)
}

describe('published examples', () => {
  it.each(files)('pass to half of the last printed digit: %s', (file) => {
    const report = checkVectors(readFileSync(file, 'utf8'))
    expect(report.outcomes.filter((one) => one.status !== 'pass')).toEqual([])
    expect(report.passed).toBeGreaterThanOrEqual(28)
  })

  it.each(files)('do not depend on ids, order or remarks: %s', (file) => {
    const parsed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { in: In; out: In }[]>
    const bare = Object.entries(parsed)
      .filter(([, list]) => Array.isArray(list))
      .map(([section, list]) => [section, [...list].reverse().map((one) => ({ in: one.in, out: one.out }))])
    const report = checkVectors(Object.fromEntries(bare))
    expect([report.failed, report.unknown]).toEqual([0, 0])
    expect(report.outcomes[0]!.id).toBe('#1')
  })

  it.each(files)('fail one by one when the last digit of a printed number is changed by two: %s', (file) => {
    const outs = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { id: string; in: In; out: In }[]>
    let changed = 0
    for (const [section, list] of Object.entries(outs)) {
      if (!Array.isArray(list)) continue
      for (const vector of list) {
        for (const [field, value] of Object.entries(vector.out)) {
          if (typeof value !== 'number') continue
          const step = 2 * new PrintedNumber(String(value)).halfDigit
          for (const other of [value + 2 * step, value - 2 * step]) {
            const wrong = other.toFixed(Math.max(0, -Math.round(Math.log10(step))))
            const text = `{"${section}": [{"in": ${JSON.stringify(vector.in)}, "out": {"${field}": ${wrong}}}]}`
            const { outcomes } = checkVectors(text)
            expect([vector.id, field, wrong, outcomes[0]!.status]).toEqual([vector.id, field, wrong, 'fail'])
            changed++
          }
        }
      }
    }
    expect(changed).toBeGreaterThan(30)
  })
})

describe('other field combinations', () => {
  it('OEE from run time, from good and rejected pieces, from percent factors, from a mix', () => {
    passes(
      'oee',
      { planned_min: 420, run_min: 373, ideal_cycle_s: 1, good: 18848, reject: 423 },
      '{"oee_pct": 74.79, "stop_min": 47, "total": 19271}',
    )
    passes(
      'oee',
      { shift_min: 480, breaks_min: 60, stop_min: [20, 27] },
      '{"availability": 0.8881, "run_h": 6.217}',
    )
    passes(
      'oee',
      { availability_pct: 90, performance_pct: 95, quality_pct: 99 },
      '{"oee_pct": 84.6, "oee": 0.846}',
    )
    passes(
      'oee',
      { planned_min: 400, run_min: 360, performance: 0.95, quality: 0.99 },
      '{"oee": 0.846, "availability": 0.9}',
    )
    passes(
      'oee',
      { planned_min: 400, changeover_min: 30, stop_min: 10 },
      '{"run_min": 360, "changeover_h": 0.5}',
    )
    passes(
      'oee',
      { ideal_cycle_s: 1, total: 100, good: 90 },
      '{"quality_pct": 90, "reject": 10, "scrap_ratio_pct": 10.0}',
    )
  })

  it('OEE of several products is weighted by their cycles', () => {
    const products = [
      { ideal_cycle_s: 1, total: 900, good: 900 },
      { ideal_cycle_s: 2, total: 100, reject: 50 },
    ]
    passes(
      'oee',
      { planned_min: 30, run_min: 20, products },
      '{"quality": 0.90909, "quality_ratio": 0.95, "oee": 0.5556}',
    )
  })

  it('performance above 1 is shown, no planned time is null', () => {
    passes(
      'oee',
      { planned_min: 10, run_min: 10, ideal_cycle_s: 1, total: 900, good: 900 },
      '{"performance_pct": 150, "oee_pct": 150}',
    )
    passes(
      'oee',
      { planned_min: 0, run_min: 0, ideal_cycle_s: 1, total: 0, good: 0 },
      '{"availability": null, "performance": null, "quality": null, "oee_pct": null}',
    )
  })

  it('stops are unioned, cut to planned time, over midnight too', () => {
    passes(
      'oee',
      {
        planned: ['00:00', '24:00'],
        stops: [
          ['00:00', '15:00'],
          ['00:10', '14:00'],
        ],
      },
      '{"stop_h": 15, "availability": 0.375}',
    )
    passes(
      'oee',
      {
        planned: ['22:00', '06:00'],
        stops: [
          ['21:00', '23:00'],
          ['01:00', '02:00'],
          ['23:30', '00:30'],
        ],
      },
      '{"stop_min": 180, "planned_h": 8}',
    )
    passes('oee', { planned: ['06:00', '14:00'], stops: [['07:00', '07:00']] }, '{"stop_min": 0}')
    passes('oee', { planned: ['06:00', '14:00'], stops: [] }, '{"availability_pct": 100}')
  })

  it('time lost with a cycle at the threshold, and without a threshold', () => {
    const cycles = [
      { n: 10, s: 30 },
      { n: 10, s: 24 },
      { n: 5, s: 18 },
    ]
    passes(
      'oee',
      { takt_s: 20, stop_threshold_s: 24, cycles },
      '{"downtime_s": 100, "slow_cycles_s": 40, "time_lost_min": 2.33}',
    )
    expect(check('oee', { takt_s: 20, cycles }, '{"time_lost_s": 140, "downtime_s": 100}')).toEqual([
      'time_lost_s pass',
      'downtime_s unknown: cannot be computed from this input',
    ])
  })

  it('takt of one shift without breaks, hour targets that change', () => {
    passes('pace', { shift_min: 480, demand: 960 }, '{"takt_s": 30, "takt_min": 0.5, "planned_h": 8}')
    passes('pace', { planned_min: 410, shifts: 2, demand: 80 }, '{"takt_min": 10.25}')
    passes(
      'pace',
      { target_per_h: [8, 4, 8], actual: [9, 4, 6] },
      '{"variance": [1, 0, -2], "cumulative": [1, 1, -1], "made": 19, "gap": -1}',
    )
  })

  it('key results in both directions, with and without a current value', () => {
    passes(
      'key_results',
      { baseline: 45, target: 20, current: 30, elapsed_fraction: 0.75 },
      '{"progress": 0.6, "expected": 0.75, "gap": -0.15, "status": "Behind", "should_be": 26, "worse_than_start": false}',
    )
    passes(
      'key_results',
      { baseline: 20, target: 45, current: 50 },
      '{"progress": 1.0, "worse_than_start": false}',
    )
    passes('key_results', { baseline: -4, target: -8, current: -5 }, '{"progress": 0.25}')
    passes('key_results', { baseline: 5, target: 5, current: 7 }, '{"error": "refused"}')
    passes(
      'key_results',
      { baseline: 45, target: 20, elapsed_fraction: 0.5 },
      '{"should_be": 32.5, "expected": 0.5}',
    )
    expect(
      check(
        'key_results',
        { baseline: 45, target: 20 },
        '{"progress": 0.5, "worse_than_start": false, "status": "Behind"}',
      ),
    ).toEqual([
      'progress unknown: cannot be computed from this input',
      'worse_than_start unknown: cannot be computed from this input',
      'status unknown: cannot be computed from this input',
    ])
    const krs = [
      { baseline: 850, target: 1100, current: 975 },
      { baseline: 45, target: 20, current: 50 },
      0.7,
    ]
    passes('key_results', { key_results: krs }, '{"objective": 0.4}')
  })

  it('status words at the very borders of their bands', () => {
    const status = (elapsed: number, progress: number) =>
      check('key_results', { elapsed_fraction: elapsed, progress }, '{"status": "Behind"}')[0]
    expect(status(0.2, 0.15)).toContain('computed "On pace"')
    expect(status(0.3, 0.1)).toBe('status pass')
    expect(status(0.301, 0.1)).toContain('computed "Off pace"')
  })

  it('yields and text heights', () => {
    passes(
      'yield',
      { units: 1200, rework: 75, scrap: 35 },
      '{"fpy_pct": 90.83, "first_time_good": 1090, "quality_ratio": 0.9708}',
    )
    passes('yield', { yields: [0.98, 0.97, 0.99, 0.96] }, '{"rty_pct": 90.35, "rty": 0.9035}')
    passes('legibility', { distance_m: 10 }, '{"height_mm": 58.2}')
    passes('legibility', { distance_m: 5, arcmin: 16, screen_in: 55, vertical_px: 2160 }, '{"height_px": 73}')
  })
})

describe('what cannot be computed', () => {
  it('is named: sections, vectors, input and output fields', () => {
    expect(check('oeee', { availability: 1 }, '{"oee": 1}')).toEqual(['null unknown: unknown section "oeee"'])
    expect(check('constructor', {}, '{"a": 1}')).toEqual(['null unknown: unknown section "constructor"'])
    expect(check('oee', { availability: 0.9, mood: 3 }, '{"oee": 1}')).toEqual([
      'oee unknown: cannot compute from "mood"',
    ])
    expect(check('oee', { availability: 0.9, quality: 0.9 }, '{"oee": 0.81}')[0]).toMatch(/^oee unknown/)
    expect(check('oee', { shift_min: 480 }, '{"teep_pct": 50, "toString": 1}')).toEqual([
      'teep_pct unknown: cannot be computed from this input',
      'toString unknown: cannot be computed from this input',
    ])
    expect(check('spc', { y: [1, 2] }, '{"mean": 1.5}')).toEqual(['mean unknown: cannot compute from "y"'])
    expect(check('pace', {}, '{"takt_min": 1}')).toEqual(['takt_min unknown: it has no input'])
    expect(check('pace', { demand: 3 }, '{}')).toEqual(['null unknown: it has no output to compare'])
  })

  it('counts passes, failures and unknowns apart', () => {
    const report = checkVectors({
      oee: [
        {
          id: 'A',
          in: { availability: 0.9, performance: 0.9, quality: 0.9 },
          out: { oee_pct: 72.9, oee: 0.8, x: 1 },
        },
      ],
    })
    expect([report.passed, report.failed, report.unknown]).toEqual([1, 1, 1])
    expect(report.outcomes[1]).toEqual({
      section: 'oee',
      id: 'A',
      field: 'oee',
      status: 'fail',
      message: 'expected 0.8, computed 0.729',
      published: '0.8',
      computed: '0.729',
    })
  })
})

describe('malformed input', () => {
  it.each([
    ['no JSON', '{"oee": [', 'the vector file is not JSON'],
    ['a list', '[]', 'must be a JSON object'],
    ['nothing', '{}', 'holds no vector'],
    ['only remarks', '{"about": "x", "oee": []}', 'holds no vector'],
    ['a section that is no list', '{"oee": {"in": {}}}', '"oee" must be a list'],
    ['a vector that is no object', '{"oee": [5]}', 'oee[0] must be an object'],
    ['a vector without out', '{"oee": [{"in": {}, "out": {}}, {"in": {}}]}', 'oee[1] needs an object "out"'],
    ['in as a list', '{"oee": [{"in": [], "out": {}}]}', 'oee[0] needs an object "in"'],
  ])('%s is refused in one sentence', (_name, text, message) => {
    expect(() => checkVectors(text)).toThrow(VectorFileError)
    expect(() => checkVectors(text)).toThrow(message)
  })

  it.each([
    ['oee', { shift_min: '480', stop_min: 10 }, '"shift_min" must be a number'],
    ['oee', { planned: ['06:00'], stops: [] }, '"planned" must be a pair of times'],
    ['oee', { planned: ['06:00', '25:00'], stops: [] }, '"planned": "25:00" is not a local time'],
    ['oee', { planned: ['06:00', '14:00'], stops: 5 }, '"stops" must be a list'],
    ['oee', { takt_s: 20, cycles: [{ n: 3 }] }, 'refused: "cycles[0]" needs its seconds'],
    [
      'oee',
      { planned_min: 100, stop_min: 120 },
      'refused: run, stops and changeover are longer than planned time',
    ],
    ['oee', { ideal_cycle_s: 1, total: 10, reject: 11 }, 'refused: there are more rejects than pieces'],
    ['oee', { planned_min: -5, run_min: 1 }, 'refused: "planned_min" must not be negative'],
    ['pace', { target_per_h: [1, 2], actual: [1] }, 'refused: each hour needs its own target'],
    ['pace', { shift_min: 480, demand: 0 }, 'refused: without demand there is no takt time'],
    ['spc', { x: [1, 'two'] }, '"x[1]" must be a number'],
    ['spc', { x: [1] }, 'refused: a moving range needs at least 2 points'],
    ['forecast', { y: [1, 2], alpha: 2 }, 'refused: alpha must be above 0 and at most 1, not 2'],
    ['key_results', { baseline: 5, target: null }, '"target" must be a number'],
    ['legibility', { distance_m: 0 }, 'refused: the distance must be a number above zero, not 0'],
  ])('%s %j fails and says why', (section, input, message) => {
    expect(check(section, input, '{"answer": 42}')[0]).toContain(`answer fail: ${message}`)
  })

  it('is not taken for a refusal that was expected', () => {
    expect(check('key_results', { baseline: 'x', target: 5 }, '{"error": "refused"}')).toEqual([
      'error fail: "baseline" must be a number',
    ])
    expect(check('key_results', { baseline: 4, target: 5 }, '{"error": "refused"}')[0]).toContain(
      'but was computed',
    )
  })
})

describe('printed numbers', () => {
  it('know half of their last digit', () => {
    const half = (text: string) => new PrintedNumber(text).halfDigit
    expect([half('74.79'), half('19.0'), half('92'), half('-0.08'), half('1e3'), half('1.5e-3')]).toEqual([
      0.005, 0.05, 0.5, 0.005, 500, 0.00005,
    ])
  })

  it('keep their digits out of text, and only there', () => {
    passes('forecast', { y: [71, 70, 69, 68, 64, 65, 72, 78, 75, 75, 75, 70], alpha: 0.1 }, '{"mse": 19.0}')
    expect(check('key_results', { baseline: 0, target: 10, current: 1 }, '{"progress": 0.0}')[0]).toBe(
      'progress fail: expected 0.0, computed 0.1',
    )
    expect(parsePrinted('{"a \\" 1.50": "2.50 \\\\", "b": [1.50, -2e3, null]}')).toEqual({
      'a " 1.50': '2.50 \\',
      b: [new PrintedNumber('1.50'), new PrintedNumber('-2e3'), null],
    })
    expect(() => parsePrinted('{"a": 01}')).toThrow(SyntaxError)
  })

  it('take the rounding of any number to any digits, half up or half down', () => {
    const decimals = fc.integer({ min: 0, max: 6 })
    fc.assert(
      fc.property(fc.integer({ min: -1e8, max: 1e8 }), decimals, decimals, (digits, more, shown) => {
        const exact = digits / 10 ** more
        expect(new PrintedNumber(exact.toFixed(shown)).accepts(exact)).toBe(true)
        const step = 10 ** -shown
        expect(new PrintedNumber((exact + 1.6 * step).toFixed(shown)).accepts(exact)).toBe(false)
      }),
    )
  })
})
