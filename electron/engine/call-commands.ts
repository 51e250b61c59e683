import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import { callId } from '../../shared/domain/calls.ts'
import type { Interval } from '../../shared/domain/facts.ts'
import { readAnsweredCalls } from '../../db/queries/calls.ts'
import type { ReadDb } from '../../db/handles.ts'
import { CallFailure } from './call-failure.ts'
import type { Caller } from './caller.ts'
import type { Entry, Recorder } from './recorder.ts'
import type { Commands } from './session.ts'
import { callTimesView } from './views/call-times.ts'
import { openCalls, type CallRules } from './views/open-calls.ts'

type CallCommands = Pick<Commands, 'raiseCall' | 'answerCall' | 'callTimes'>

export type CallCommandsOptions = {
  database: { read: ReadDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  recorder: Pick<Recorder, 'model'>
  callRules: (lineId: string) => CallRules
  shift: (lineId: string, atMs?: number) => Interval | null
  enter: (
    to: { lineId: string; entryId?: string },
    caller: Caller,
    action: string,
    entryOf: () => Entry,
  ) => EntryReceipt
}

/** Calls for help, from the touch screen; those of push buttons come over MQTT. */
export function createCallCommands(options: CallCommandsOptions): CallCommands {
  const { now, enter } = options
  const openOf = (lineId: string) =>
    openCalls(options.recorder.model(lineId).calls, options.callRules(lineId), now())

  return {
    async raiseCall(input, caller) {
      const { lineId, category, text } = input
      const cell = input.cell ?? undefined
      const known = options.hasLine(lineId)
        ? openOf(lineId).find((one) => one.category === category && (cell === undefined || one.cell === cell))
        : undefined
      const call = known?.call ?? callId(category, cell)
      const receipt = enter(input, caller, 'raiseCall', () => {
        if (!options.callRules(lineId).calls.some(({ id }) => id === category)) {
          throw new CallFailure('not-found', `No help called "${category}" is set up for this line.`)
        }
        return {
          kind: 'call',
          call,
          event: 'raise',
          category,
          ...(cell !== undefined && { cell }),
          ...(text !== null && { text }),
        }
      })
      return { ...receipt, call }
    },

    async answerCall(input, caller) {
      const { lineId, call, event, text } = input
      const who = input.who ?? (caller.personId === null ? null : caller.by)
      return enter(input, caller, 'answerCall', () => {
        if (!openOf(lineId).some((one) => one.call === call)) {
          throw new CallFailure('not-found', 'This call is not open any more.')
        }
        return { kind: 'call', call, event, ...(who !== null && { who }), ...(text !== null && { text }) }
      })
    },

    async callTimes({ lineId, atMs }) {
      const shift = options.hasLine(lineId) ? options.shift(lineId, atMs) : null
      if (shift === null) return []
      const calls = readAnsweredCalls(options.database.read, lineId, shift)
      return callTimesView(calls, shift, now())
    },
  }
}
