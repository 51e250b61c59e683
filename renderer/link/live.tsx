import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Call } from './client.ts'
import type { Kept, Outbox } from './outbox.ts'
import { useSelected } from './selected.ts'
import type { LiveState, LiveStore } from './store.ts'

export type Live = { store: LiveStore; call: Call; outbox: Outbox }

/** The page's one connection, given once at the root. */
export const LiveContext = createContext<Live | null>(null)

export function useLink(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('LiveContext is missing at the root')
  return live
}

/** See `useSelected`. */
export function useLive<T extends object>(select: (state: LiveState) => T): T {
  return useSelected(useLink().store, select)
}

/** Entries that are on their way, or were refused when nobody was there to read it. */
export function useKept(): readonly Kept[] {
  const { outbox } = useLink()
  return useSyncExternalStore(outbox.subscribe, outbox.get)
}
