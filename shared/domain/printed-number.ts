/**
 * A number with the digits in which its publisher printed it. JSON.parse forgets that 19.0 was not 19, and with it how exact
 * the publisher wanted to be.
 */
export class PrintedNumber {
  readonly text: string
  readonly value: number

  constructor(text: string) {
    this.text = text
    this.value = Number(text)
  }

  /** Half of the last printed digit: 0.005 for 74.79, 0.05 for 19.0, 0.5 for 92. */
  get halfDigit(): number {
    const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(this.text) ?? []
    return 0.5 * 10 ** (Number(exponent) - decimals.length)
  }

  /** True when `actual` would be printed as this, give or take the noise of binary fractions. */
  accepts(actual: number): boolean {
    return Math.abs(actual - this.value) <= this.halfDigit * (1 + 1e-9) + Math.abs(this.value) * 1e-15
  }
}

const mark = '\u0000printed'
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/** JSON.parse that keeps every number as it is printed. Throws a SyntaxError as JSON.parse does. */
export function parsePrinted(text: string): unknown {
  JSON.parse(text)
  const marked = text.replace(stringOrNumber, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [mark]: token }),
  )
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && mark in value
      ? new PrintedNumber(String((value as Record<string, unknown>)[mark]))
      : value,
  )
}
