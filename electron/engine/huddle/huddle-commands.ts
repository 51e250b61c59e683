import type { HuddleMinutes, ShiftReport } from '../../../shared/contract/board-huddle.ts'
import type { HuddleCallResult, huddleCalls, ReportShift } from '../../../shared/contract/huddle-calls.ts'
import type { CallInput } from '../../../shared/contract/protocol.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { byUrgency, isLate } from '../../../shared/domain/gaps/action.ts'
import {
  type HourSign,
  type Huddle,
  type TierItem,
  wasTouched,
  withSpent,
  withStep,
} from '../../../shared/domain/huddle/huddle.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import { auditHead } from '../../../db/queries/audit.ts'
import { type DecisionKind, readVersions, saveDecision } from '../../../db/queries/decisions.ts'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'
import type { KpiBook } from '../kpis/kpi-book.ts'
import { huddleFacts, neediest, openTierItems, type HuddleViewInput } from '../views/huddle.ts'
import { boardItself, type HuddleBook, isoOf, type StoredHuddle } from './huddle-book.ts'

/** What may wait for the next tier of one line at the same time. */
export const maxOpenTierItems = 50
/** Open actions that minutes keep. */
const maxMinutesActions = 20

type Signer = Pick<Caller, 'by' | 'device'>

export type HuddleCallName = keyof typeof huddleCalls
/** The calls of shared/contract/huddle-calls.ts; who may ask was settled before. Throws CallFailure. */
export type HuddleCommands = {
  [N in HuddleCallName]: (input: Omit<CallInput<N>, 'pin'>, caller: Caller) => Promise<HuddleCallResult[N]>
}

export type HuddleCommandOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  book: HuddleBook
  kpiBook: KpiBook
  begin: (lineId: string, caller: Caller) => Huddle | null
  answerWithinMs: (lineId: string) => number
  /** What the huddle view is made from, at this instant and computed anew. Null: no such line. */
  facts: (lineId: string) => HuddleViewInput | null
  /** The shift that ran at an instant, computed anew; null: none did. */
  reportAt: (lineId: string, atMs: EpochMs) => ShiftReport | null
  /** The one that a huddle would look back at now. */
  lastReport: (lineId: string) => ShiftReport | null
  /** That one and those before it of which something is known, newest first. */
  reportShifts: (lineId: string) => ReportShift[]
  changed: (lineId: string) => void
}

