import type { ObjectiveMean } from '../../shared/contract/board-team.ts'
import { useBoard } from '../board-view.tsx'
import { Figure } from '../widgets/Figure.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'

/** How far an objective is: the weighted mean of its key results, and the notch where they should be. */
export function Mean({ mean, id }: { mean: ObjectiveMean; id: string }) {
  const { format } = useBoard()
  if (mean === null) return null
  const { progress, expected } = mean
  return (
    <div className="mean">
      <NotchBar fill={progress} notch={expected} />
      <Figure id={`mean-${id}`} raw={progress} className="label ink nowrap" tier="line">
        {format.amount(progress * 100, 0, '%')}
      </Figure>
    </div>
  )
}
