/** "3" or "1–4": what a page of a longer list shows. `from` counts from 0. */
export function pageRange(from: number, count: number): string {
  return count > 1 ? `${from + 1}\u2013${from + count}` : `${from + 1}`
}
