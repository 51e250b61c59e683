/** Around a number in text that runs from right to left, so that its sign and its groups keep their places. */
export const numberIsolate = { start: '\u2066', end: '\u2069' } as const
/** Around words there that may run the other way: they run their own way, and the text around them its own. */
const textIsolate = { start: '\u2068', end: '\u2069' } as const

/** Words that keep their own direction of writing inside text of the other one. */
export function isolated(text: string): string {
  return textIsolate.start + text + textIsolate.end
}

export function isIsolated(text: string): boolean {
  return text.startsWith(textIsolate.start) || text.startsWith(numberIsolate.start)
}

/** Closes what `isolated` opened, where a text was cut between the two. */
export function closingOf(text: string): string {
  return text.startsWith(textIsolate.start) ? textIsolate.end : ''
}

const leftToRight = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}]/u

/** Arguments of a sentence that runs from right to left: names and units in Latin letters keep their own direction. */
export function isolatedArguments<T>(values: T): T {
  if (typeof values !== 'object' || values === null) return values
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && leftToRight.test(value) && !isIsolated(value) ? isolated(value) : value,
    ]),
  ) as T
}

/** Which way an amount runs: that of its unit. */
export function directionOf(unit: string): 'ltr' | 'rtl' {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(unit) ? 'rtl' : 'ltr'
}
