import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadPlant } from '../../../shared/settings/load-plant.ts'
import { seedHints } from '../../../shared/settings/seed-lint.ts'

const hintsOf = (text: string) => {
  const loaded = loadPlant(text)
  if (!('plant' in loaded)) throw new Error(loaded.errors[0]?.message)
  return seedHints(loaded.plant)
}

const rulesOf = (text: string) => hintsOf(text).map((hint) => hint.split(' ').slice(1, 3).join(' '))
const example = readFileSync('assets/example/plant.yaml', 'utf8')

test('the objectives of a plant file are judged by line and key result', () => {
  const objectives = example.replace(/^ {2}kpis:[\s\S]*/m, '')
  expect(hintsOf(objectives)).toEqual([
    'warning key-result-no-link line3/kr-skills: Trained on rinser hangs on no number of the line and serves no parent. ' +
      'Bind it to a KPI of the line, or say which key result of the plant it serves.',
  ])
  expect(hintsOf(objectives.replace('Line 3 runs without surprises', 'OEE to 85 %'))).toHaveLength(2)
  expect(hintsOf(example.replace(/^seed:[\s\S]*/m, ''))).toEqual([])
})

test('and so are its KPIs', () => {
  // One KPI stands there to explain the keys: a line needs more.
  expect(rulesOf(example)).toEqual([
    ...Array<string>(4).fill('theme-empty line3:'),
    'key-result-no-link line3/kr-skills:',
    'kpis-too-few line3:',
  ])
  const alone = example.replace('owner: Jonas Wolf\n      # (optional) The aim', '# (optional) The aim')
  expect(alone).not.toBe(example)
  expect(rulesOf(alone)).toContain('kpi-no-owner line3/changeover:')
  expect(rulesOf(example.replace('use: kpi', 'use: data'))).toEqual(['key-result-no-link line3/kr-skills:'])
})

test('the objectives of the demo set a good example; its three KPIs leave something to find', () => {
  const demo = readFileSync('assets/demo/plant.yaml', 'utf8')
  expect(hintsOf(demo.replace(/^ {2}kpis:[\s\S]*/m, ''))).toEqual([])
  expect(rulesOf(demo)).toEqual([
    'theme-empty line3:',
    'theme-empty line3:',
    'kpi-no-protocol line3/first-pass:',
    'kpis-too-few line3:',
  ])
})
