import { useMemo, useSyncExternalStore } from 'react'

export type Watched<S> = { get: () => S; subscribe: (listener: () => void) => () => void }

/**
 * What `select` takes out of the store's state: whoever uses it is drawn anew when one of its fields is another one, and not for
 * the rest of the state. `select` is pure and stays the same function (of a module, or memoised).
 */
export function useSelected<S extends object, T extends object>(
  store: Watched<S>,
  select: (state: S) => T,
): T {
  const get = useMemo(() => selectedFrom(store, select), [store, select])
  return useSyncExternalStore(store.subscribe, get)
}

function selectedFrom<S extends object, T extends object>(
  store: Watched<S>,
  select: (state: S) => T,
): () => T {
  let known: { state: S; selected: T } | null = null
  return () => {
    const state = store.get()
    if (known?.state === state) return known.selected
    const selected = select(state)
    known = { state, selected: known && sameFields(known.selected, selected) ? known.selected : selected }
    return known.selected
  }
}

function sameFields<T extends object>(a: T, b: T): boolean {
  for (const name in b) if (!Object.is(a[name], b[name])) return false
  return true
}
