import { commitments } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { FieldTexts } from './key-result-fields.ts'
import { TextField } from './TextField.tsx'

const fields = [
  { id: 'name', max: 24, label: 'okr.name' },
  { id: 'owner', max: 40, label: 'gapPage.owner' },
  { id: 'sentence', max: 200, label: 'okr.sentence' },
  { id: 'unit', max: 12, label: 'kpiForm.unit' },
  { id: 'weight', max: 4, label: 'okr.weight' },
  { id: 'holdShifts', max: 3, label: 'okr.hold' },
] as const

/** Everything about a key result but its numbers. */
export function KeyResultFields(props: {
  texts: FieldTexts
  onChange: (texts: FieldTexts) => void
  /** What moves by itself has the unit of what moves it. */
  withUnit: boolean
}) {
  const { texts, onChange, withUnit } = props
  const { t } = useBoard()
  return (
    <div className="okr-fields two">
      {fields
        .filter(({ id }) => withUnit || id !== 'unit')
        .map(({ id, max, label }) => (
          <div key={id}>
            <TextField
              id={`okr-${id}`}
              label={t(label)}
              value={texts[id]}
              max={max}
              onChange={(value) => onChange({ ...texts, [id]: value })}
            />
          </div>
        ))}
      <div className="chips">
        {commitments.map((one) => (
          <TouchButton
            key={one}
            kind={texts.commitment === one ? 'chosen' : 'plain'}
            onTap={() => onChange({ ...texts, commitment: one })}
            testId={`okr-${one}`}
          >
            <Fit text={t(`okr.${one}`)} floor={0.7} />
          </TouchButton>
        ))}
      </div>
    </div>
  )
}
