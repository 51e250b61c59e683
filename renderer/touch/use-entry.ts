import { useCallback, useState } from 'react'
import type { CallInput, CallName, CallResult } from '../../shared/contract/protocol.ts'
import { CallFailure } from '../link/client.ts'
import { useLink } from '../link/live.tsx'

export type Entry = {
  busy: boolean
  /** What went wrong, with what to do; the input is kept. */
  failure: CallFailure | null
  /** Calls the engine; null when it failed. */
  send: <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallResult[N] | null>
  clear: () => void
}

/** One form's conversation with the engine. */
export function useEntry(): Entry {
  const { call } = useLink()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<CallFailure | null>(null)
  const send = useCallback<Entry['send']>(
    async (name, input) => {
      setBusy(true)
      setFailure(null)
      try {
        return await call(name, input)
      } catch (error) {
        setFailure(error as CallFailure)
        return null
      } finally {
        setBusy(false)
      }
    },
    [call],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, send, clear }
}
