import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { Call } from './client.ts'
import type { LiveState, LiveStore } from './store.ts'

export type Live = { store: LiveStore; call: Call }

/** The page's one connection, given once at the root. */
export const LiveContext = createContext<Live | null>(null)

export function useLink(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('LiveContext is missing at the root')
  return live
}

export function useLive(): LiveState {
  const { store } = useLink()
  return useSyncExternalStore(store.subscribe, store.get)
}

/** The engine's clock, renewed every `everyMs`. */
export function useNow(everyMs = 1_000): EpochMs {
  const { store } = useLink()
  const [nowMs, setNowMs] = useState(() => store.nowMs())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(store.nowMs()), everyMs)
    return () => clearInterval(timer)
  }, [store, everyMs])
  return nowMs
}
