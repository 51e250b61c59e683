import type { MouseEvent, ReactNode } from 'react'

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
  testId?: string
}

/** Acts on release inside the target; ignores bounces. At least 20 mm on a 21.5 inch panel. */
export function TouchButton(props: TouchButtonProps) {
  const { children, onTap, kind = 'plain', disabled, label, className = '', fast, testId } = props
  return (
    <button
      type="button"
      className={`tap ${kind} ${className}`}
      disabled={disabled}
      aria-label={label}
      aria-pressed={kind === 'chosen' ? true : undefined}
      data-testid={testId}
      onClick={(event) => {
        if (!isBounce(event) || fast) onTap()
      }}
    >
      {children}
    </button>
  )
}
