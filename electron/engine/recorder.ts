import type { SafetyKind } from '../../shared/domain/daily-letters.ts'
import type { ShiftOccurrence } from '../../shared/domain/calendar.ts'
import type { WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { CallEvent } from '../../shared/domain/facts.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'
import type { Plant } from '../../shared/settings/plant.ts'
import type { OpenDatabase } from '../../db/open-database.ts'
import type { Outcome } from './ingest/outcome.ts'
import type { Source } from './model/sources.ts'
import { createRecorder } from './model/create-recorder.ts'
import type { Settlement } from './model/settle-quarantined.ts'

export { EntryRefused } from './entry-refused.ts'

/** One MQTT message as it came. `packetId` is null for QoS 0. */
export type IncomingMessage = {
  topic: string
  payload: Uint8Array
  arrivedMs: number
  dup: boolean
  retain: boolean
  packetId: number | null
  /** What it says, where its payload was read before: by the Sparkplug host, say. Else the recorder reads it. */
  outcome?: Outcome
}

/** Something a person said, at the board mostly. Times in epoch milliseconds. */
export type Entry =
  /** `cell`: where it was found, `foundBy`: who found it; `customer` escapes are listed apart and change no shift's counts. */
  | {
      kind: 'scrap'
      reason: string
      qty: number
      cell?: string
      detected?: 'internal' | 'customer'
      foundBy?: string
    }
  | { kind: 'stopReason'; startMs: number; endMs: number | null; reason: string }
  /** The stop that began at `startMs` is cut in two at `atMs`. */
  | { kind: 'stopSplit'; startMs: number; atMs: number }
  /** All stop time in between is one stop, with this reason where one is given. */
  | { kind: 'stopMerge'; startMs: number; endMs: number; reason: string | null }
  | { kind: 'changeover'; event: 'start' | 'step' | 'end'; to: string | null; step?: string }
  /** Pieces to add at `atMs`, or (negative) to take away from the last ones before it. */
  | { kind: 'correction'; atMs: number; good: number; scrap: number; reason: string }
  | {
      kind: 'call'
      call: string
      event: CallEvent
      category?: string
      who?: string
      text?: string
      cell?: string
    }
  | { kind: 'safety'; what: SafetyKind; day: string; text: string }
  | { kind: 'figure'; figure: string; day: string; value: number }
  | { kind: 'note'; text: string }
  | { kind: 'undo'; entryId: string }

/** Since the store was made. */
export type RecorderCounters = {
  stored: number
  duplicates: number
  rejected: number
  /** Of those, by RejectCode. */
  rejectedBy: Readonly<Record<string, number>>
  /** Of those, what could be right and is kept apart: ahead of our clock, too old, or not believed. */
  quarantined: number
  lastReject: { atMs: number; topic: string; code: string; reason: string } | null
  /** Messages of other systems that their mapping passes over. */
  passedOver: number
  /** Parts of other systems' messages that say again what is known: a state, every second. */
  repeated: number
  /** Retained increments without time or id: nobody can tell whether they were counted before. */
  retainedDropped: number
  /** Running totals that went down and were taken as restarted from zero. */
  totalResets: number
  /** Running totals that ran over their modulus. */
  totalRollovers: number
  /** Running totals that went on from another value: after a wrong reading, or on another device. */
  totalSwaps: number
  /** Running totals older than the newest one: they move pieces to their own minute, if they are still kept. */
  totalsLate: number
  /** Rejects no longer kept because the shelf of rejects is full. */
  deadLettersDropped: number
  /** Late product messages whose pieces were partly older than the raw readings. */
  reattributionsCut: number
  /** Errors of change listeners, which never stop recording. */
  sideErrors: number
}

/**
 * The one writer of the store. Every call is one transaction: readings, facts and roll-ups together, then the models in
 * memory. Throws when the store refuses (disk full, say): then nothing was recorded and the call may be repeated.
 */
export type Recorder = {
  /**
   * `replay`: takes messages of any age (live ones older than the raw retention are rejected) as history: a message with
   * a time of its own says nothing about the source being alive later than that.
   */
  record: (batch: readonly IncomingMessage[], options?: { replay?: boolean }) => void
  /** Ends when all that was recorded before the call survives a power cut. Rejects when the disk refuses. */
  synced: () => Promise<void>
  /** Throws EntryRefused. An undo is taken within 30 s of the entry and answers with the undone entry's id. */
  enter: (
    lineId: string,
    entry: Entry,
    by: string,
    options?: {
      /** The entry's own id; given twice it is entered once, and the receipt is the first one's. */
      entryId?: string
      /** Runs in the same transaction: what it writes is stored or lost together with the entry. */
      alongside?: (receipt: EntryReceipt) => void
    },
  ) => EntryReceipt
  /** Of an entry that was made under this id; null: there is none. Throws EntryRefused when it belongs to another line. */
  entered: (lineId: string, entryId: string) => EntryReceipt | null
  /** Counts a quarantined message after all, or refuses it for good; leaves an audit entry. Throws EntryRefused. */
  settle: (seq: number, settlement: Settlement) => void
  /** The line's source has been silent since `startMs`. Ends by itself with the next message; noting it twice is fine. */
  noteSilence: (lineId: string, startMs: number) => void
  /** A source of the line is gone since `sinceMs`, whatever other sources still say. Called again as long as it is. */
  noteLoss: (lineId: string, sinceMs: number) => void
  /**
   * The line's sources are known to be alive now, without a message that says something new: what they said last holds.
   * Ends an open silence. Nothing happens on a line that was never heard.
   */
  noteAlive: (lineId: string) => void
  /** Throws for a line that the plant does not have. A new object after every change; never changed in place. */
  model: (lineId: string) => LineModel
  /** Sums of the running shift up to an instant: what `windowSums` says of the model, at no cost that grows with the shift. */
  shiftSums: (lineId: string, shift: ShiftOccurrence, asOfMs: number) => WindowSums
  /** Called after each commit that changed a line. Returns the unsubscribe function. */
  onChange: (listener: (lineIds: ReadonlySet<string>) => void) => () => void
  counters: () => RecorderCounters
  /** Who has spoken since the start, and by which clock. */
  sources: () => readonly Source[]
  /** Since when a source of the line says that it does not know its state or pieces; null: none says so. */
  withheldSince: (lineId: string) => number | null
  /** The broker has no session of ours: nothing can be delivered a second time. */
  forgetInFlight: () => void
  /** Small texts that must outlive the process, such as the MQTT client id. */
  memo: { get: (name: string) => string | null; set: (name: string, value: string) => void }
}

export type RecorderOptions = {
  database: OpenDatabase
  plant: Plant
  now: () => number
  /** Milliseconds from any start; never set, unlike `now`. Left out: `now` itself is never set. */
  steadyNow?: () => number
  log?: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** Opens the models of all lines from the store; a line not heard for long gets its silence noted at once. */
export function openRecorder(options: RecorderOptions): Recorder {
  return createRecorder(options)
}
