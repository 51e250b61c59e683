import { calendarProblems } from './calendar-references.ts'
import type { PlantProblem } from './read-yaml.ts'
import { dates, group, type Group, list, type Path, pointsTo, texts, twice } from './reference-checks.ts'

/** Mistakes between the entries of one line. */
export function lineProblems(line: Group, path: Path): PlantProblem[] {
  const products = list(line.products)
  return [
    ...twice(products, [...path, 'products'], 'id'),
    ...products.flatMap((product, index) => {
      const at = [...path, 'products', index, 'changes']
      const changes = list(product.changes)
      return [
        ...twice(changes, at, 'from'),
        ...changes.flatMap(({ from }, i) =>
          dates([typeof from === 'string' ? from.slice(0, 10) : from], [...at, i], ['from']),
        ),
      ]
    }),
    ...pointsTo(line.defaultProduct, texts(products, 'id'), [...path, 'defaultProduct'], 'products'),
    ...cellProblems(group(line.cells), [...path, 'cells']),
    ...calendarProblems(line, path),
  ]
}

/** The rule needs its own number or name, and nothing else. */
function cellProblems(cells: Group, path: Path): PlantProblem[] {
  const problems: PlantProblem[] = []
  const needs = { bottleneck: 'bottleneck', minimumRunning: 'minimum' } as const
  for (const [rule, key] of Object.entries(needs)) {
    const given = cells[key] !== undefined
    if (cells.rule === rule && !given) {
      const message = `"${key}" is missing: the rule ${rule} needs it`
      problems.push({ path: [...path, 'rule'], at: 'value', message })
    } else if (given && cells.rule !== rule) {
      problems.push({ path: [...path, key], at: 'key', message: `only the rule ${rule} knows "${key}"` })
    }
  }
  const { names, bottleneck, minimum } = cells
  if (!Array.isArray(names) || names.length === 0) return problems
  const known = names.filter((name): name is string => typeof name === 'string')
  problems.push(...pointsTo(bottleneck, known, [...path, 'bottleneck'], 'cells'))
  if (typeof minimum === 'number' && minimum > known.length) {
    const message = `expected at most ${known.length}, the number of cells`
    problems.push({ path: [...path, 'minimum'], at: 'value', message })
  }
  return problems
}
