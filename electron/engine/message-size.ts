/** Largest message a page may send, counted in characters of its JSON. An objective with all it may have has about 9,000. */
export const maxCallMessageChars = 16_384
/** A milestone of a key result of a new objective lies deepest. */
const maxDepth = 9

/**
 * True when a message is a plain JSON value that fits the bound. Stops counting as soon as it does not, so that a huge
 * message costs no more than a small one.
 */
export function fitsCallSize(message: unknown, maxChars: number = maxCallMessageChars): boolean {
  return count(message, maxChars, maxDepth) >= 0
}

/** Characters left after `value`, or a negative number. */
function count(value: unknown, left: number, depth: number): number {
  if (left < 0 || depth < 0) return -1
  switch (typeof value) {
    case 'string':
      return left - value.length - 2
    case 'number':
    case 'boolean':
    case 'undefined':
      return left - 5
    case 'object':
      return value === null ? left - 4 : countObject(value, left - 2, depth - 1)
    default:
      return -1
  }
}

function countObject(value: object, left: number, depth: number): number {
  if (Array.isArray(value)) {
    if (value.length > left) return -1
    let rest = left
    for (const item of value) {
      rest = count(item, rest - 1, depth)
      if (rest < 0) return -1
    }
    return rest
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return -1
  let rest = left
  for (const key in value) {
    rest = count((value as Record<string, unknown>)[key], rest - key.length - 4, depth)
    if (rest < 0) return -1
  }
  return rest
}
