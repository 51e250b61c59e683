import { useSyncExternalStore } from 'react'

/** The same question as in portrait.css. */
const isUpright = '(max-aspect-ratio: 1/1)'

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(isUpright)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** True on a screen that is higher than wide. */
export function usePortrait(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(isUpright).matches)
}
