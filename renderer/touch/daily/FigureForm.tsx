import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { NumberPad } from '../NumberPad.tsx'
import type { DailyFormProps } from './DailyPage.tsx'
import { DayOptions } from './DayOptions.tsx'
import { useToday } from './use-today.ts'

/** A figure of the plant's own for a day's letter. */
export function FigureForm({ entry, onSaved, onLeave }: DailyFormProps) {
  const { board, t } = useBoard()
  const { lineId, figures } = board.site
  const today = useToday()
  const [chosen, setChosen] = useState(figures[0]?.id ?? '')
  const [day, setDay] = useState(today)
  const [typed, setTyped] = useState('')
  const figure = figures.find(({ id }) => id === chosen)
  const value = Number(typed)
  const save = async () => {
    if (!figure) return
    const saved = await entry.sign(
      'enterFigure',
      { lineId, figure: figure.id, day, value },
      `${figure.name}: ${typed}${figure.unit && ` ${figure.unit}`}`,
    )
    if (!saved) return
    onSaved(saved)
    onLeave()
  }
  return (
    <>
      <div className="check-in">
        <NumberPad value={typed} onChange={setTyped} label={figure?.name ?? ''} unit={figure?.unit ?? ''} />
        <div className="figure-choices">
          <ChoiceGrid choices={figures} chosen={chosen} onChoose={setChosen} few />
          <DayOptions chosen={day} onChoose={setDay} />
        </div>
      </div>
      <FormButtons
        text={t('hands.daily.enter')}
        missing={typed === '' || Number.isNaN(value) ? t('touch.typeValue') : null}
        busy={entry.busy}
        onCancel={onLeave}
        onSave={() => void save()}
      />
    </>
  )
}
