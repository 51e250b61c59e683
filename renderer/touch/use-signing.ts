import { useCallback, useEffect, useRef, useState } from 'react'
import type { SignedIn } from '../../shared/contract/protocol.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import { useLink } from '../link/live.tsx'

/** Who acts on this page, as far as the page knows; the engine knows best. */
export type Signing = {
  /** Null: nobody. */
  person: (SignedIn & { untilMs: EpochMs }) | null
  /** Something waits for a PIN. */
  asked: boolean
  /** Asks for a PIN. False: whoever was asked has gone away. */
  ask: () => Promise<boolean>
  /** Rejects with CallFailure. */
  give: (by: { pin: string } | { badge: string }) => Promise<void>
  cancel: () => void
  /** The engine has answered: the time begins anew. */
  used: () => void
  signOut: () => void
}

/** Signing in at one touch screen; who leaves it is signed out, since the next one is somebody else. */
export function useSigning(): Signing {
  const { call, store } = useLink()
  const [person, setPerson] = useState<Signing['person']>(null)
  const [asked, setAsked] = useState(false)
  const waiting = useRef<((signedIn: boolean) => void) | null>(null)
  const present = useRef(false)

  const settle = useCallback((signedIn: boolean) => {
    setAsked(false)
    waiting.current?.(signedIn)
    waiting.current = null
  }, [])
  const ask = useCallback(() => {
    settle(false)
    present.current = false
    setPerson(null)
    setAsked(true)
    return new Promise<boolean>((resolve) => (waiting.current = resolve))
  }, [settle])
  const give = useCallback(
    async (by: { pin: string } | { badge: string }) => {
      const signedIn = await ('pin' in by ? call('signIn', by) : call('signInBadge', by))
      present.current = true
      setPerson({ ...signedIn, untilMs: store.nowMs() + signedIn.idleMs })
      settle(true)
    },
    [call, store, settle],
  )
  const cancel = useCallback(() => settle(false), [settle])
  const used = useCallback(
    () => setPerson((known) => known && { ...known, untilMs: store.nowMs() + known.idleMs }),
    [store],
  )
  const signOut = useCallback(() => {
    if (!present.current) return
    present.current = false
    setPerson(null)
    void call('signOut', {}).catch(() => undefined)
  }, [call])
  useEffect(() => signOut, [signOut])
  return { person, asked, ask, give, cancel, used, signOut }
}
