import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import type { Objectives } from './use-objectives.ts'

const none = ''

/** Which objective or key result of the levels above is served. */
export function ParentChoice(props: {
  above: Objectives['above']
  chosen: string | null
  onChoose: (parent: string | null) => void
}) {
  const { t } = useBoard()
  const { above, chosen, onChoose } = props
  const choices = [
    { id: none, name: t('okr.servesNothing') },
    ...above.flatMap(({ id, title, keyResults }) => [
      { id, name: title },
      ...keyResults.filter(({ ended }) => ended === null).map((one) => ({ id: one.id, name: one.name })),
    ]),
  ]
  return (
    <>
      {above.length === 0 && <p className="touch-label">{t('okr.nothingAbove')}</p>}
      <ChoiceGrid
        choices={choices}
        chosen={chosen ?? none}
        onChoose={(id) => onChoose(id === none ? null : id)}
        few
      />
    </>
  )
}
