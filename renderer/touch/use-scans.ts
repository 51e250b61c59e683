import { useEffect, useEffectEvent } from 'react'
import { typedField } from './keyboard/typed-field.ts'

/** A reader of barcodes or RFID tags types faster than anybody, and ends with Enter. Milliseconds between two keys. */
export const scanKeyMs = 60
/** Shorter than this it was a person. Characters. */
export const shortestScan = 4
const longestScan = 64

/** Takes a code, or leaves it (false) to whoever asked before. */
type Taker = (code: string) => boolean
const takers: Taker[] = []

/** What a reader types belongs to the newest part of the page that can use it, else to `useScans`. */
export function useScanned(take: Taker): void {
  const taken = useEffectEvent(take)
  useEffect(() => {
    const taker: Taker = (code) => taken(code)
    takers.push(taker)
    return () => void takers.splice(takers.indexOf(taker), 1)
  }, [])
}

/** Listens to readers that look like a keyboard. Inside a text field their keys are text like any other. */
export function useScans(onOther: (code: string) => void): void {
  const other = useEffectEvent(onOther)
  useEffect(() => {
    let typed = ''
    let lastMs = Number.NEGATIVE_INFINITY
    const key = (event: KeyboardEvent) => {
      if (typedField(event.target) !== null) return
      const fast = event.timeStamp - lastMs < scanKeyMs
      lastMs = event.timeStamp
      if (event.key === 'Enter' && fast && typed.length >= shortestScan) {
        const code = typed
        typed = ''
        event.preventDefault()
        event.stopPropagation()
        if (![...takers].reverse().some((take) => take(code))) other(code)
      } else if ([...event.key].length === 1) {
        typed = (fast ? typed + event.key : event.key).slice(-longestScan)
      }
    }
    window.addEventListener('keydown', key, true)
    return () => window.removeEventListener('keydown', key, true)
  }, [])
}
