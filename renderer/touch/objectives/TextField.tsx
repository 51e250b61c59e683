import { Fit } from '../../fit/Fit.tsx'

/** One line of text under its label. */
export function TextField(props: {
  id: string
  label: string
  value: string
  max: number
  placeholder?: string
  onChange: (value: string) => void
}) {
  const { id, label, value, max, placeholder, onChange } = props
  return (
    <>
      <label className="touch-label" htmlFor={id}>
        <Fit text={label} floor={0.75} maxLines={2} />
      </label>
      <input
        id={id}
        className="sentence"
        value={value}
        maxLength={max}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
