import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { OpenCall } from '../../shared/contract/board-line.ts'
import type { BoardView } from '../board-view.tsx'
import type { Chimed } from './due-chime.ts'
import { dueChime, volumeAt } from './due-chime.ts'
import { createPlayer } from './player.ts'

const noCalls: readonly OpenCall[] = []

/**
 * Chimes for calls. True: a chime is due and the browser refuses sound before the first touch, which the screen says; the
 * call itself is shown anyway.
 */
export function useChimes({ board, linkLost, nowMs, format }: BoardView): boolean {
  const [player] = useState(() => createPlayer(window))
  const ready = useSyncExternalStore(player.subscribe, player.ready)
  const chimed = useRef<Chimed>(new Map())
  // Without a call there is nothing to look at, and no effect to run.
  const openCalls = board.line.openCalls.length === 0 ? noCalls : board.line.openCalls
  const lookMs = openCalls === noCalls ? 0 : nowMs
  const volume = linkLost ? 0 : volumeAt(board.site.display.sound, format.clock(nowMs))
  const wanted = volume > 0 && openCalls.some(({ ackMs }) => ackMs === null)
  useEffect(() => player.close, [player])
  useEffect(() => {
    if (wanted) player.wake()
  }, [wanted, player])
  useEffect(() => {
    if (wanted && !ready) return
    const due = dueChime(openCalls, chimed.current, lookMs)
    chimed.current = due.chimed
    if (due.chime) player.play(due.chime, volume)
  }, [openCalls, lookMs, volume, wanted, ready, player])
  return wanted && !ready
}
