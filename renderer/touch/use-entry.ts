import { useCallback, useState } from 'react'
import type { CallMessage, CallName, CallResult } from '../../shared/contract/protocol.ts'
import type { CallFailure } from '../link/client.ts'
import { useLink } from '../link/live.tsx'

export type Entry = {
  busy: boolean
  /** What went wrong, with what to do; the input is kept. */
  failure: CallFailure | null
  /** Engine time before which another try is refused; 0: none. */
  retryAtMs: number
  /** Calls the engine; null when it failed. */
  send: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<CallResult[N] | null>
  clear: () => void
}

/** One form's conversation with the engine. */
export function useEntry(): Entry {
  const { call, store } = useLink()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const [retryAtMs, setRetryAtMs] = useState(0)
  const send = useCallback<Entry['send']>(
    async (name, input) => {
      setBusy(true)
      setFailure(null)
      try {
        return await call(name, input)
      } catch (error) {
        const refused = error as CallFailure
        setFailure(refused)
        setRetryAtMs(refused.retryMs === null ? 0 : store.nowMs() + refused.retryMs)
        return null
      } finally {
        setBusy(false)
      }
    },
    [call, store],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, retryAtMs, send, clear }
}
