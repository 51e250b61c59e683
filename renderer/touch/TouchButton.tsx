import type { ReactNode } from 'react'

/** A second touch so soon after the first is a bounce of the same finger. Milliseconds. */
export const bounceMs = 250

let lastTouchMs = Number.NEGATIVE_INFINITY

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
      onClick={() => {
        const nowMs = performance.now()
        const bounced = !fast && nowMs - lastTouchMs < bounceMs
        lastTouchMs = nowMs
        if (!bounced) onTap()
      }}
    >
      {children}
    </button>
  )
}
