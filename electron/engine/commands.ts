import type { HealthReport } from '../../shared/contract/health.ts'
import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import type { Interval } from '../../shared/domain/facts.ts'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { dayMs } from '../../shared/domain/local-time.ts'
import type { CallRules } from './views/open-calls.ts'
import { maxMergeMs } from '../../db/queries/stop-edits.ts'
import { addAudit } from '../../db/queries/audit.ts'
import { readQuarantined, readRejects } from '../../db/queries/rejects.ts'
import type { ReadDb, WriteDb } from '../../db/handles.ts'
import { createCallCommands } from './call-commands.ts'
import { CallFailure } from './call-failure.ts'
import type { Caller } from './caller.ts'
import { createDailyCommands } from './daily-commands.ts'
import { createPeopleCommands } from './people-commands.ts'
import type { HuddleCommands } from './huddle/huddle-commands.ts'
import type { KpiCommands } from './kpis/kpi-commands.ts'
import type { OkrCommands } from './okr/okr-commands.ts'
import { EntryRefused, type Entry, type Recorder } from './recorder.ts'
import { rejectsAnswer, rejectView } from './rejects-answer.ts'
import type { Commands } from './session.ts'

/** Stops that one answer lists, newest first. */
export const maxOpenStops = 20
/** Reasons, splits and merges are taken this long after a stop. Milliseconds. */
export const lateReasonMs = 7 * dayMs

/** From the answer to the end of the kiosk. Milliseconds. */
const leaveAfterMs = 500

export type CommandsOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  recorder: Pick<Recorder, 'enter' | 'entered' | 'model' | 'counters' | 'settle' | 'sources'>
  /** Stops of the line's shift, or of the one that ran at an instant, oldest first; empty outside shifts. */
  stops: (lineId: string, atMs?: number) => readonly StopEntry[]
  selfTest: (lineId: string) => SelfTestReport
  health: () => HealthReport
  /** Ends the kiosk around this board; null: there is none. */
  leave: ((by: string) => void) | null
  /** True while a changeover is open. */
  changeoverOpen: (lineId: string) => boolean
  okr: OkrCommands
  kpis: KpiCommands
  huddles: HuddleCommands
  /** Kinds of help that the line can call. */
  callRules: (lineId: string) => CallRules
  /** Local date of the plant. */
  today: () => string
  /** Figures of the line's daily board. */
  figures: (lineId: string) => readonly { id: string }[]
  /** Something was entered or taken back. */
  entered: (lineId: string) => void
  /** The shift on show, or the one that ran at an instant; null: none. */
  shift: (lineId: string, atMs?: number) => Interval | null
  log: (level: 'info' | 'warn' | 'error', message: string) => void
}

/** What the touch screen may ask for. Every command that changes something leaves an audit entry. */
export function createCommands(options: CommandsOptions): Commands {
  const { database, now } = options

  /** `entryOf` may refuse; it is not asked when the entry was made before under the same id. */
  function enter(
    { lineId, entryId }: { lineId: string; entryId?: string },
    { by, device }: Caller,
    action: string,
    entryOf: () => Entry,
  ): EntryReceipt {
    if (!options.hasLine(lineId)) throw noLine(lineId)
    return refusable(() => {
      const known = entryId === undefined ? null : options.recorder.entered(lineId, entryId)
      if (known !== null) return known
      const entry = entryOf()
      const alongside = (receipt: EntryReceipt) => {
        const detail = JSON.stringify({ entryId: receipt.entryId, ...entry })
        addAudit(database.write, { atMs: receipt.atMs, by, device, action, subject: lineId, detail })
      }
      const receipt = options.recorder.enter(lineId, entry, by, { entryId, alongside })
      options.entered(lineId)
      return receipt
    })
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

    ...createCallCommands({ ...options, enter }),

    ...createDailyCommands({ today: options.today, figures: options.figures, enter }),

    async logScrap(input, caller) {
      const { lineId: _line, entryId: _id, ...body } = input
      return enter(input, caller, 'logScrap', () => ({ kind: 'scrap', ...body }))
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

    async setStopReason(input, caller) {
      return enter(input, caller, 'setStopReason', () => {
        const { startMs, reason } = input
        const { closedMs: endMs } = stopAt(input.lineId, startMs)
        return { kind: 'stopReason', startMs, endMs, reason }
      })
    },

    async splitStop(input, caller) {
      return enter(input, caller, 'splitStop', () => {
        const { startMs, atMs } = input
        const { closedMs, endMs } = stopAt(input.lineId, startMs)
        if (atMs <= startMs || atMs >= (closedMs ?? endMs)) {
          throw new CallFailure('bad-input', 'A stop can only be split at a time inside it.')
        }
        return { kind: 'stopSplit', startMs, atMs }
      })
    },

    async mergeStops(input, caller) {
      return enter(input, caller, 'mergeStops', () => {
        const { lineId, startsMs, reason } = input
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
        return { kind: 'stopMerge', startMs, endMs, reason }
      })
    },

    async startChangeover(input, caller) {
      return enter(input, caller, 'startChangeover', () => {
        if (options.changeoverOpen(input.lineId)) {
          throw new CallFailure('not-allowed', 'A changeover is already running: end it first.')
        }
        return { kind: 'changeover', event: 'start', to: input.to }
      })
    },

    async endChangeover(input, caller) {
      return enter(input, caller, 'endChangeover', () => {
        if (!options.changeoverOpen(input.lineId)) {
          throw new CallFailure('not-found', 'No changeover is running.')
        }
        return { kind: 'changeover', event: 'end', to: null }
      })
    },

    async changeoverStep(input, caller) {
      return enter(input, caller, 'changeoverStep', () => {
        if (!options.changeoverOpen(input.lineId)) {
          throw new CallFailure('not-found', 'No changeover is running.')
        }
        return { kind: 'changeover', event: 'step', to: null, step: input.step }
      })
    },

    async undo({ lineId, entryId }, caller) {
      return enter({ lineId }, caller, 'undo', () => ({ kind: 'undo', entryId }))
    },

    async correctCount(input, caller) {
      const { atMs, good, scrap, reason } = input
      const entry: Entry = { kind: 'correction', atMs, good, scrap, reason }
      return enter(input, caller, 'correctCount', () => entry)
    },

    async rejects({ limit }) {
      return rejectsAnswer(options.recorder.counters(), readRejects(database.read, limit))
    },

    async quarantined({ limit }) {
      const { open, newest } = readQuarantined(database.read, limit)
      return { open, newest: newest.map(rejectView) }
    },

    async settleQuarantined({ seq, how, reason }, { by, device }) {
      refusable(() => options.recorder.settle(seq, { how, reason, by, device }))
      return { by, atMs: now() }
    },

    async sources() {
      return options.recorder.sources()
    },

    async leaveBoard(_input, { by, device }) {
      const { leave } = options
      if (leave === null)
        throw new CallFailure('not-allowed', 'This board is a page in a browser: close the page.')
      addAudit(database.write, { atMs: now(), by, device, action: 'leaveBoard', subject: '', detail: '{}' })
      // The answer is on its way before the end begins.
      setTimeout(() => leave(by), leaveAfterMs)
      return { by }
    },

    async health() {
      return options.health()
    },

    ...options.okr,
    ...options.kpis,
    ...options.huddles,
  }
}

/** A refusal of the recorder is one that the person at the screen may read. */
function refusable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof EntryRefused) throw new CallFailure(error.code, error.message)
    throw error
  }
}

function noLine(lineId: string): CallFailure {
  return new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
}
