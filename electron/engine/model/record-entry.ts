import { randomUUID } from 'node:crypto'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { CallBody } from '../../../db/fact-rows.ts'
import { scrapEntryPieces, type ScrapEntryBody } from '../../../db/queries/readings.ts'
import { EntryRefused } from '../entry-refused.ts'
import type { Entry } from '../recorder.ts'
import { touch } from './line-work.ts'
import type { LineWork } from './line-work.ts'
import { recordCorrection, undoCorrection } from './record-correction.ts'
import { isOpen } from './calls.ts'
import {
  recordCall,
  recordChangeover,
  recordScrapEntry,
  recordStopEdit,
  recordStopReason,
} from './record-signal.ts'

/** An entry can be undone this long. Milliseconds. */
export const undoMs = 30_000

export type EntryContext = {
  who: string
  atMs: EpochMs
  /** Messages before it can't be corrected any more. */
  rawKeptFromMs: EpochMs
  id?: string
}

/** Writes what a person said. `rebuild`: a fact was taken back, so the model is to be read anew after the commit. */
export function recordEntry(
  work: LineWork,
  entry: Entry,
  { who, atMs, rawKeptFromMs, id = randomUUID() }: EntryContext,
): { entryId: string; atMs: EpochMs; rebuild: boolean } {
  if (entry.kind === 'undo') return undoEntry(work, entry.entryId, who, atMs)
  const { kind, ...body } = entry
  let factSeq: number | null = null
  if (entry.kind === 'scrap') recordScrapEntry(work, atMs, entry)
  else if (entry.kind === 'correction') recordCorrection(work, id, entry, rawKeptFromMs, atMs)
  else if (entry.kind === 'stopReason') {
    factSeq = recordStopReason(work, entry.startMs, entry.endMs, entry.reason)
  } else if (entry.kind === 'stopSplit') {
    factSeq = recordStopEdit(work, entry.atMs, entry.atMs, null)
  } else if (entry.kind === 'stopMerge') {
    factSeq = recordStopEdit(work, entry.startMs, entry.endMs, entry.reason)
  } else if (entry.kind === 'safety' || entry.kind === 'figure' || entry.kind === 'note') {
    // The entry itself is all there is: the daily board reads it.
  } else if (entry.kind === 'call') {
    factSeq = recordCall(work, atMs, body as CallBody)
  } else {
    factSeq = recordChangeover(work, atMs, {
      event: entry.event,
      ...(entry.to === null ? {} : { to: entry.to }),
      ...(entry.step === undefined ? {} : { step: entry.step }),
    })
  }
  work.writers.entries.add({ id, line: work.setup.id, kind, at: atMs, who, body, factSeq })
  return { entryId: id, atMs, rebuild: false }
}

function undoEntry(work: LineWork, entryId: string, who: string, atMs: EpochMs) {
  const { entries, facts } = work.writers
  const entry = entries.find(entryId, work.setup.id)
  if (!entry || entry.voidedMs !== null) {
    throw new EntryRefused('not-found', 'There is no such entry to undo any more')
  }
  if (atMs - entry.at > undoMs) {
    throw new EntryRefused('too-late', `An entry can be undone within ${undoMs / 1000} seconds`)
  }
  entries.markVoid(entryId, atMs, who)
  if (entry.kind === 'scrap') {
    work.takenBack.push(scrapEntryPieces(entry.at, entry.body as ScrapEntryBody))
  } else if (entry.kind === 'correction') {
    undoCorrection(work, entryId, (entry.body as { atMs: EpochMs }).atMs, atMs)
  } else if (entry.factSeq !== null) {
    facts.dropFact(entry.factSeq)
    if (entry.kind === 'call') {
      const { call } = entry.body as CallBody
      facts.setCallOpen(work.setup.id, call, isOpen(facts.callFacts(work.setup.id, call)))
    }
    const own = entry.kind === 'changeover' || entry.kind === 'call'
    const startMs = own ? entry.at : (entry.body as { startMs: EpochMs }).startMs
    touch(work, entry.kind === 'changeover' ? facts.endsFrom(work.setup.id, 'changeover', startMs) : startMs)
  }
  return { entryId, atMs, rebuild: entry.factSeq !== null }
}
