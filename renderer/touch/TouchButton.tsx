import { useEffect, useEffectEvent, useState } from 'react'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'

/** A second touch so soon after the first, and so near to it, is a bounce of the same finger. Milliseconds, rem. */
export const bounceMs = 250
export const bounceRem = 6

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

/** Milliseconds. */
export const holdMs = 1_000

/** Acts on release inside the target; ignores bounces. At least 20 mm on a 21.5 inch panel. */
export function TouchButton(props: TouchButtonProps) {
  const { children, onTap, kind = 'plain', disabled, label, className = '', fast, hold, testId } = props
  const [held, setHeld] = useState(false)
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
  const holding = hold && {
    onPointerDown: () => setHeld(true),
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
      {...holding}
      disabled={disabled}
      aria-label={label}
      aria-pressed={kind === 'chosen' ? true : undefined}
      data-testid={testId}
      onClick={(event) => {
        if (!hold && (!isBounce(event) || fast)) onTap()
      }}
    >
      {children}
    </button>
  )
}
