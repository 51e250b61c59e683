import { useEffect, useState } from 'react'
import type { BoardView } from './board-view.tsx'
import { useLink } from './link/live.tsx'
import type { Care } from './panel-care.ts'
import { careAt, isQuiet } from './panel-care.ts'

/** How the panel may rest now. A touch, a key, a shift, a call or a running line wakes it. */
export function useCare({ board, nowMs }: BoardView): Care {
  const { store } = useLink()
  const [touchedMs, setTouchedMs] = useState(nowMs)
  const [quietFromMs, setQuietFromMs] = useState<number | null>(null)
  const quiet = isQuiet(board)
  if (quiet !== (quietFromMs !== null)) setQuietFromMs(quiet ? nowMs : null)
  useEffect(() => {
    const touched = () => setTouchedMs(store.nowMs())
    window.addEventListener('pointerdown', touched)
    window.addEventListener('keydown', touched)
    return () => {
      window.removeEventListener('pointerdown', touched)
      window.removeEventListener('keydown', touched)
    }
  }, [store])
  return careAt(quietFromMs === null ? null : Math.max(quietFromMs, touchedMs), nowMs, board.site.display)
}
