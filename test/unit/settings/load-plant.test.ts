import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { loadPlant } from '../../../shared/settings/load-plant.ts'
import { plantErrorLimit, plantErrorText } from '../../../shared/settings/read-yaml.ts'
import { fiscalYearStart, plantSchema } from '../../../shared/settings/plant.ts'

const right = `site:
  name: Works
  timeZone: Europe/Berlin
broker:
  url: mqtt://broker:1883
lines:
  - id: l1
    name: Line 1
    products:
      - id: p1
        name: One
        idealCycleS: 2
    shifts:
      - { name: Early, start: '06:00', end: '14:00', breaks: [{ start: '09:00', end: '09:15' }] }
      - { name: Night, start: '22:00', end: '06:00' }
`

/** "line:column path: message" of every mistake. */
function mistakes(text: string): string[] {
  const loaded = loadPlant(text)
  return 'errors' in loaded ? loaded.errors.map((error) => plantErrorText('f', error).slice(2)) : []
}
const changed = (from: string, to: string) => {
  expect(right).toContain(from)
  return mistakes(right.replace(from, to))
}

test('a right file gives the plant with its defaults', () => {
  const loaded = loadPlant(right)
  if (!('plant' in loaded)) throw new Error(mistakes(right).join('\n'))
  expect(loaded.plant.lines[0]).toMatchObject({ unit: 'pieces', expectedIntervalS: 10, planFactor: 1 })
  expect(loaded.plant.display.distanceM).toBe(5)
  expect(loaded.plant.lines[0]?.shifts[1]?.days).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('the fiscal year begins on 1 January, or on the day that the file says', () => {
  const startOf = (text: string) => {
    const loaded = loadPlant(text)
    if (!('plant' in loaded)) throw new Error(mistakes(text).join('\n'))
    return fiscalYearStart(loaded.plant)
  }
  const with_ = (day: string) => right.replace('name: Works', `name: Works\n  fiscalYearStart: ${day}`)
  expect(startOf(right)).toEqual({ month: 1, day: 1 })
  // As it is usually written, without quotes: YAML takes it for a text.
  expect(['04-01', '12-28', "'04-06'"].map((day) => startOf(with_(day)))).toEqual([
    { month: 4, day: 1 },
    { month: 12, day: 28 },
    { month: 4, day: 6 },
  ])
})

test('JSON is read too', () => {
  expect(loadPlant(JSON.stringify(parse(right)))).toHaveProperty('plant')
})

describe('each mistake has its place, what was wrong and what was expected', () => {
  test.each([
    ['  name: Works\n', '', '2:3 site.name: "name" is missing: expected a text'],
    ['name: Works', 'name: 7', '2:9 site.name: expected a text, found 7'],
    ['name: Works', "name: ''", '2:9 site.name: expected at least 1 character, found ""'],
    [
      'Europe/Berlin',
      'Europe/Berln',
      '3:13 site.timeZone: expected an IANA time zone such as "Europe/Berlin", found "Europe/Berln"',
    ],
    [
      'Europe/Berlin',
      "Europe/Berlin\n  fiscalYearStart: '02-29'",
      '4:20 site.fiscalYearStart: expected month and day such as "04-01", the day from 01 to 28 so that every month has it, found "02-29"',
    ],
    [
      'Europe/Berlin',
      'Europe/Berlin\n  fiscalYearStart: 4',
      '4:20 site.fiscalYearStart: expected a text, found 4',
    ],
    [
      'mqtt://broker:1883',
      'broker',
      '5:8 broker.url: expected an address such as "mqtt://broker.plant.local:1883", found "broker"',
    ],
    [
      'mqtt://broker:1883',
      'mqtt://me:secret@broker',
      '5:8 broker.url: expected an address without user and password; use username with passwordEnv or passwordFile',
    ],
    [
      'idealCycleS: 2',
      'idealCycleS: 0',
      '12:22 lines[0].products[0].idealCycleS: expected at least 0.001, found 0',
    ],
    [
      'idealCycleS: 2',
      'idealCycle: 2',
      '12:9 lines[0].products[0].idealCycle: "idealCycle" is not a known key: did you mean "idealCycleS"?',
    ],
    [
      'name: Line 1',
      'name: Line 1\n    colour: red',
      /^9:5 lines\[0\]\.colour: "colour" is not a known key: expected one of id, name, /,
    ],
    [
      'name: Line 1',
      'name: Line 1\n    callAnswerS: { default: 300 }',
      '9:5 lines[0].callAnswerS: "callAnswerS" is no longer known: give each kind of help under "calls" its own "answerWithinS"',
    ],
    [
      "start: '06:00', end: '14:00'",
      "start: '6:00', end: '14:00'",
      '14:31 lines[0].shifts[0].start: expected a local time such as "06:00", found "6:00"',
    ],
    ['id: l1', 'id: l 1', '7:9 lines[0].id: expected letters, digits, "-" and "_", at most 40, found "l 1"'],
    [
      'name: Line 1',
      'name: Line 1\n    defaultProduct: p2',
      '9:21 lines[0].defaultProduct: "p2" is not among the products: expected one of p1',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    closedDates: ['2026-02-30']",
      '9:19 lines[0].closedDates[0]: expected a date that exists, found "2026-02-30"',
    ],
    [
      '        idealCycleS: 2\n',
      '      - { id: p1, name: Two }\n',
      '12:15 lines[0].products[1].id: the id "p1" is used twice: expected one of its own',
    ],
    [
      "name: Night, start: '22:00'",
      "name: Night, start: '13:00'",
      '15:31 lines[0].shifts[1].start: this shift overlaps shift "Early": expected shifts that follow each other',
    ],
    [
      "start: '22:00', end: '06:00'",
      "start: '22:00', end: '06:30'",
      '15:31 lines[0].shifts[1].start: this shift overlaps shift "Early": expected shifts that follow each other',
    ],
    [
      "start: '09:00', end: '09:15'",
      "start: '13:50', end: '14:10'",
      '14:72 lines[0].shifts[0].breaks[0].start: expected a break that lies inside its shift',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    exceptions: [{ date: '2026-02-30' }]",
      '9:26 lines[0].exceptions[0].date: expected a date that exists, found "2026-02-30"',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    extraShifts: [{ date: '2026-11-28', name: More, start: '12:00', end: '15:00' }]",
      '9:60 lines[0].extraShifts[0].start: this shift overlaps shift "Early": expected shifts that follow each other',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    longerShifts: [{ date: '2026-11-28', shift: Noon, end: '15:00' }]",
      '9:49 lines[0].longerShifts[0].shift: "Noon" does not start on 2026-11-28: expected one of Early, Night',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    longerShifts: [{ date: '2026-11-28', shift: Early, end: '13:00' }]",
      /^9:20 lines\[0\]\.longerShifts\[0\]: expected an earlier start or a later end than usual/,
    ],
    [
      'name: Line 1',
      "name: Line 1\n    longerShifts: [{ date: '2026-11-28', shift: Early, end: '23:00' }]",
      '9:28 lines[0].longerShifts[0].date: this shift overlaps shift "Night": expected shifts that follow each other',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    shiftChanges: [{ from: '2027-01-04', shifts: [{ name: Day, start: '05:00', end: '17:00' }] }]",
      '9:71 lines[0].shiftChanges[0].shifts[0].start: this shift overlaps shift "Night": expected shifts that follow each other',
    ],
    [
      'name: Line 1',
      "name: Line 1\n    plannedSlots: [{ name: A, start: '05:00', end: '06:00', date: '2026-11-28', days: [1] }]",
      '9:81 lines[0].plannedSlots[0].days: date is given too: expected a slot on one date, or on weekdays',
    ],
    [
      'idealCycleS: 2',
      "idealCycleS: 2\n        changes: [{ from: '2026-12-07 06:00', idealCycleS: 3 }]",
      /^13:27 lines\[0\]\.products\[0\]\.changes\[0\]\.from: expected a date, with or without a local time/,
    ],
    [
      'name: Line 1',
      'name: Line 1\n    cells: { rule: bottleneck, names: [a, b] }',
      '9:20 lines[0].cells.rule: "bottleneck" is missing: the rule bottleneck needs it',
    ],
    [
      'name: Line 1',
      'name: Line 1\n    cells: { rule: bottleneck, names: [a, b], bottleneck: c }',
      '9:59 lines[0].cells.bottleneck: "c" is not among the cells: expected one of a, b',
    ],
    [
      'name: Line 1',
      'name: Line 1\n    cells: { rule: minimumRunning, names: [a, b], minimum: 3 }',
      '9:60 lines[0].cells.minimum: expected at most 2, the number of cells',
    ],
    [
      'name: Line 1',
      'name: Line 1\n    cells: { minimum: 2 }',
      '9:14 lines[0].cells.minimum: only the rule minimumRunning knows "minimum"',
    ],
    [
      'lines:',
      'display: { line: l9 }\nlines:',
      '6:18 display.line: "l9" is not among the lines: expected one of l1',
    ],
  ])('%s -> %s', (from, to, expected) => {
    const found = changed(from, to)
    expect(found).toHaveLength(1)
    if (typeof expected === 'string') expect(found[0]).toBe(expected)
    else expect(found[0]).toMatch(expected)
  })
})

test('shifts of a rota may overlap on paper as long as they never do', () => {
  const rota = (crews: string) => `rota: { from: '2026-11-02', every: week, crews: [${crews}] }`
  const with12 = (crews: string) =>
    changed(
      'name: Line 1',
      `name: Line 1\n    shiftChanges:\n      - from: '2027-01-04'\n        shifts:\n` +
        `          - { name: Day, start: '06:00', end: '18:00', days: [1], ${rota('A, off')} }\n` +
        `          - { name: Middle, start: '10:00', end: '22:00', days: [1], ${rota(crews)} }`,
    )
  expect(with12('off, B')).toEqual([])
  expect(with12('B, B')).toHaveLength(1)
})

test('alpn is taken with mqtts only', () => {
  const found = (url: string) =>
    mistakes(right.replace(/url: .*/, `url: '${url}'\n  alpn: [mqtt]`)).filter((text) =>
      text.includes('alpn'),
    )
  expect(found('wss://broker.local/mqtt')).toEqual([expect.stringMatching(/offered with mqtts:\/\/ only/)])
  expect(found('mqtt://broker.local')).toHaveLength(1)
  expect(found('mqtts://broker.local')).toEqual([])
})

test('all mistakes are found at once, in the order of the text', () => {
  const found = mistakes(
    right
      .replace('Europe/Berlin', 'Nowhere')
      .replace('idealCycleS: 2', 'idealCycleS: fast')
      .replace("name: Night, start: '22:00'", "name: Early, start: '13:00'"),
  )
  expect(found.map((mistake) => mistake.split(' ')[1])).toEqual([
    'site.timeZone:',
    'lines[0].products[0].idealCycleS:',
    'lines[0].shifts[1].name:',
    'lines[0].shifts[1].start:',
  ])
})

test('shifts on other weekdays do not overlap; Sunday night runs into Monday', () => {
  const shifts = (first: string, second: string) =>
    right.replace(/ {6}- \{ name: Early[^]*/, `      - ${first}\n      - ${second}\n`)
  const saturday = "{ name: A, start: '06:00', end: '14:00', days: [6] }"
  expect(mistakes(shifts(saturday, "{ name: B, start: '10:00', end: '14:00', days: [7] }"))).toEqual([])
  const monday = "{ name: A, start: '05:00', end: '14:00', days: [1] }"
  expect(mistakes(shifts(monday, "{ name: B, start: '22:00', end: '06:00', days: [7] }"))[0]).toContain(
    'overlaps shift "A"',
  )
})

test('text that is not YAML, keys given twice, and no plant at all', () => {
  expect(mistakes('site:\n  name: "open\n')[0]).toMatch(/^[23]:\d+ This is not valid YAML: /)
  expect(mistakes(`${right}site: {}\n`)[0]).toMatch(/^16:1 This is not valid YAML: Map keys must be unique/)
  expect(mistakes('')[0]).toMatch(/^1:1 The file is empty: expected site, broker and lines/)
  expect(mistakes('- 1')[0]).toMatch(/^1:1 expected a group of keys, found a list/)
})

test('what is no plant file at all is one mistake: binary, two documents, aliases that multiply, depth', () => {
  expect(mistakes('\x7fELF\0\0: [')).toEqual(['1:1 This is not a text file: check the path'])
  expect(mistakes('a: 1\n---\nb: 2\n')[0]).toContain('expected one in a file')
  const rows = [...'bcdefghij'].map((name, index) => {
    const before = 'abcdefghij'[index]
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
  })
  expect(mistakes(`a: &a [x, x]\n${rows.join('\n')}\n`)).toEqual([
    '1:1 Aliases ("*name") multiply too much: expected plain text',
  ])
  const deep = mistakes(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)
  expect(deep).toEqual([
    '1:1 This is nested too deeply: expected site, broker and lines, as in assets/example/plant.yaml',
  ])
})

describe('text that would mislead or that the broker refuses', () => {
  const url = (address: string) => changed('url: mqtt://broker:1883', `url: '${address}'`)

  test('a password in the address is refused and never repeated', () => {
    for (const address of ['mqtt://us:secret@host', 'mqtt://us:se/secret@host', 'http://us:secret@host']) {
      const found = url(address)
      expect(found.length).toBeGreaterThan(0)
      expect(found.join()).not.toContain('secret')
    }
  })

  test('addresses without a host or with an impossible port', () => {
    for (const address of ['mqtt://', 'mqtt://host:99999', 'mqtt://:1883', 'mqtt://host:port']) {
      expect(url(address)).toHaveLength(1)
    }
    for (const address of ['mqtts://host', 'ws://host:9001/mqtt', 'mqtt://[::1]:1883']) {
      expect(url(address)).toEqual([])
    }
  })

  test.each(['#', 'plant/+', '/plant', 'plant/', '$SYS', 'a//b'])('prefix %s', (prefix) => {
    expect(changed('broker:\n', `broker:\n  prefix: '${prefix}'\n`)[0]).toContain('without "+" and "#"')
  })

  test.each(['"Line\\u202E3"', '"Line\\n3"', '"Line\\u00073"', '"  "'])('name %s', (name) => {
    expect(changed('name: Works', `name: ${name}`)).toHaveLength(1)
  })

  test('a locale that no language has, and sizes that no line has', () => {
    expect(changed('name: Works', 'name: Works\n  locale: xx_YY zz')[0]).toContain('a language tag')
    expect(changed('idealCycleS: 2', 'idealCycleS: 1e300')[0]).toContain('at most 86400')
  })
})

test('minutes are kept at least as long as raw readings', () => {
  const of = (retention: string) =>
    mistakes(`${right}\nretention: ${retention}\n`).map((text) => text.split(' ').slice(1))
  expect(of('{ rawDays: 500, minuteDays: 500 }')).toEqual([])
  const expected = 'retention.rawDays: minuteDays is 400: expected at most as many days'.split(' ')
  expect(of('{ rawDays: 500 }')).toEqual([expected])
  expect(of('{ rawDays: 500, minuteDays: 400 }')).toEqual([expected])
})

test('a file full of mistakes lists at most the bound', () => {
  const keys = Array.from({ length: 300 }, (_, index) => `key${index}: 1`).join('\n')
  expect(mistakes(`${right}${keys}\n`)).toHaveLength(plantErrorLimit)
})

describe('seed', () => {
  const seeded = (objectives: string) => mistakes(`${right}seed:\n  objectives:\n${objectives}`)
  const objective = (cycle: string, keyResult: string) =>
    `    - { id: o1, line: l1, title: T, cycle: ${cycle}, keyResults: [${keyResult}] }\n`
  const cycle = "{ name: Q4, start: '2026-10-01', end: '2026-12-31' }"

  test('a span of zero, a cycle that ends before it starts, an unknown line, ids twice', () => {
    expect(seeded(objective(cycle, '{ id: k, name: K, baseline: 5, target: 5 }'))[0]).toContain(
      'span of zero',
    )
    const backwards = "{ name: Q4, start: '2026-12-31', end: '2026-10-01' }"
    expect(seeded(objective(backwards, '{ id: k, name: K, baseline: 1, target: 5 }'))[0]).toContain(
      'a date after the start',
    )
    const keyResult = '{ id: k, name: K, baseline: 1, target: 5 }'
    expect(seeded(objective(cycle, `${keyResult}, ${keyResult}`))[0]).toContain('the id "k" is used twice')
    expect(seeded(objective(cycle, keyResult).replace('line: l1', 'line: l2'))[0]).toContain(
      'not among the lines',
    )
    expect(seeded(objective(cycle, keyResult))).toEqual([])
  })
})

describe('the files that come with Lineside', () => {
  const text = (name: string) =>
    readFileSync(join(import.meta.dirname, '../../../assets', name, 'plant.yaml'), 'utf8')

  test.each(['example', 'demo'])('%s is right', (name) => {
    expect(mistakes(text(name))).toEqual([])
  })

  test('the example explains every key that the schema knows', () => {
    const example = text('example')
    const missing = keysOf(plantSchema).filter(
      (key) => !new RegExp(`(^[\\s#-]*|[{,]\\s*)${key}:`, 'm').test(example),
    )
    expect(missing).toEqual([])
  })
})

function keysOf(schema: unknown): string[] {
  let inner = schema
  for (;;) {
    if (inner instanceof z.ZodPipe) inner = inner.out
    else if (
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodPrefault ||
      inner instanceof z.ZodOptional
    )
      inner = inner.unwrap()
    else break
  }
  if (inner instanceof z.ZodArray) return keysOf(inner.element)
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape).flatMap(([key, value]) => [key, ...keysOf(value)])
}
