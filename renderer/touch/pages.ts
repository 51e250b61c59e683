import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { Entry } from './use-entry.ts'

/**
 * The touch pages in groups. The first group stands open: what a crew enters is three taps from the board at most. A group has
 * room for six.
 */
export const pageGroups = {
  line: ['home', 'stop', 'changeover', 'stops', 'daily'],
  team: ['huddle', 'checkIn', 'objectives', 'gaps', 'review', 'kpis'],
  board: ['boardHealth', 'health', 'screens', 'selfTest', 'people'],
} as const
export type PageGroup = keyof typeof pageGroups
export type PageId = (typeof pageGroups)[PageGroup][number]

export const groupNames = Object.keys(pageGroups) as PageGroup[]
export const pageIds: readonly PageId[] = Object.values(pageGroups).flat()

export function groupOf(page: PageId): PageGroup {
  return groupNames.find((group) => (pageGroups[group] as readonly PageId[]).includes(page)) ?? 'line'
}

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
/** The same, while a form is open: what was begun is not lost to a talk with the crew. Milliseconds. */
export const formIdleMs = 300_000
