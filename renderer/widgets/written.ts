/** A number on the page that can be replaced without drawing its screen anew. */
export type Written = {
  /** False: this text needs another size or other lines, so that it has to be drawn. */
  write: (text: string, raw: number | null) => boolean
}

/** Puts `text` into an element whose only child is a text. Safe beside React, which is given the same text at its next turn. */
export function writeNumber(element: Element | null, text: string, raw: number | null): boolean {
  const shown = element?.firstChild
  if (!(shown instanceof Text) || element?.childNodes.length !== 1) return false
  if (shown.data !== text) shown.data = text
  const value = String(raw ?? '')
  if (element.getAttribute('data-value') !== value) element.setAttribute('data-value', value)
  return true
}
