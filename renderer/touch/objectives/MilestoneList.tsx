import { useState } from 'react'
import { maxMilestones } from '../../../shared/contract/okr-calls.ts'
import type { Milestone } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { isDate } from './dates.ts'
import { TextField } from './TextField.tsx'

const limits = { name: 48, weight: { least: 0.1, most: 100 } } as const
const empty = { name: '', weight: '1', due: '' }

/** The parts of the way: one is written and added; a tap takes it back into the fields. */
export function MilestoneList(props: {
  milestones: readonly Milestone[]
  lastDate: string
  onChange: (milestones: readonly Milestone[]) => void
  /** Something else shall move it. */
  onLeave: () => void
}) {
  const { t } = useBoard()
  const { milestones, lastDate, onChange, onLeave } = props
  const [typed, setTyped] = useState(empty)
  const weight = Number(typed.weight.replace(',', '.'))
  const due = typed.due.trim()
  const fits =
    typed.name.trim() !== '' &&
    weight >= limits.weight.least &&
    weight <= limits.weight.most &&
    isDate(due) &&
    milestones.length < maxMilestones
  const add = () => {
    onChange([...milestones, { name: typed.name.trim(), weight, due: due || null }])
    setTyped(empty)
  }
  const takeBack = (at: number) => {
    const { name, weight: of, due: by } = milestones[at]!
    setTyped({ name, weight: String(of), due: by ?? '' })
    onChange(milestones.filter((_, position) => position !== at))
  }
  return (
    <div className="milestone-list">
      <div className="chips milestone-fields">
        <div>
          <TextField
            id="milestone-name"
            label={t('okr.milestone')}
            value={typed.name}
            max={limits.name}
            onChange={(name) => setTyped({ ...typed, name })}
          />
        </div>
        <div>
          <TextField
            id="milestone-weight"
            label={t('okr.weightOf')}
            value={typed.weight}
            max={4}
            onChange={(next) => setTyped({ ...typed, weight: next })}
          />
        </div>
        <div>
          <TextField
            id="milestone-due"
            label={t('okr.due')}
            value={typed.due}
            max={10}
            placeholder={lastDate}
            onChange={(next) => setTyped({ ...typed, due: next })}
          />
        </div>
        <TouchButton onTap={add} disabled={!fits} testId="milestone-add">
          {t('okr.add')}
        </TouchButton>
      </div>
      <div className="chips" data-testid="milestones" data-value={milestones.length}>
        {milestones.map(({ name, weight: of }, position) => (
          <TouchButton key={position} onTap={() => takeBack(position)} testId={`milestone-${position}`}>
            <Fit text={of === 1 ? name : `${name} \u00d7${of}`} floor={0.6} maxLines={2} />
          </TouchButton>
        ))}
        <TouchButton onTap={onLeave} testId="source-other">
          <Fit text={t('okr.moves')} floor={0.6} maxLines={2} />
        </TouchButton>
      </div>
    </div>
  )
}
