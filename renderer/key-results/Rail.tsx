import { memo } from 'react'
import type { ScreenName } from '../../shared/settings/display.ts'
import { useBoardOf } from '../board-view.tsx'
import type { BoardView } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { KeyResultBlock } from './KeyResultBlock.tsx'
import { isLinked, railItems } from './look.ts'

const railRows = { near: 4, standard: 3 } as const

const railLook = ({ board, density }: BoardView) => ({ keyResults: board.keyResults, density })

/** The team's key results beside every KPI screen, under their objective where it is one and the same. */
export const Rail = memo(function Rail({ screen, turn }: { screen: ScreenName; turn: number }) {
  const { keyResults, density } = useBoardOf(railLook)
  const { objectives, items } = keyResults
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
})