/** `lapse` ends a huddle that everybody left. */
export function createHuddleCommands(options: HuddleCommandOptions): {
  commands: HuddleCommands
  lapse: (lineId: string, huddle: StoredHuddle) => void
} {
  const { now, book } = options
  const { read, write } = options.database

  function save(
    { lineId, kind, id, after }: { lineId: string; kind: DecisionKind; id: string; after: number | null },
    body: unknown,
    action: string,
    { by, device }: Signer,
  ): void {
    const decision = { line: lineId, kind, id, after, body }
    if (saveDecision(write, decision, { atMs: now(), by, device, action }) === null) throw conflict()
  }

  /** The huddle that is on. Throws when it is another one, or over. */
  function currentOf(lineId: string, id: string): StoredHuddle {
    needLine(lineId)
    const { current } = book.of(lineId)
    if (current?.id === id) return current
    throw new CallFailure('not-found', 'This huddle is over.')
  }

  function needLine(lineId: string): void {
    if (options.hasLine(lineId)) return
    throw new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
  }

  function change(lineId: string, before: StoredHuddle, after: Huddle, action: string, caller: Caller): void {
    const { version, atMs: _atMs, ...kept } = before
    if (JSON.stringify(kept) === JSON.stringify(bodyOf(after))) return
    save({ lineId, kind: 'huddle', id: before.id, after: version }, bodyOf(after), action, caller)
    options.changed(lineId)
  }

  /** Open actions whose date has passed: unsolved, and each date is raised once. */
  function raiseLate(lineId: string, huddle: Huddle, today: string, caller: Signer): number {
    const known = book.of(lineId).tier
    const late = options.kpiBook.of(lineId).actions.filter((action) => isLate(action, today))
    const unraised = late.filter(
      ({ id, due }) =>
        !known.some((item) => item.action === id && (item.answer === null || item.due === due)),
    )
    const room = maxOpenTierItems - openTierItems(known, []).length
    const raised = unraised.slice(0, Math.max(0, room))
    for (const { id, what, owner, due } of raised) {
      const item: TierItem = {
        id: `${id}-${due}`,
        what,
        owner,
        action: id,
        due,
        huddle: huddle.id,
        answerByMs: now() + options.answerWithinMs(lineId),
        answer: null,
      }
      save({ lineId, kind: 'tier', id: item.id, after: null }, item, 'raiseToTier', caller)
    }
    return raised.length
  }

  /**
   * In one transaction: what is unsolved goes to the next tier, and what is known now is frozen. A scheduled one to which nobody
   * came leaves nothing.
   */
  function end(lineId: string, huddle: StoredHuddle, outcome: 'finished' | 'lapsed', caller: Signer) {
    const endedMs = now()
    const raised = write.transaction(() => {
      const given = options.facts(lineId)
      const today = given === null ? '' : localDateAt(given.timeZone, endedMs)
      const held = given !== null && (outcome === 'finished' || wasTouched(huddle) || agreedIn(given, huddle))
      const count = held ? raiseLate(lineId, huddle, today, caller) : 0
      book.changed(lineId)
      const minutes = held ? minutesOf({ ...given, huddles: book.of(lineId) }, huddle, today) : null
      const body = bodyOf({ ...withSpent(huddle, endedMs), endedMs, outcome, minutes })
      const to = { lineId, kind: 'huddle', id: huddle.id, after: huddle.version } as const
      save(to, body, outcome === 'finished' ? 'finishHuddle' : 'lapseHuddle', caller)
      return count
    })()
    options.changed(lineId)
    return { huddle: huddle.id, endedMs, raised }
  }

  const commands: HuddleCommands = {
    async startHuddle({ lineId }, caller) {
      needLine(lineId)
      const { current } = book.of(lineId)
      if (current !== null) return { huddle: current.id }
      const begun = options.begin(lineId, caller)
      if (begun === null) throw conflict()
      return { huddle: begun.id }
    },

    async stepHuddle({ lineId, huddle, step }, caller) {
      const current = currentOf(lineId, huddle)
      const after = withStep(current, step, now())
      change(lineId, current, after, 'stepHuddle', caller)
      return { step: after.step }
    },

    async countPresent({ lineId, huddle, present }, caller) {
      const current = currentOf(lineId, huddle)
      change(lineId, current, { ...current, present }, 'countPresent', caller)
      return { present }
    },

    async finishHuddle({ lineId, huddle }, caller) {
      needLine(lineId)
      const known = book.find(lineId, huddle)
      if (known?.endedMs != null) return { huddle, endedMs: known.endedMs, raised: 0 }
      return end(lineId, currentOf(lineId, huddle), 'finished', caller)
    },

    async signHours({ lineId, startsMs }, caller) {
      needLine(lineId)
      const report = options.reportAt(lineId, startsMs[0]!)
      const hours = [...new Set(startsMs)].map((startMs) => {
        const row = report?.hours.find((one) => one.startMs === startMs)
        if (row?.made != null && row.phase === 'past') return { ...row, made: row.made }
        throw new CallFailure('bad-input', 'Only hours of one shift that are over can be signed.')
      })
      write.transaction(() => {
        for (const { startMs, endMs, made, plan } of hours) {
          const id = isoOf(startMs)
          const after = readVersions(read, lineId, 'hourSign', id).at(-1)?.version ?? null
          const sign: HourSign = { startMs, endMs, made, plan }
          save({ lineId, kind: 'hourSign', id, after }, sign, 'signHours', caller)
        }
      })()
      options.changed(lineId)
      return { by: caller.by, atMs: now(), hours: hours.length }
    },

    async raiseToTier({ lineId, id, what, action: actionId }, caller) {
      needLine(lineId)
      const { tier, current } = book.of(lineId)
      const { actions } = options.kpiBook.of(lineId)
      const action = actionId === null ? null : actions.find((one) => one.id === actionId)
      if (action === undefined) throw new CallFailure('not-found', 'There is no such action on this line.')
      const open = openTierItems(tier, actions)
      if (actionId !== null && open.some((item) => item.action === actionId)) {
        throw new CallFailure('not-allowed', 'The next tier has been asked about this already.')
      }
      if (open.length >= maxOpenTierItems) {
        throw new CallFailure(
          'not-allowed',
          `${maxOpenTierItems} questions wait for an answer: get some first.`,
        )
      }
      const atMs = now()
      const item: TierItem = {
        id,
        what: action?.what ?? what,
        owner: action?.owner ?? '',
        action: actionId,
        due: action?.due ?? null,
        huddle: current?.id ?? null,
        answerByMs: atMs + options.answerWithinMs(lineId),
        answer: null,
      }
      save({ lineId, kind: 'tier', id, after: null }, item, 'raiseToTier', caller)
      options.changed(lineId)
      return { by: caller.by, atMs }
    },

    async answerTier({ lineId, id, version, answer }, caller) {
      needLine(lineId)
      const known = book.of(lineId).tier.find((item) => item.id === id)
      if (known === undefined) throw new CallFailure('not-found', 'This was never asked.')
      const { version: _v, raisedMs: _r, raisedBy: _b, atMs: _a, by: _by, ...item } = known
      save({ lineId, kind: 'tier', id, after: version }, { ...item, answer }, 'answerTier', caller)
      options.changed(lineId)
      return { by: caller.by, atMs: now() }
    },

    async reportShifts({ lineId }) {
      needLine(lineId)
      return options.reportShifts(lineId)
    },

    async paper({ lineId, huddle: id, shiftMs }) {
      needLine(lineId)
      const head = auditHead(read)
      if (id === null) {
        const report = shiftMs === undefined ? options.lastReport(lineId) : options.reportAt(lineId, shiftMs)
        const none = { huddle: null, minutes: null, nowMade: report?.made ?? null }
        return { auditHead: head, atMs: now(), report, ...none }
      }
      const huddle = book.find(lineId, id)
      if (huddle === null || huddle.endedMs === null || huddle.minutes === null) {
        throw new CallFailure('not-found', 'This huddle has no minutes.')
      }
      const { startedMs, endedMs, shiftName, present, lastShiftMs, outcome } = huddle
      const minutes = huddle.minutes as HuddleMinutes
      return {
        auditHead: head,
        atMs: endedMs,
        report: minutes.report,
        huddle: { id, startedMs, endedMs, shiftName, present, outcome: outcome ?? 'finished' },
        minutes,
        nowMade: lastShiftMs === null ? null : (options.reportAt(lineId, lastShiftMs)?.made ?? null),
      }
    },

    async huddles({ lineId, limit }) {
      needLine(lineId)
      return book.lines(lineId, limit)
    },
  }
  return { commands, lapse: (lineId, huddle) => void end(lineId, huddle, 'lapsed', boardItself) }
}

