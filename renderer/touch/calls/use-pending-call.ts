import { useCallback, useRef, useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { callName } from '../../widgets/call-name.ts'
import type { PageProps } from '../pages.ts'

/** A call that nobody says more about goes out by itself after this long. Milliseconds. */
export const callByItselfMs = 3_000

export type CallDetails = { category: string; cell: string | null; text: string | null }
export type PendingCall = {
  /** The call that is about to go out; null: none. */
  call: CallDetails | null
  start: (category: string) => void
  /** Says more; the time begins anew. */
  detail: (more: Partial<CallDetails>) => void
  now: () => void
  cancel: () => void
}

/** A call is never lost in a form: leaving the page, or the whole touch screen, does not stop it. Only `cancel` does. */
export function usePendingCall({ entry, onSaved }: Pick<PageProps, 'entry' | 'onSaved'>): PendingCall {
  const { board, t } = useBoard()
  const { lineId, callCategories } = board.site
  const [call, setCall] = useState<CallDetails | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const send = async (details: CallDetails) => {
    clearTimeout(timer.current)
    setCall(null)
    const own = callCategories.find(({ id }) => id === details.category)?.name
    const text = t('touch.calls.called', { category: own ?? callName(details.category, t) })
    const saved = await entry.enter('raiseCall', { lineId, ...details }, text)
    if (saved) onSaved(saved)
  }
  const wait = (details: CallDetails) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void send(details), callByItselfMs)
    setCall(details)
  }
  const cancel = useCallback(() => {
    clearTimeout(timer.current)
    setCall(null)
  }, [])
  return {
    call,
    start: (category) => wait({ category, cell: null, text: null }),
    detail: (more) => call && wait({ ...call, ...more }),
    now: () => call && void send(call),
    cancel,
  }
}
