import { plantSchema } from './plant.ts'
import type { Plant } from './plant.ts'
import { referenceProblems } from './plant-references.ts'
import { type PlantError, readYaml } from './read-yaml.ts'

export type LoadedPlant = { plant: Plant } | { errors: readonly PlantError[] }

/** Reads a plant file's text (YAML, so JSON too). Finds every mistake, not only the first, in the order of the text. */
export function loadPlant(text: string): LoadedPlant {
  const read = readYaml(text, {
    schema: plantSchema,
    references: referenceProblems,
    expected: 'expected site, broker and lines, as in assets/example/plant.yaml',
  })
  return 'value' in read ? { plant: read.value } : read
}
