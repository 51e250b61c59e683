import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { Fit } from '../fit/Fit.tsx'
import { bounceMs, bounceRem, holdMs } from './tap-timing.ts'

let last = { atMs: Number.NEGATIVE_INFINITY, x: 0, y: 0 }

function isBounce(event: MouseEvent<HTMLElement>): boolean {
  const before = last
  last = { atMs: performance.now(), x: event.clientX, y: event.clientY }
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const near = Math.hypot(last.x - before.x, last.y - before.y) < bounceRem * rem
  return near && last.atMs - before.atMs < bounceMs
}

export type TouchButtonProps = {
  children: ReactNode
  onTap: () => void
  kind?: 'plain' | 'main' | 'chosen'
  disabled?: boolean
  label?: string
  className?: string
  /** Keys that are tapped fast on purpose: digits, plus, minus. */
  fast?: boolean
  /** Acts only when it was held for a second, and then by itself. */
  hold?: boolean
  testId?: string
}

/**
 * A text fits its button. Acts on release inside the target where the finger came down: one that is still down when the page changes under it presses
 * nothing there. Ignores bounces. At least 20 mm on a 21.5 inch panel.
 */
export function TouchButton(props: TouchButtonProps) {
  const { children, onTap, kind = 'plain', disabled, label, className = '', fast, hold, testId } = props
  const [held, setHeld] = useState(false)
  const pressed = useRef(false)
  const heldLong = useEffectEvent(onTap)
  useEffect(() => {
    if (!held) return
    const timer = setTimeout(() => {
      setHeld(false)
      heldLong()
    }, holdMs)
    return () => clearTimeout(timer)
  }, [held])
  const release = () => setHeld(false)
  const press = () => {
    pressed.current = true
    if (hold) setHeld(true)
  }
  const holding = hold && {
    onPointerUp: release,
    onPointerLeave: release,
    onPointerCancel: release,
    onKeyDown: ({ key }: KeyboardEvent) => (key === 'Enter' || key === ' ') && setHeld(true),
    onKeyUp: release,
    onContextMenu: (event: MouseEvent) => event.preventDefault(),
  }
  return (
    <button
      type="button"
      className={`tap ${kind} ${className} ${held ? 'held' : ''}`}
      onPointerDown={press}
      {...holding}
      disabled={disabled}
      aria-label={label}
      aria-pressed={kind === 'chosen' ? true : undefined}
      data-testid={testId}
      onClick={(event) => {
        // Without a pointer (detail 0) it was a key.
        const own = pressed.current || event.detail === 0
        pressed.current = false
        if (own && !hold && (!isBounce(event) || fast)) onTap()
      }}
    >
      {typeof children === 'string' ? <Fit text={children} floor={0.6} maxLines={2} /> : children}
    </button>
  )
}
