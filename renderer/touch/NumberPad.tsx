import { Delete } from 'lucide-react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { TouchButton } from './TouchButton.tsx'

const longest = 9

/** Digits, a decimal point and a sign change. `value` is what Number() understands, or empty. */
export function NumberPad(props: {
  value: string
  onChange: (value: string) => void
  label: string
  unit: string
}) {
  const { t } = useBoard()
  const { value, onChange, label, unit } = props
  const type = (key: string) => {
    if (value.length >= longest || (key === '.' && value.includes('.'))) return
    onChange(value + (key === '.' && value === '' ? '0.' : key))
  }
  return (
    <div className="number-pad">
      <p className="pad-value">
        <Fit className="touch-label" text={label} floor={0.7} maxLines={2} />
        <output data-testid="pad-value" data-value={value}>
          {value === '' ? '\u2013' : value}
          <span className="unit">{unit}</span>
        </output>
      </p>
      <div className="pad">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0'].map((key) => (
          <TouchButton key={key} onTap={() => type(key)} fast>
            {key}
          </TouchButton>
        ))}
        <TouchButton onTap={() => onChange(value.slice(0, -1))} label={t('touch.erase')} fast>
          <Delete />
        </TouchButton>
      </div>
    </div>
  )
}
