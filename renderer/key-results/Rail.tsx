import type { ScreenName } from '../../shared/settings/display.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { KeyResultBlock } from './KeyResultBlock.tsx'
import { isLinked, railItems } from './look.ts'

const railRows = { near: 4, standard: 3 } as const

/** The team's key results beside every KPI screen, under their objective where it is one and the same. */
export function Rail({ screen, turn }: { screen: ScreenName; turn: number }) {
  const { board, density } = useBoard()
  const { objectives, items } = board.keyResults
  const shown = railItems(items, screen, railRows[density === 'near' ? 'near' : 'standard'], turn)
  const [objective, ...others] = objectives.filter(({ id }) => shown.some((one) => one.objectiveId === id))
  return (
    <aside className="rail">
      {objective && others.length === 0 && (
        <Fit className="rail-objective" text={objective.title} maxLines={2} tier="line" testId="objective" />
      )}
      {shown.map((item) => (
        <KeyResultBlock key={item.id} item={item} lit={isLinked(item, screen)} />
      ))}
    </aside>
  )
}
