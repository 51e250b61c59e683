/** One line of text under its label. */
export function TextField(props: {
  id: string
  label: string
  value: string
  max: number
  onChange: (value: string) => void
}) {
  const { id, label, value, max, onChange } = props
  return (
    <>
      <label className="touch-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="sentence"
        value={value}
        maxLength={max}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
