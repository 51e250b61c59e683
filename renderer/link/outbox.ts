import type { CallMessage, CallName, EntryReceipt } from '../../shared/contract/protocol.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import { CallFailure, unanswered } from './client.ts'
import type { Call } from './client.ts'

/** Entries that are kept over a broken connection. Each carries an id made here, by which the engine enters it once. */
export const keptCalls = [
  'logScrap',
  'setStopReason',
  'splitStop',
  'mergeStops',
  'startChangeover',
  'endChangeover',
  'changeoverStep',
  'raiseCall',
  'answerCall',
] as const satisfies readonly CallName[]
export type KeptCall = (typeof keptCalls)[number]
export type EntryInput<N extends CallName> = Omit<CallMessage<N>, 'entryId'>

/** Entries that wait, and refused ones that nobody has read yet; one more is refused at once. */
export const maxKept = 50
/**
 * An entry counts when it arrives, so one that waited longer than this is refused instead; not one that was sent before, since
 * the engine may have it. Milliseconds.
 */
export const keepMs = 15 * 60_000
/** The engine did not answer in time: the entry is sent again after this long. Milliseconds. */
const againMs = 2_000
const storageName = 'lineside-kept-entries'

/** One entry on its way. */
export type Kept = {
  entryId: string
  name: KeptCall
  input: object
  /** What it says once it is saved. */
  text: string
  /** Engine time of the tap. */
  madeMs: EpochMs
  /** It was handed to a connection, so the engine may have it already. */
  sent: boolean
  /** `pin`: goes on when somebody has signed in. `refused`: it never will, for `refusal`. */
  state: 'waiting' | 'pin' | 'refused'
  refusal: { code: CallFailure['code']; message: string } | null
}

export type Sending = { receipt: EntryReceipt } | { kept: EntryReceipt }

export type Outbox = {
  get: () => readonly Kept[]
  subscribe: (listener: () => void) => () => void
  /** In the order of the taps. Answers `kept` when the connection is gone; rejects with CallFailure when it was refused. */
  enter: (entry: {
    entryId: string
    name: KeptCall
    input: object
    text: string
    madeMs: EpochMs
  }) => Promise<Sending>
  /** A connection is there, or somebody has signed in: what waits goes out. */
  flush: () => void
  /** Forgets an entry that was never sent, or a refused one. False: the engine may have it. */
  drop: (entryId: string) => boolean
}

export type OutboxOptions = {
  call: Call
  connected: () => boolean
  nowMs: () => EpochMs
  /** Outlives a reload of the page; null where there is none. */
  storage: Pick<Storage, 'getItem' | 'setItem'> | null
}

type Waiter = { resolve: (sending: Sending) => void; reject: (failure: CallFailure) => void }

const tooLong = {
  code: 'closed',
  message: 'The connection was away for too long, so nothing was saved.',
} as const
const full = {
  code: 'closed',
  message: `${maxKept} entries wait for the connection already: this one was not saved.`,
} as const

/** Sends entries one after the other, keeps them while there is no connection, and sends each again until it is answered. */
export function createOutbox({ call, connected, nowMs, storage }: OutboxOptions): Outbox {
  let kept: readonly Kept[] = restored(storage)
  const listeners = new Set<() => void>()
  const waiters = new Map<string, Waiter>()
  let pumping = false
  let wanted = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function set(next: readonly Kept[]): void {
    kept = next
    try {
      storage?.setItem(storageName, JSON.stringify(kept))
    } catch {
      // A full or forbidden storage: the entries still wait here.
    }
    for (const listener of listeners) listener()
  }
  const change = (entryId: string, by: Partial<Kept>) =>
    set(kept.map((one) => (one.entryId === entryId ? { ...one, ...by } : one)))
  const remove = (entryId: string) => set(kept.filter((one) => one.entryId !== entryId))

  function refuse(entry: Kept, failure: CallFailure): void {
    const waiter = waiters.get(entry.entryId)
    waiters.delete(entry.entryId)
    if (waiter === undefined) {
      const { code, message } = failure
      return change(entry.entryId, {
        state: code === 'signed-out' ? 'pin' : 'refused',
        refusal: { code, message },
      })
    }
    remove(entry.entryId)
    waiter.reject(failure)
  }

  function tellKept(): void {
    for (const [entryId, waiter] of waiters) {
      const entry = kept.find((one) => one.entryId === entryId)
      waiter.resolve({ kept: { entryId, atMs: entry?.madeMs ?? nowMs() } })
    }
    waiters.clear()
  }

  /** False: nothing more can go out now. */
  async function sendNext(entry: Kept): Promise<boolean> {
    if (!entry.sent && nowMs() - entry.madeMs > keepMs) {
      refuse(entry, new CallFailure(tooLong))
      return true
    }
    if (!connected()) {
      tellKept()
      return false
    }
    change(entry.entryId, { sent: true })
    try {
      const input = { ...entry.input, entryId: entry.entryId } as CallMessage<KeptCall>
      const { entryId, atMs } = await call(entry.name, input)
      remove(entry.entryId)
      waiters.get(entry.entryId)?.resolve({ receipt: { entryId, atMs } })
      waiters.delete(entry.entryId)
      return true
    } catch (error) {
      const failure = error as CallFailure
      if (unanswered.includes(failure.code)) {
        tellKept()
        clearTimeout(timer)
        if (failure.code === 'deadline') timer = setTimeout(flush, againMs)
        return false
      }
      refuse(entry, failure)
      return failure.code !== 'signed-out'
    }
  }

  /** One at a time; whoever asks while it runs is served before it ends. */
  async function pump(): Promise<void> {
    wanted = true
    if (pumping) return
    pumping = true
    while (wanted) {
      wanted = false
      const next = kept.find(({ state }) => state !== 'refused')
      if (next !== undefined && next.state !== 'pin' && (await sendNext(next))) wanted = true
    }
    pumping = false
  }

  function flush(): void {
    if (kept.some(({ state }) => state === 'pin')) {
      set(kept.map((one) => (one.state === 'pin' ? { ...one, state: 'waiting', refusal: null } : one)))
    }
    void pump()
  }

  return {
    get: () => kept,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    enter: (entry) =>
      new Promise((resolve, reject) => {
        if (kept.length >= maxKept) return reject(new CallFailure(full))
        waiters.set(entry.entryId, { resolve, reject })
        set([...kept, { ...entry, sent: false, state: 'waiting', refusal: null }])
        if (kept.some(({ state }) => state === 'pin')) tellKept()
        void pump()
      }),
    flush,
    drop: (entryId) => {
      const entry = kept.find((one) => one.entryId === entryId)
      if (entry === undefined || (entry.sent && entry.state !== 'refused')) return false
      remove(entryId)
      return true
    },
  }
}

function restored(storage: OutboxOptions['storage']): readonly Kept[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(storageName) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isKept).slice(0, maxKept) : []
  } catch {
    return []
  }
}

function isKept(value: unknown): value is Kept {
  const { entryId, name, input, text, madeMs, sent, state } = (value ?? {}) as Partial<Kept>
  return (
    typeof entryId === 'string' &&
    keptCalls.some((known) => known === name) &&
    typeof input === 'object' &&
    typeof text === 'string' &&
    typeof madeMs === 'number' &&
    typeof sent === 'boolean' &&
    (state === 'waiting' || state === 'pin' || state === 'refused')
  )
}
