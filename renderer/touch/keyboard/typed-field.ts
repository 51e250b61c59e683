/** A field that can be typed into. */
export type TypedField = HTMLInputElement | HTMLTextAreaElement

export function typedField(target: EventTarget | null): TypedField | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null
  return target.readOnly || target.disabled ? null : target
}

export const wantsNumber = (field: TypedField): boolean =>
  field.inputMode === 'decimal' || field.inputMode === 'numeric' || field.type === 'number'

/** Sets the value as a person's typing would, so that React hears of it. */
export function typeInto(field: TypedField, value: string, caret: number): void {
  const kind = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.setSelectionRange(caret, caret)
}
