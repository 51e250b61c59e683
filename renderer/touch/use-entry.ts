import { useCallback, useState } from 'react'
import type { CallMessage, CallName, CallResult } from '../../shared/contract/protocol.ts'
import type { CallFailure } from '../link/client.ts'
import type { Refusal } from './refusal-words.ts'
import { useLink } from '../link/live.tsx'
import { useSigning, type Signing } from './use-signing.ts'

export type Entry = {
  busy: boolean
  /** What went wrong, with what to do; the input is kept. */
  failure: Refusal | null
  /** Engine time before which another try is refused; 0: none. */
  retryAtMs: number
  /** Calls the engine; null when it failed. When the engine wants to know who asks, it waits until somebody has signed in. */
  send: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<CallResult[N] | null>
  clear: () => void
  signing: Signing
  /** Signs in with a PIN; the call that waits for it goes on. */
  givePin: (pin: string) => Promise<void>
}

/** One touch screen's conversation with the engine. */
export function useEntry(): Entry {
  const { call, store } = useLink()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Refusal | null>(null)
  const [retryAtMs, setRetryAtMs] = useState(0)
  const signing = useSigning()
  const { ask, give, used } = signing

  const attempt = useCallback(
    async <T>(name: CallName, work: () => Promise<T>): Promise<T | null | 'signed-out'> => {
      setBusy(true)
      setFailure(null)
      try {
        return await work()
      } catch (error) {
        const refused = error as CallFailure
        if (refused.code === 'signed-out') return 'signed-out'
        setFailure({ call: name, code: refused.code, message: refused.message })
        setRetryAtMs(refused.retryMs === null ? 0 : store.nowMs() + refused.retryMs)
        return null
      } finally {
        setBusy(false)
      }
    },
    [store],
  )
  const send = useCallback<Entry['send']>(
    async (name, input) => {
      for (;;) {
        const answer = await attempt(name, () => call(name, input))
        if (answer !== 'signed-out') {
          used()
          return answer
        }
        if (!(await ask())) return null
      }
    },
    [attempt, call, ask, used],
  )
  const givePin = useCallback(
    async (pin: string) => {
      await attempt('signIn', () => give(pin))
    },
    [attempt, give],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, retryAtMs, send, clear, signing, givePin }
}
