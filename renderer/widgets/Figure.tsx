import type { ReactNode, Ref } from 'react'
import { directionOf } from '../i18n/isolate.ts'
import { shownUnit } from '../i18n/unit.ts'

export type Tier = 'far' | 'number' | 'line' | 'near'

/**
 * A shown value. `raw` is the number behind it, for tests and for whoever reads the page by machine: null where there is
 * no number to show.
 */
export function Figure(props: {
  id: string
  raw: number | string | null
  className?: string
  tier?: Tier
  unit?: string | null
  ref?: Ref<HTMLSpanElement>
  children: ReactNode
}) {
  const { id, raw, className = '', tier = 'number', unit = null, ref, children } = props
  return (
    <span ref={ref} className={className} data-testid={id} data-value={raw ?? ''} data-tier={tier}>
      {unit ? (
        <bdi dir={directionOf(unit)}>
          {children}
          <span className="unit" data-tier="near">
            {shownUnit(unit)}
          </span>
        </bdi>
      ) : (
        children
      )}
    </span>
  )
}
