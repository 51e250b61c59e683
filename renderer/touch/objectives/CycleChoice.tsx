import type { Cycle, CycleKind } from '../../../shared/domain/key-results.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { cycleAt, nextCycle } from '../../../shared/domain/okr/cycle.ts'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'

const isSame = (a: Cycle, b: Cycle) => a.startDate === b.startDate && a.endDate === b.endDate

/** The running and the next quarter first, then month and year; `own` is among them. */
export function useCycles(own: Cycle | null): readonly Cycle[] {
  const { board, nowMs } = useBoard()
  const { timeZone, fiscalYearStart } = board.site
  const today = localDateAt(timeZone, nowMs)
  const at = (kind: CycleKind) => cycleAt(kind, today, fiscalYearStart)
  const cycles = [at('quarter'), nextCycle(at('quarter'), fiscalYearStart), at('month'), at('year')]
  return own === null || cycles.some((one) => isSame(one, own)) ? cycles : [own, ...cycles]
}

export function CycleChoice({ chosen, onChoose }: { chosen: Cycle; onChoose: (cycle: Cycle) => void }) {
  const { t } = useBoard()
  const cycles = useCycles(chosen)
  return (
    <ChoiceGrid
      choices={cycles.map((one) => ({
        id: one.startDate + one.endDate,
        name: `${one.name}: ${t('touch.fromTo', { from: one.startDate, to: one.endDate })}`,
      }))}
      chosen={chosen.startDate + chosen.endDate}
      onChoose={(id) => onChoose(cycles.find((one) => one.startDate + one.endDate === id) ?? chosen)}
      few
    />
  )
}
