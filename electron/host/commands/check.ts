import { plantErrorText } from '../../../shared/settings/load-plant.ts'
import { seedHints } from '../../../shared/settings/seed-lint.ts'
import { loadPlantFile } from '../plant-file.ts'

/** `lineside check FILE`: prints every mistake; exit code 1 if there is one. What the objectives lack is only advice. */
export async function check(file: string): Promise<void> {
  const loaded = await loadPlantFile(file)
  if ('plant' in loaded) {
    const { plant } = loaded
    console.log(`${file} is right: ${plant.site.name}, ${plant.lines.map((line) => line.id).join(', ')}.`)
    for (const hint of seedHints(plant)) console.log(hint)
    return
  }
  for (const error of loaded.errors) console.log(plantErrorText(file, error))
  console.log(loaded.errors.length === 1 ? '1 mistake.' : `${loaded.errors.length} mistakes.`)
  process.exitCode = 1
}
