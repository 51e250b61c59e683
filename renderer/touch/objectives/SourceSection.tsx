import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import { sourceChoices, type Written } from './key-result-draft.ts'
import { MilestoneList } from './MilestoneList.tsx'
import { WindowChoice } from './WindowChoice.tsx'

/** What moves a new key result: a KPI of the line over a window, milestones, or people by hand. */
export function SourceSection(props: {
  written: Written
  chosen: string
  lastDate: string
  onChoose: (id: string, written: Written) => void
}) {
  const { board, t } = useBoard()
  const { written, chosen, lastDate, onChoose } = props
  const { source } = written
  const [picking, setPicking] = useState(source.kind !== 'milestones')
  const choices = sourceChoices(board.kpis?.items ?? [], board.site.unit, t)
  const change = (next: Written['source']) => onChoose(chosen, { ...written, source: next })
  const choose = (id: string) => {
    const { source: of, unit, decimals } = choices.find((one) => one.id === id)!
    const milestones = of.kind === 'milestones'
    // What was written for one of them stays when it is chosen again.
    const next = id === chosen ? source : of
    const numbers = milestones ? { baseline: '0', target: '100' } : written.numbers
    setPicking(!milestones)
    onChoose(id, { ...written, source: next, unit, decimals, numbers })
  }
  if (!picking && source.kind === 'milestones') {
    return (
      <MilestoneList
        milestones={source.milestones}
        lastDate={lastDate}
        onChange={(milestones) => change({ kind: 'milestones', milestones })}
        onLeave={() => setPicking(true)}
      />
    )
  }
  return (
    <>
      <ChoiceGrid choices={choices} chosen={chosen} onChoose={choose} />
      {'window' in source && (
        <WindowChoice source={source} onChoose={(window) => change({ ...source, window })} />
      )}
    </>
  )
}
