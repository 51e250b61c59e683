import type { Entry } from '../use-entry.ts'
import type { Objectives } from './use-objectives.ts'

/** What every form about objectives needs. */
export type OkrFormProps = {
  entry: Entry
  known: Objectives
  /** Saved; the text says by whom. */
  onSaved: (words: string) => void
  onCancel: () => void
}
