import { useBoard } from '../../board-view.tsx'
import { capital } from '../../widgets/call-name.ts'
import { TouchButton } from '../TouchButton.tsx'
import { useToday } from './use-today.ts'

/** Today, or the day before. */
export function DayOptions(props: { chosen: string; onChoose: (day: string) => void }) {
  const { format } = useBoard()
  const days = [useToday(1), useToday()]
  return (
    <div className="options">
      {days.map((day, index) => (
        <TouchButton
          key={day}
          kind={day === props.chosen ? 'chosen' : 'plain'}
          onTap={() => props.onChoose(day)}
          testId={`day-${index === 0 ? 'before' : 'today'}`}
        >
          {capital(format.relativeDay(index - 1))}
        </TouchButton>
      ))}
    </div>
  )
}
