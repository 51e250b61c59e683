import type { KpiItem } from '../../../shared/contract/board-team.ts'
import { type KeyResultView, movedBy } from '../../../shared/domain/key-results.ts'
import { leadOf } from '../../../shared/domain/okr/predicted-end.ts'
import type { BoardView } from '../../board-view.tsx'
import { kpiName } from '../../key-results/kpi-name.ts'
import { keyResultText } from '../../key-results/look.ts'

/** The KPI that a key result follows; null: none was agreed on. */
export function kpiOf({ source }: KeyResultView, { board }: Pick<BoardView, 'board'>): KpiItem | null {
  const moved = movedBy(source)
  return board.kpis?.items.find((one) => moved !== null && movedBy(one.source) === moved) ?? null
}

/** "Moves with First-pass yield": by the name that the plant gave to it. */
export function sourceWords(item: KeyResultView, { board, t }: Pick<BoardView, 'board' | 't'>): string {
  const { source } = item
  if (source.kind === 'manual') return t('result.byHand')
  if (source.kind === 'milestones') return t('result.milestones')
  const own = source.kind === 'kpi' ? kpiName(source.kpi, t) : source.key
  return t('result.movesWith', { name: kpiOf(item, { board })?.name ?? own })
}

/** "Over 15 shifts up to 06:00": what the value rests on, and how old it is. */
export function ageWords(
  item: KeyResultView,
  { format, nowMs, t }: Pick<BoardView, 'format' | 'nowMs' | 't'>,
): string {
  const { source, sampleSize, valueAtMs } = item
  if (valueAtMs === null) return ''
  const time = format.clockOrDay(valueAtMs, nowMs)
  if (source.kind === 'values') return t('result.reported', { count: sampleSize, time })
  if (source.kind !== 'kpi') return t('result.entered', { time })
  return t(`result.window.${source.window.kind}`, { count: sampleSize, time })
}

/** Where it leads, or how long it has been met; '' where nobody can say. */
export function leadWords(item: KeyResultView, { format, t }: Pick<BoardView, 'format' | 't'>): string {
  const { held, predicted, progress } = item
  if (held.proposal !== null) {
    return t('result.proposed', { value: keyResultText(item, held.proposal.baseline, format) })
  }
  if (held.inRow > 0) return t('result.held', { count: held.inRow, needed: held.needed })
  if (progress?.worseThanStart) return t('worseThanStart')
  return predicted === null ? '' : t(`result.lead.${leadOf(predicted, item)}`)
}

/** A local date as "31 Dec". */
export function dayWords(date: string, { format, nowMs }: Pick<BoardView, 'format' | 'nowMs'>): string {
  const noonMs = Date.parse(`${date}T12:00:00Z`)
  // Also today's date is a date here, not a time.
  return format.clockOrDay(noonMs, nowMs + 366 * 86_400_000)
}
