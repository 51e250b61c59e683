import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { Entry } from './use-entry.ts'

/** Something that was saved and can be taken back for a while. */
export type Saved = EntryReceipt & { text: string }

/** Pages that another one leads to, to mend something there. */
export type AimedPage = 'checkIn' | 'objectives' | 'gaps' | 'review' | 'kpis'

export type PageProps = {
  entry: Entry
  onSaved: (saved: Saved) => void
  /** Saved, but not to be taken back by touch. */
  onDone: (text: string) => void
  /** What the page was opened for: the id of a KPI, objective or key result; null: nothing in particular. */
  subject: string | null
  /** Opens another page, for something in particular. */
  onGo: (page: AimedPage, subject: string | null) => void
}

/** An entry can be taken back for this long. Milliseconds. */
export const undoMs = 30_000
/** Without a touch for this long the board comes back. Milliseconds. */
export const idleMs = 60_000
