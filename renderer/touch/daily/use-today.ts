import { useBoard } from '../../board-view.tsx'

const dayMs = 86_400_000

/** The plant's local date, "YYYY-MM-DD", this many days ago. */
export function useToday(ago = 0): string {
  const { board, nowMs } = useBoard()
  return new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone }).format(nowMs - ago * dayMs)
}
