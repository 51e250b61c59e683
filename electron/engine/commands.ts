import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import { maxMergeMs } from '../../db/queries/stop-edits.ts'
import { addAudit, readPeople } from '../../db/queries/team.ts'
import { readRejects } from '../../db/queries/rejects.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { CallFailure } from './call-failure.ts'
import { findByPin } from './people.ts'
import { createPinGate } from './pin-gate.ts'
import type { OkrCommands } from './okr/okr-commands.ts'
import { EntryRefused, type Entry, type Recorder } from './recorder.ts'
import { signOkr } from './okr/sign-okr.ts'
import { rejectsAnswer } from './rejects-answer.ts'
import type { Commands } from './session.ts'

/** Who signs what needs no PIN: the screen at the line. */
export const stationName = 'station'
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
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** What the touch screen may ask for. Every command that changes something leaves an audit entry. */
export function createCommands(options: CommandsOptions): Commands {
  const { database, now } = options
  const gate = createPinGate(now)
  const signedOkr = signOkr(options.okr, (deviceId, pin) =>
    gate.pass(deviceId, () => findByPin(readPeople(database.read), pin)),
  )

  function entered(lineId: string, entry: Entry, by: string): EntryReceipt {
    try {
      return options.recorder.enter(lineId, entry, by)
    } catch (error) {
      if (error instanceof EntryRefused) throw new CallFailure(error.code, error.message)
      throw error
    }
  }

  function enter(
    lineId: string,
    deviceId: string,
    action: string,
    entry: Entry,
    by = stationName,
  ): EntryReceipt {
    if (!options.hasLine(lineId)) throw noLine(lineId)
    const receipt = entered(lineId, entry, by)
    const detail = JSON.stringify({ entryId: receipt.entryId, ...entry })
    try {
      const { atMs } = receipt
      addAudit(database.write, { atMs, by, device: deviceId, action, subject: lineId, detail })
    } catch (error) {
      // The entry itself is stored, with its author: an error here would make people enter it twice.
      options.log('error', `The audit trail lacks ${action} ${detail}: ${String(error)}`)
    }
    return receipt
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
    async logScrap({ lineId, reason, qty }, deviceId) {
      return enter(lineId, deviceId, 'logScrap', { kind: 'scrap', reason, qty })
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

    async setStopReason({ lineId, startMs, reason }, deviceId) {
      const { closedMs: endMs } = stopAt(lineId, startMs)
      return enter(lineId, deviceId, 'setStopReason', { kind: 'stopReason', startMs, endMs, reason })
    },

    async splitStop({ lineId, startMs, atMs }, deviceId) {
      const { closedMs, endMs } = stopAt(lineId, startMs)
      if (atMs <= startMs || atMs >= (closedMs ?? endMs)) {
        throw new CallFailure('bad-input', 'A stop can only be split at a time inside it.')
      }
      return enter(lineId, deviceId, 'splitStop', { kind: 'stopSplit', startMs, atMs })
    },

    async mergeStops({ lineId, startsMs, reason }, deviceId) {
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
      return enter(lineId, deviceId, 'mergeStops', { kind: 'stopMerge', startMs, endMs, reason })
    },

    async startChangeover({ lineId, to }, deviceId) {
      if (options.hasLine(lineId) && options.changeoverOpen(lineId)) {
        throw new CallFailure('not-allowed', 'A changeover is already running: end it first.')
      }
      return enter(lineId, deviceId, 'startChangeover', { kind: 'changeover', event: 'start', to })
    },

    async endChangeover({ lineId }, deviceId) {
      if (options.hasLine(lineId) && !options.changeoverOpen(lineId)) {
        throw new CallFailure('not-found', 'No changeover is running.')
      }
      return enter(lineId, deviceId, 'endChangeover', { kind: 'changeover', event: 'end', to: null })
    },

    async undo({ lineId, entryId }, deviceId) {
      return enter(lineId, deviceId, 'undo', { kind: 'undo', entryId })
    },

    async correctCount({ lineId, atMs, good, scrap, reason, pin }, deviceId) {
      if (!options.hasLine(lineId)) throw noLine(lineId)
      const person = await gate.pass(deviceId, () => findByPin(readPeople(database.read), pin))
      const entry: Entry = { kind: 'correction', atMs, good, scrap, reason }
      return enter(lineId, deviceId, 'correctCount', entry, person.name)
    },

    async rejects({ limit }) {
      return rejectsAnswer(options.recorder.counters(), readRejects(database.read, limit))
    },

    async sources() {
      return options.recorder.sources()
    },

    ...signedOkr,
  }
}

function noLine(lineId: string): CallFailure {
  return new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
}
