import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadPlant } from '../../../shared/settings/load-plant.ts'
import { seedHints } from '../../../shared/settings/seed-lint.ts'

const hintsOf = (text: string) => {
  const loaded = loadPlant(text)
  if (!('plant' in loaded)) throw new Error(loaded.errors[0]?.message)
  return seedHints(loaded.plant)
}

test('the objectives of a plant file are judged by line and key result', () => {
  const text = readFileSync('assets/example/plant.yaml', 'utf8')
  expect(hintsOf(text)).toEqual([
    'warning key-result-no-link line3/kr-skills: Trained on rinser hangs on no number of the line and serves no parent. ' +
      'Bind it to a KPI of the line, or say which key result of the plant it serves.',
  ])
  expect(hintsOf(text.replace('Line 3 runs without surprises', 'OEE to 85 %'))).toHaveLength(2)
  expect(hintsOf(text.replace(/^seed:[\s\S]*/m, ''))).toEqual([])
})

test('the demo sets a good example', () => {
  expect(hintsOf(readFileSync('assets/demo/plant.yaml', 'utf8'))).toEqual([])
})
