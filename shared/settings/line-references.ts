import { calendarProblems } from './calendar-references.ts'
import type { PlantProblem } from './load-plant.ts'
import { dates, type Group, list, type Path, pointsTo, texts, twice } from './reference-checks.ts'

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
    ...calendarProblems(line, path),
  ]
}
