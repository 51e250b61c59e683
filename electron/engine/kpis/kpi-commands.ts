import { randomUUID } from 'node:crypto'
import type { KpiCallResult, kpiCalls } from '../../../shared/contract/kpi-calls.ts'
import type { CallInput } from '../../../shared/contract/protocol.ts'
import { actionSchema, byUrgency } from '../../../shared/domain/gaps/action.ts'
import { tallyBarriers } from '../../../shared/domain/gaps/barrier.ts'
import { candidateOf } from '../../../shared/domain/gaps/candidate.ts'
import { stableSegment } from '../../../shared/domain/gaps/stable-segment.ts'
import { kpiDefinitionSchema } from '../../../shared/domain/kpis/kpi-definition.ts'
import type { FiscalYearStart } from '../../../shared/domain/okr/cycle.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { type DecisionKind, readVersions, saveDecision } from '../../../db/queries/decisions.ts'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'
import type { OkrCommands } from '../okr/okr-commands.ts'
import { effectOfAction } from '../views/actions.ts'
import type { KpiBook } from './kpi-book.ts'
import type { KpiNow } from './kpi-states.ts'
import { makeKeyResult } from './make-key-result.ts'
import { maxKpis, saveKpi } from './save-kpi.ts'

/** Actions of one line that are open at the same time. */
export const maxOpenActions = 100

export type KpiCallName = keyof typeof kpiCalls
/** The calls of shared/contract/kpi-calls.ts; who may ask was settled before. Throws CallFailure. */
export type KpiCommands = {
  [N in KpiCallName]: (input: Omit<CallInput<N>, 'pin'>, caller: Caller) => Promise<KpiCallResult[N]>
}

export type KpiCommandOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  book: KpiBook
  states: (lineId: string) => readonly KpiNow[]
  okr: Pick<OkrCommands, 'createObjective' | 'createKeyResult'>
  objectives: (lineId: string) => readonly StoredObjective[]
  /** Local date of the plant. */
  today: () => string
  fiscalYearStart: FiscalYearStart
  /** Something was stored for the line. */
  changed: (lineId: string) => void
}

export function createKpiCommands(options: KpiCommandOptions): KpiCommands {
  const { now, book, states } = options
  const { read, write } = options.database

  function bookOf(lineId: string) {
    if (options.hasLine(lineId)) return book.of(lineId)
    throw new CallFailure('not-found', `There is no line "${lineId}" in plant.yaml.`)
  }

  function needKpi(lineId: string, id: string): void {
    if (bookOf(lineId).kpis.some(({ kpi }) => kpi.id === id)) return
    throw new CallFailure('not-found', 'There is no such KPI on this line.')
  }

  /** Stores the version after `after`; `id` null: an entry of its own. */
  function store(
    {
      lineId,
      kind,
      id,
      after,
    }: { lineId: string; kind: DecisionKind; id: string | null; after: number | null },
    body: unknown,
    action: KpiCallName,
    { by, device }: Caller,
  ) {
    const atMs = now()
    const decision = { line: lineId, kind, id: id ?? randomUUID(), after, body }
    const saved = saveDecision(write, decision, { atMs, by, device, action })
    if (saved === null) throw conflict()
    options.changed(lineId)
    return { by, atMs, version: saved.version }
  }

  function note(lineId: string, kind: DecisionKind, body: unknown, action: KpiCallName, caller: Caller) {
    const { by, atMs } = store({ lineId, kind, id: null, after: null }, body, action, caller)
    return { by, atMs }
  }

  return {
    async kpis({ lineId }) {
      const { kpis, barriers } = bookOf(lineId)
      return { kpis, causes: tallyBarriers(barriers) }
    },

    async kpiHistory({ lineId, kpi }) {
      needKpi(lineId, kpi)
      return readVersions(read, lineId, 'kpi', kpi).map(({ version, atMs, by, body }) => ({
        version,
        atMs,
        by,
        kpi: kpiDefinitionSchema.parse(JSON.parse(body)),
      }))
    },

    async saveKpi({ lineId, kpi, version: baseVersion }, { by, device }) {
      const { kpis } = bookOf(lineId)
      if (kpi.drives !== null && (kpi.drives === kpi.id || !kpis.some((one) => one.kpi.id === kpi.drives))) {
        throw new CallFailure('bad-input', 'It can only drive another KPI of this line.')
      }
      const atMs = now()
      const saved = saveKpi(write, { lineId, kpi, baseVersion, by, device, atMs })
      if (saved === 'conflict') throw conflict()
      if (saved === 'too many') {
        throw new CallFailure(
          'not-allowed',
          `There are ${maxKpis} KPIs and data already: change one of them.`,
        )
      }
      options.changed(lineId)
      return { by, atMs, version: saved.version }
    },

    async actions({ lineId }) {
      const { actions } = bookOf(lineId)
      const known = states(lineId)
      return byUrgency(actions).map((action) => ({ ...action, effect: effectOfAction(action, known) }))
    },

    async actionHistory({ lineId, action }) {
      bookOf(lineId)
      return readVersions(read, lineId, 'action', action).map(({ version, atMs, by, body }) => ({
        version,
        atMs,
        by,
        action: actionSchema.parse(JSON.parse(body)),
      }))
    },

    async saveAction({ lineId, action, version: after }, caller) {
      const { actions } = bookOf(lineId)
      if (action.kpi !== null) needKpi(lineId, action.kpi)
      if (after === null && actions.filter(({ state }) => state === 'open').length >= maxOpenActions) {
        throw new CallFailure('not-allowed', `There are ${maxOpenActions} open actions: close one of them.`)
      }
      return store({ lineId, kind: 'action', id: action.id, after }, action, 'saveAction', caller)
    },

    async answerRed({ lineId, kpi, text }, caller) {
      needKpi(lineId, kpi)
      return note(lineId, 'answer', { kpi, text }, 'answerRed', caller)
    },

    async saveBarrier({ lineId, answer }, caller) {
      needKpi(lineId, answer.kpi)
      return note(lineId, 'barrier', answer, 'saveBarrier', caller)
    },

    async saveReview({ lineId, review }, caller) {
      needKpi(lineId, review.kpi)
      return note(lineId, 'review', review, 'saveReview', caller)
    },

    async candidate({ lineId, kpi }) {
      needKpi(lineId, kpi)
      const found = states(lineId).find(({ stored }) => stored.kpi.id === kpi)
      const segment = found === undefined ? null : stableSegment(found.points)
      return found === undefined || segment === null ? null : candidateOf(found.stored.kpi, segment)
    },

    async makeKeyResult({ lineId, kpi, ...wish }, caller) {
      needKpi(lineId, kpi)
      const given = { lineId, wish, kpi: states(lineId).find(({ stored }) => stored.kpi.id === kpi) }
      return makeKeyResult(options, given, caller)
    },
  }
}

function conflict(): CallFailure {
  return new CallFailure('conflict', 'Somebody changed this in the meantime: look at it again.')
}
