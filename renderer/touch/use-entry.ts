import { useCallback, useRef, useState } from 'react'
import type { CallMessage, CallName, CallResult } from '../../shared/contract/protocol.ts'
import type { CallFailure } from '../link/client.ts'
import type { EntryInput, KeptCall } from '../link/outbox.ts'
import type { Saved } from './pages.ts'
import type { Refusal } from './refusal-words.ts'
import { useLink } from '../link/live.tsx'
import { useSigning, type Signing } from './use-signing.ts'

/** Entries that somebody signs. */
export type SignedCall = 'correctCount' | 'enterSafety' | 'enterFigure' | 'addNote'

export type Entry = {
  busy: boolean
  /** What went wrong, with what to do; the input is kept. */
  failure: Refusal | null
  /** Engine time before which another try is refused; 0: none. */
  retryAtMs: number
  /** Calls the engine; null when it failed. When the engine wants to know who asks, it waits until somebody has signed in. */
  send: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<CallResult[N] | null>
  /**
   * Makes an entry that is entered once, however often the connection breaks; without a connection it is kept and sent when
   * there is one. `text`: what it says once it is saved. Null when it was refused.
   */
  enter: <N extends KeptCall>(name: N, input: EntryInput<N>, text: string) => Promise<Saved | null>
  /**
   * The same for what needs somebody's PIN: it is not kept without a connection, but carries an id until it is answered, so that
   * a second tap on the same input enters it once.
   */
  sign: <N extends SignedCall>(name: N, input: EntryInput<N>, text: string) => Promise<Saved | null>
  clear: () => void
  signing: Signing
  /** Signs in with a PIN; the call that waits for it goes on. */
  givePin: (pin: string) => Promise<void>
  /** The same with a badge. */
  giveBadge: (badge: string) => Promise<void>
}

/** One touch screen's conversation with the engine. */
export function useEntry(): Entry {
  const { call, store, outbox } = useLink()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Refusal | null>(null)
  const [retryAtMs, setRetryAtMs] = useState(0)
  const signing = useSigning()
  const unanswered = useRef<{ asked: string; entryId: string } | null>(null)
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
  const untilSigned = useCallback(
    async <T>(name: CallName, work: () => Promise<T>): Promise<T | null> => {
      for (;;) {
        const answer = await attempt(name, work)
        if (answer !== 'signed-out') {
          used()
          return answer
        }
        if (!(await ask())) return null
      }
    },
    [attempt, ask, used],
  )
  const send = useCallback<Entry['send']>(
    (name, input) => untilSigned(name, () => call(name, input)),
    [untilSigned, call],
  )
  const enter = useCallback<Entry['enter']>(
    async (name, input, text) => {
      const made = { entryId: crypto.randomUUID(), name, input, text, madeMs: store.nowMs() }
      const sending = await untilSigned(name, () => outbox.enter(made))
      if (sending === null) return null
      return { ...('kept' in sending ? sending.kept : sending.receipt), text }
    },
    [untilSigned, outbox, store],
  )
  const sign = useCallback<Entry['sign']>(
    async (name, input, text) => {
      const asked = name + JSON.stringify(input)
      if (unanswered.current?.asked !== asked) unanswered.current = { asked, entryId: crypto.randomUUID() }
      const { entryId } = unanswered.current
      const message = { ...input, entryId } as unknown as CallMessage<SignedCall>
      const receipt = await untilSigned(name, () => call(name as SignedCall, message))
      if (receipt === null) return null
      unanswered.current = null
      return { entryId: receipt.entryId, atMs: receipt.atMs, text }
    },
    [untilSigned, call],
  )
  const givePin = useCallback(
    async (pin: string) => {
      await attempt('signIn', () => give({ pin }))
      outbox.flush()
    },
    [attempt, give, outbox],
  )
  const giveBadge = useCallback(
    async (badge: string) => {
      await attempt('signInBadge', () => give({ badge }))
      outbox.flush()
    },
    [attempt, give, outbox],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { busy, failure, retryAtMs, send, enter, sign, clear, signing, givePin, giveBadge }
}
