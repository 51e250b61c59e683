import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { Entry } from './use-entry.ts'

/** Something that was saved and can be taken back for a while. */
export type Saved = EntryReceipt & { text: string }

export type PageProps = {
  entry: Entry
  onSaved: (saved: Saved) => void
  /** Saved, but not to be taken back by touch. */
  onDone: (text: string) => void
}

/** An entry can be taken back for this long. Milliseconds. */
export const undoMs = 30_000
/** Without a touch for this long the board comes back. Milliseconds. */
export const idleMs = 60_000
