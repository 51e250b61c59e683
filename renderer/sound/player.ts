import type { ChimeName } from './chimes.ts'
import { chimes } from './chimes.ts'

/** Softens beginning and end of a tone. Seconds. */
const edgeS = 0.02

export type Player = {
  /** False until somebody has touched the page, where the browser wants that first, and before `wake`. */
  ready: () => boolean
  /** Tells when `ready` changes. Returns the unsubscribe function. */
  subscribe: (listener: () => void) => () => void
  /** Asks for the sound card; done again with every touch and key. */
  wake: () => void
  play: (name: ChimeName, volume: number) => void
  close: () => void
}

/** A browser may refuse sound until the first touch or key; the player tries again with each. The kiosk never refuses. */
export function createPlayer(target: Window): Player {
  let context: AudioContext | null = null
  let wanted = false
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const wake = () => {
    if (!wanted) return
    if (!context) {
      context = new AudioContext()
      context.addEventListener('statechange', changed)
    }
    if (context.state === 'suspended') void context.resume().catch(() => undefined)
  }
  target.addEventListener('pointerdown', wake)
  target.addEventListener('keydown', wake)
  return {
    ready: () => context?.state === 'running',
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    wake: () => {
      wanted = true
      wake()
    },
    play: (name, volume) => {
      if (!context || context.state !== 'running' || volume <= 0) return
      for (const note of chimes[name]) {
        const [gain, tone] = [context.createGain(), context.createOscillator()]
        const startS = context.currentTime + note.atS
        tone.type = 'triangle'
        tone.frequency.value = note.hz
        gain.gain.setValueAtTime(0, startS)
        gain.gain.linearRampToValueAtTime(volume, startS + edgeS)
        gain.gain.setValueAtTime(volume, startS + note.lengthS - edgeS)
        gain.gain.linearRampToValueAtTime(0, startS + note.lengthS)
        tone.connect(gain).connect(context.destination)
        tone.start(startS)
        tone.stop(startS + note.lengthS)
      }
    },
    close: () => {
      target.removeEventListener('pointerdown', wake)
      target.removeEventListener('keydown', wake)
      listeners.clear()
      void context?.close().catch(() => undefined)
    },
  }
}
