/** A list that is copied at its first change, so that the one given in stays as it was. */
export type Draft<T> = {
  /** Inserts in order; an item that compares equal is replaced. */
  put: (item: T) => void
  /** Removes every item for which `unwanted` holds. */
  removeWhere: (unwanted: (item: T) => boolean) => void
  list: () => readonly T[]
}

/** `compare` orders the list and says which items are the same (0). */
export function draftOf<T>(given: readonly T[], compare: (a: T, b: T) => number): Draft<T> {
  let own: T[] | null = null
  const items = (): T[] => (own ??= given.slice())
  return {
    put: (item) => {
      const list = items()
      let low = 0
      let high = list.length
      if (high > 0 && compare(list[high - 1]!, item) < 0) low = high
      while (low < high) {
        const middle = (low + high) >> 1
        if (compare(list[middle]!, item) < 0) low = middle + 1
        else high = middle
      }
      const same = low < list.length && compare(list[low]!, item) === 0
      list.splice(low, same ? 1 : 0, item)
    },
    removeWhere: (unwanted) => {
      if ((own ?? given).some(unwanted)) own = items().filter((item) => !unwanted(item))
    },
    list: () => own ?? given,
  }
}
