import { randomUUID } from 'node:crypto'
import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { addAudit, addCheckIn, findKeyResult, readPeople } from '../../db/queries/team.ts'
import { readRejects } from '../../db/queries/rejects.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { CallFailure } from './call-failure.ts'
import { findByPin } from './people.ts'
import { createPinGate } from './pin-gate.ts'
import { EntryRefused, type Entry, type Recorder } from './recorder.ts'
import { rejectsAnswer } from './rejects-answer.ts'
import type { Commands } from './session.ts'

/** Who signs what needs no PIN: the screen at the line. */
export const stationName = 'station'
/** Stops that one answer lists, newest first. */
export const maxOpenStops = 20

export type CommandsOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  recorder: Pick<Recorder, 'enter' | 'counters' | 'sources'>
  /** Stops of the line's shift, oldest first; empty outside shifts. */
  stops: (lineId: string) => readonly StopEntry[]
  selfTest: (lineId: string) => SelfTestReport
  /** True while a changeover is open. */
  changeoverOpen: (lineId: string) => boolean
  /** A check-in was stored. */
  checkedIn: (lineId: string) => void
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** What the touch screen may ask for. Every command that changes something leaves an audit entry. */
export function createCommands(options: CommandsOptions): Commands {
  const { database, now } = options
  const gate = createPinGate(now)

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

  return {
    async logScrap({ lineId, reason, qty }, deviceId) {
      return enter(lineId, deviceId, 'logScrap', { kind: 'scrap', reason, qty })
    },

    async openStops({ lineId }) {
      if (!options.hasLine(lineId)) throw noLine(lineId)
      return options.stops(lineId).slice(-maxOpenStops).reverse()
    },

    async selfTest({ lineId }) {
      if (!options.hasLine(lineId)) throw noLine(lineId)
      return options.selfTest(lineId)
    },

    async setStopReason({ lineId, startMs, reason }, deviceId) {
      const stop = options.stops(lineId).find((candidate) => candidate.startMs === startMs)
      if (stop === undefined)
        throw new CallFailure('not-found', 'This stop is not in the list any more: open it again.')
      return enter(lineId, deviceId, 'setStopReason', {
        kind: 'stopReason',
        startMs,
        endMs: stop.closedMs,
        reason,
      })
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

    async checkIn({ keyResultId, value, confidence, sentence, pin }, deviceId) {
      const keyResult = findKeyResult(database.read, keyResultId)
      if (keyResult === null) throw new CallFailure('not-found', 'There is no such key result.')
      if (keyResult.live && value !== null) {
        throw new CallFailure('bad-input', 'This key result follows the line: its value cannot be typed.')
      }
      const person = await gate.pass(deviceId, () => findByPin(readPeople(database.read), pin))
      const atMs = now()
      const id = randomUUID()
      addCheckIn(
        database.write,
        { id, keyResultId, atMs, personId: person.id, value, confidence, sentence },
        {
          atMs,
          by: person.name,
          device: deviceId,
          action: 'checkIn',
          subject: keyResultId,
          detail: JSON.stringify({ id, value, confidence, sentence }),
        },
      )
      options.checkedIn(keyResult.lineId)
      return { by: person.name, atMs }
    },
  }
}

function noLine(lineId: string): CallFailure {
  return new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
}
