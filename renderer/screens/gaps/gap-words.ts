import type { GapItem } from '../../../shared/contract/board-team.ts'
import type { BoardView } from '../../board-view.tsx'
import type { Status } from '../../widgets/Shape.tsx'
import { unansweredShifts } from '../../../shared/domain/gaps/red-protocol.ts'

type View = Pick<BoardView, 'format' | 't' | 'nowMs' | 'trust'>

/** Old numbers judge nothing. */
export function gapStatus({ band }: Pick<GapItem, 'band'>, trust: BoardView['trust']): Status {
  if (trust !== 'live') return 'none'
  return band === 'red' ? 'stop' : 'warn'
}

/** A difference in the KPI's unit, as people say it: "12 min", "2.8 pt", "40". */
export function amountOf(
  value: number,
  { unit, decimals }: Pick<GapItem, 'unit' | 'decimals'>,
  { format, t }: Pick<View, 'format' | 't'>,
): string {
  return format.amount(value, decimals, unit === '%' ? t('point') : unit)
}

/** "12 min above target for 6 shifts, and swings more than it should". */
export function gapWords(item: GapItem, view: View): string {
  const { t } = view
  const given = { distance: amountOf(item.distance, item, view), shifts: item.duration }
  const words = t(`gap.${item.from}.${item.side}`, given)
  return item.swings > 1 ? t('gap.swinging', { words }) : words
}

/** What should happen about it, the most urgent first; '' when there is nothing to say. */
export function gapNote(item: GapItem, view: View): string {
  const { red, crosses, fallenBack, keyResult, driftMs, openActions } = item
  const { format, t, nowMs } = view
  if (red !== null && red.unanswered >= unansweredShifts)
    return t('gap.unanswered', { shifts: red.unanswered })
  if (red !== null && red.dueMs !== null && red.answeredMs === null) {
    const leftMs = red.dueMs - nowMs
    return leftMs > 0
      ? t('gap.respond', { who: red.who, span: format.span(leftMs) })
      : t('gap.escalated', { who: red.escalateTo })
  }
  if (fallenBack) return t('okr.fallenBack', { name: item.name })
  if (keyResult !== null) return t('gap.keyResult', { name: keyResult })
  if (openActions > 0) return t('gap.openActions', { count: openActions })
  if (crosses !== null) return t('gap.crosses', { shifts: crosses.about })
  return driftMs === null ? '' : t('gap.drifting', { day: format.clockOrDay(driftMs, nowMs) })
}

/** The countdown of a first response has run out, or nobody has answered for shifts. */
export function isPressing({ red }: GapItem, nowMs: number): boolean {
  if (red === null || red.answeredMs !== null) return false
  return red.unanswered >= unansweredShifts || (red.dueMs !== null && nowMs >= red.dueMs)
}
