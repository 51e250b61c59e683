import { describe, expect, test } from 'vitest'
import { loadPlant } from '../../../shared/settings/load-plant.ts'
import { plantErrorText } from '../../../shared/settings/read-yaml.ts'
import { covers, parseTopicFilter, withoutCovered } from '../../../shared/settings/topic-filter.ts'

const base = `site: { name: W, timeZone: Europe/Berlin }
broker: { url: 'mqtt://b' }
lines: [{ id: l1, name: One }]
topics:
`
const mistakes = (topics: string): string[] => {
  const loaded = loadPlant(base + topics)
  return 'errors' in loaded ? loaded.errors.map((error) => plantErrorText('f', error).slice(2)) : []
}

describe('mistakes in topics: have their place and what was expected', () => {
  test.each([
    [
      "  - { topic: 'a/+line/#/b', count: { good: '@' } }",
      /^5:14 topics\[0\]\.topic: expected an MQTT topic .*"#" only at the end/,
    ],
    ["  - { topic: 'a/x+', count: { good: '@' } }", /^5:14 topics\[0\]\.topic: expected an MQTT topic/],
    ["  - { topic: a, count: { good: '@' } }", /^5:14 topics\[0\]\.topic: which line is this about\?/],
    [
      '  - { topic: a/+line }',
      /^5:7 topics\[0\]\.topic: this says nothing yet: expected at least one of count/,
    ],
    [
      "  - { line: l1, count: { good: '@' } }",
      /^5:5 topics\[0\]\.topic: "topic" is missing: expected topic, preset or sparkplug/,
    ],
    [
      "  - { topic: a, line: l9, count: { good: '@' } }",
      /^5:23 topics\[0\]\.line: "l9" is not among the lines/,
    ],
    [
      "  - { topic: a/+line, lines: { x: l9 }, count: { good: '@' } }",
      /^5:35 topics\[0\]\.lines\.x: "l9" is not among/,
    ],
    [
      "  - { topic: a, line: l1, count: { good: 'a[?b==' } }",
      /^5:42 topics\[0\]\.count\.good: expected .*JMESPath.*Syntax error/,
    ],
    [
      "  - { topic: a, line: l1, count: { good: { from: '/a~' } } }",
      /^5:50 topics\[0\]\.count\.good\.from: expected .*"~" is written/,
    ],
    [
      '  - { topic: a, line: l1, count: { goood: /a } }',
      /5:36 topics\[0\]\.count\.goood: "goood" is not a known key: did you mean "good"/,
    ],
    [
      '  - { topic: a, line: l1, count: { good: { form: /a } } }',
      /"form" is not a known key: did you mean "from"/,
    ],
    ['  - { topic: a, line: l1, count: {} }', /at least one of good, scrap, all and lateScrap/],
    ['  - { topic: a, line: l1, count: { good: /a, all: /b } }', /either good or all/],
    [
      "  - { topic: a, line: l1, state: { from: '@', map: { 1: walking } } }",
      /topics\[0\]\.state\.map\.1: expected one of "running"/,
    ],
    [
      "  - { topic: a, line: l1, cell: '+cell', count: { good: '@' } }",
      /topics\[0\]\.cell: the topic has no segment "\+cell"/,
    ],
    ['  - { preset: umh-v9 }', /topics\[0\]\.preset: expected one of "umh-v0"/],
    [
      "  - { topic: a, line: l1, states: { 1: running }, state: '@' }",
      /topics\[0\]\.states: expected a preset beside it/,
    ],
    [
      "  - { sparkplug: 'G/+line', topic: b, count: { good: '@' } }",
      /topics\[0\]\.sparkplug: topic is given too/,
    ],
    [
      "  - { topic: a, line: l1, time: { from: /t, unit: h }, count: { good: '@' } }",
      /topics\[0\]\.time\.unit: expected one of "s", "ms"/,
    ],
    [
      "  - { topic: a, line: l1, when: 'a[', count: { good: '@' } }",
      /topics\[0\]\.when: expected "@" .*JMESPath expression \(Syntax error/,
    ],
  ])('%s', (topics, expected) => {
    const found = mistakes(`${topics}\n`)
    expect(found.join('\n')).toMatch(expected)
    // A misspelt key is also one that is missing.
    expect(found).toHaveLength(/not a known key/.test(String(expected)) ? 2 : 1)
  })

  test('right entries load, and load again from what they became', () => {
    const topics = `
  - { preset: packml, topic: x/+line, states: { '17': running } }
  - { topic: a/+line/+c, cell: +c, time: { from: /t, unit: s }, when: { /k: [1, x] }, count: { good: /n, scrap: { from: /s, kind: total } } }
  - { topic: b, line: l1, state: '@', product: /p, value: { key: { const: k }, value: /v } }
`
    const loaded = loadPlant(base + topics)
    if (!('plant' in loaded)) throw new Error(mistakes(topics).join('\n'))
    const again = loadPlant(JSON.stringify(loaded.plant))
    expect(again).toEqual(loaded)
  })
})

describe('topic filters', () => {
  test.each([
    ['a/+x/c', 'a/b/c', { x: 'b' }],
    ['a/+x/c', 'a/b/d', null],
    ['a/+x/#', 'a/b', { x: 'b' }],
    ['a/+x/#', 'a/b/c/d', { x: 'b' }],
    ['a/+x', 'a/b/c', null],
    ['#', '$SYS/x', null],
    ['+x/y', '$SYS/y', null],
    ['a/+', 'a/', {}],
  ])('%s, %s', (filter, topic, expected) => {
    expect(parseTopicFilter(filter).match(topic)).toEqual(expected)
  })

  test('one that another covers is left out', () => {
    expect(covers('a/#', 'a')).toBe(true)
    expect(covers('a/+', 'a/#')).toBe(false)
    expect(covers('+/b', 'a/b')).toBe(true)
    expect(withoutCovered(['a/b', 'a/+', 'a/b', 'c/#', 'c/d/+', 'x'])).toEqual(['a/+', 'c/#', 'x'])
  })
})
