import type { BoardView } from '../../board-view.tsx'
import { capital } from '../../widgets/call-name.ts'

const dayMs = 86_400_000
/** A weekday says enough for this many days ahead. */
const weekdaysAhead = 6

/** "yesterday", "today", "Fri", "12 Dec": a day as people say it. */
export function dayWords(
  due: string,
  { nowMs, format, board }: Pick<BoardView, 'nowMs' | 'format' | 'board'>,
): string {
  const noonMs = Date.parse(`${due}T12:00:00Z`)
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone }).format(nowMs)
  const days = Math.round((noonMs - Date.parse(`${today}T12:00:00Z`)) / dayMs)
  if (days >= -1 && days <= 1) return format.relativeDay(days)
  return days > 0 && days <= weekdaysAhead ? format.weekday(noonMs) : format.clockOrDay(noonMs, nowMs)
}

/** When something is due: as `dayWords`, standing by itself. */
export function dueWords(due: string, view: Pick<BoardView, 'nowMs' | 'format' | 'board'>): string {
  return capital(dayWords(due, view))
}
