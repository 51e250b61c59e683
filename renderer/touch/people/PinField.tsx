/** A PIN that somebody else gives: digits, as dots. */
export function PinField(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="touch-label">
      <span>{props.label}</span>
      <input
        className="sentence"
        type="password"
        inputMode="numeric"
        value={props.value}
        maxLength={6}
        autoComplete="off"
        data-testid="person-pin"
        onChange={(event) => props.onChange(event.target.value.replace(/\D/g, ''))}
      />
    </label>
  )
}
