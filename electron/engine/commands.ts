import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import { maxMergeMs } from '../../db/queries/stop-edits.ts'
import { addAudit } from '../../db/queries/audit.ts'
import { readRejects } from '../../db/queries/rejects.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { CallFailure } from './call-failure.ts'
import type { Caller } from './caller.ts'
import { createPeopleCommands } from './people-commands.ts'
import type { KpiCommands } from './kpis/kpi-commands.ts'
import type { OkrCommands } from './okr/okr-commands.ts'
import { EntryRefused, type Entry, type Recorder } from './recorder.ts'
import { rejectsAnswer } from './rejects-answer.ts'
import type { Commands } from './session.ts'

/** Stops that one answer lists, newest first. */
export const maxOpenStops = 20
/** Reasons, splits and merges are taken this long after a stop. Milliseconds. */
export const lateReasonMs = 7 * dayMs

export type CommandsOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  recorder: Pick<Recorder, 'enter' | 'counters' | 'sources'>
  /** Stops of the line's shift, or of the one that ran at an instant, oldest first; empty outside shifts. */
  stops: (lineId: string, atMs?: number) => readonly StopEntry[]
  selfTest: (lineId: string) => SelfTestReport
  /** True while a changeover is open. */
  changeoverOpen: (lineId: string) => boolean
  okr: OkrCommands
  kpis: KpiCommands
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** What the touch screen may ask for. Every command that changes something leaves an audit entry. */
export function createCommands(options: CommandsOptions): Commands {
  const { database, now } = options

  function enter(lineId: string, { by, device }: Caller, action: string, entry: Entry): EntryReceipt {
    if (!options.hasLine(lineId)) throw noLine(lineId)
    try {
      return options.recorder.enter(lineId, entry, by, ({ entryId, atMs }) => {
        const detail = JSON.stringify({ entryId, ...entry })
        addAudit(database.write, { atMs, by, device, action, subject: lineId, detail })
      })
    } catch (error) {
      if (error instanceof EntryRefused) throw new CallFailure(error.code, error.message)
      throw error
    }
  }

  function refuseTooLate(atMs: number): void {
    if (now() - atMs <= lateReasonMs) return
    throw new CallFailure('too-late', `Stops can be changed for ${lateReasonMs / dayMs} days.`)
  }

  /** A stop as the list names it: of this shift, or of an earlier one. */
  function stopAt(lineId: string, startMs: number): StopEntry {
    if (!options.hasLine(lineId)) throw noLine(lineId)
    refuseTooLate(startMs)
    const holds = (stop: StopEntry) => stop.startMs === startMs
    const stop = options.stops(lineId).find(holds) ?? options.stops(lineId, startMs).find(holds)
    if (stop) return stop
    throw new CallFailure('not-found', 'This stop is not in the list any more: open it again.')
  }

  return {
    ...createPeopleCommands({ database, now }),

    async logScrap({ lineId, reason, qty }, caller) {
      return enter(lineId, caller, 'logScrap', { kind: 'scrap', reason, qty })
    },

    async openStops({ lineId, atMs }) {
      if (!options.hasLine(lineId)) throw noLine(lineId)
      if (atMs !== undefined) refuseTooLate(atMs)
      return options.stops(lineId, atMs).slice(-maxOpenStops).reverse()
    },

    async selfTest({ lineId }) {
      if (!options.hasLine(lineId)) throw noLine(lineId)
      return options.selfTest(lineId)
    },

    async setStopReason({ lineId, startMs, reason }, caller) {
      const { closedMs: endMs } = stopAt(lineId, startMs)
      return enter(lineId, caller, 'setStopReason', { kind: 'stopReason', startMs, endMs, reason })
    },

    async splitStop({ lineId, startMs, atMs }, caller) {
      const { closedMs, endMs } = stopAt(lineId, startMs)
      if (atMs <= startMs || atMs >= (closedMs ?? endMs)) {
        throw new CallFailure('bad-input', 'A stop can only be split at a time inside it.')
      }
      return enter(lineId, caller, 'splitStop', { kind: 'stopSplit', startMs, atMs })
    },

    async mergeStops({ lineId, startsMs, reason }, caller) {
      const stops = startsMs.map((startMs) => stopAt(lineId, startMs))
      const ends = stops.flatMap(({ closedMs }) => closedMs ?? [])
      if (ends.length < stops.length) {
        throw new CallFailure('not-allowed', 'The line still stands: merge its stops when it runs again.')
      }
      const startMs = Math.min(...startsMs)
      const endMs = Math.max(...ends)
      if (endMs - startMs > maxMergeMs) {
        throw new CallFailure('bad-input', 'These stops are too far apart to be one.')
      }
      return enter(lineId, caller, 'mergeStops', { kind: 'stopMerge', startMs, endMs, reason })
    },

    async startChangeover({ lineId, to }, caller) {
      if (options.hasLine(lineId) && options.changeoverOpen(lineId)) {
        throw new CallFailure('not-allowed', 'A changeover is already running: end it first.')
      }
      return enter(lineId, caller, 'startChangeover', { kind: 'changeover', event: 'start', to })
    },

    async endChangeover({ lineId }, caller) {
      if (options.hasLine(lineId) && !options.changeoverOpen(lineId)) {
        throw new CallFailure('not-found', 'No changeover is running.')
      }
      return enter(lineId, caller, 'endChangeover', { kind: 'changeover', event: 'end', to: null })
    },

    async undo({ lineId, entryId }, caller) {
      return enter(lineId, caller, 'undo', { kind: 'undo', entryId })
    },

    async correctCount({ lineId, atMs, good, scrap, reason }, caller) {
      const entry: Entry = { kind: 'correction', atMs, good, scrap, reason }
      return enter(lineId, caller, 'correctCount', entry)
    },

    async rejects({ limit }) {
      return rejectsAnswer(options.recorder.counters(), readRejects(database.read, limit))
    },

    async sources() {
      return options.recorder.sources()
    },

    ...options.okr,
    ...options.kpis,
  }
}

function noLine(lineId: string): CallFailure {
  return new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
}