function bodyOf(huddle: Huddle & Partial<StoredHuddle>): Huddle {
  const { version: _version, atMs: _atMs, ...body } = huddle
  return body
}

function agreedIn(given: HuddleViewInput, huddle: StoredHuddle): boolean {
  const { agreed, barriers } = huddleFacts(given, huddle)
  return agreed.length + barriers.length > 0
}

function minutesOf(given: HuddleViewInput, huddle: StoredHuddle, today: string): HuddleMinutes {
  const { keyResultId: _id, ...facts } = huddleFacts(given, huddle)
  const needs = neediest(given.keyResults)
  const open = byUrgency(given.kpis.actions.filter(({ state }) => state === 'open'))
  const who = (owner: string) => (owner === '' ? null : owner)
  return {
    ...facts,
    keyResult:
      needs === undefined
        ? null
        : {
            name: needs.name,
            value: needs.value,
            unit: needs.unit,
            decimals: needs.decimals,
            target: needs.target,
          },
    actions: open.slice(0, maxMinutesActions).map((action) => ({
      what: action.what,
      who: who(action.owner),
      due: action.due,
      late: isLate(action, today),
    })),
    raised: openTierItems(given.huddles.tier, given.kpis.actions).map(({ what, owner, answerByMs }) => ({
      what,
      who: who(owner),
      answerByMs,
    })),
  }
}

function conflict(): CallFailure {
  return new CallFailure('conflict', 'Somebody changed this in the meantime: look at it again.')
}
