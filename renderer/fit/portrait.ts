import { useSyncExternalStore } from 'react'

/** The same question as in portrait.css. */
const isUpright = '(max-aspect-ratio: 1/1)'
let asked: MediaQueryList | null = null

/** Asked once: every look makes an object that the browser keeps up to date. */
const upright = (): MediaQueryList => (asked ??= window.matchMedia(isUpright))

function subscribe(listener: () => void): () => void {
  upright().addEventListener('change', listener)
  return () => upright().removeEventListener('change', listener)
}

/** True on a screen that is higher than wide. */
export function usePortrait(): boolean {
  return useSyncExternalStore(subscribe, () => upright().matches)
}
