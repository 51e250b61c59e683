import type { PlantLine } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { NotSetUp } from '../NotSetUp.tsx'
import { pageRange } from '../page-range.ts'
import { LineCell } from './LineCell.tsx'

/** Lines on one page; more take turns. */
const linesPerPage = { near: 8, standard: 8, far: 6, hero: 1 } as const

/** Every line of the plant: its state, and whether it wins. */
export function PlantOverview({ turn }: { turn: number }) {
  const { board, density, portrait, t } = useBoard()
  if (board.plant === null) return <NotSetUp />
  const { lines } = board.plant
  const size = linesPerPage[density]
  const pages = Math.max(1, Math.ceil(lines.length / size))
  const page = turn % pages
  const shown = (pages > 1 ? worstFirst(lines) : lines).slice(page * size, page * size + size)
  const columns = shown.length < 3 || portrait ? 1 : 2
  return (
    <div className="screen plant-lines">
      <div
        className="plant-grid"
        data-lines={shown.length}
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${Math.ceil(shown.length / columns)}, minmax(0, 1fr))`,
        }}
      >
        {shown.map((line) => (
          <LineCell key={line.id} line={line} own={line.id === board.site.lineId} />
        ))}
      </div>
      {pages > 1 && (
        <p className="plant-page" data-tier="near" data-testid="plant-page">
          {t('pageOf', { shown: pageRange(page * size, shown.length), all: lines.length })}
        </p>
      )}
    </div>
  )
}

/** The plant's order, but lines that are down come first when not all lines fit one page. */
export function worstFirst(lines: readonly PlantLine[]): PlantLine[] {
  const isDown = (line: PlantLine) => Number(line.word === 'down')
  return [...lines].sort((a, b) => isDown(b) - isDown(a))
}
