import { useSyncExternalStore } from 'react'

const upright = window.matchMedia('(max-aspect-ratio: 1/1)')

function subscribe(listener: () => void): () => void {
  upright.addEventListener('change', listener)
  return () => upright.removeEventListener('change', listener)
}

/** True on a screen that is higher than wide. */
export function usePortrait(): boolean {
  return useSyncExternalStore(subscribe, () => upright.matches)
}
