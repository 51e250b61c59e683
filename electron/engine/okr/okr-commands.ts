import { randomUUID } from 'node:crypto'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import {
  isTaken,
  keyResultOfProposal,
  objectiveOfKeyResult,
  readObjective,
  readObjectives,
} from '../../../db/queries/objectives.ts'
import {
  addKeyResult,
  addObjective,
  addProposal,
  addTarget,
  answerProposal,
  endKeyResult,
  endObjective,
  setDue,
  setKeyResult,
  setObjective,
} from '../../../db/writers/okr-writer.ts'
import {
  type KeyResultDraft,
  maxKeyResults,
  type OkrCallResult,
  type okrCalls,
} from '../../../shared/contract/okr-calls.ts'
import type { CallInput } from '../../../shared/contract/protocol.ts'
import type { KeyResult, KeyResultView } from '../../../shared/domain/key-results.ts'
import { gradeOf } from '../../../shared/domain/okr/grade.ts'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'
import { changeObjective, type Change } from './change-objective.ts'
import { runningOf, storeCheckIn } from './check-in.ts'
import { lockInKeyResult } from './lock-in.ts'
import { okrHistory } from './okr-history.ts'
import { refuseSixth } from './refuse-sixth.ts'

export type OkrCallName = keyof typeof okrCalls
/** The calls of shared/contract/okr-calls.ts; who may ask was settled before. Throws CallFailure. */
export type OkrCommands = {
  [N in OkrCallName]: (input: Omit<CallInput<N>, 'pin'>, caller: Caller) => Promise<OkrCallResult[N]>
}

export type OkrOptions = {
  database: { read: ReadDb; write: WriteDb }
  now: () => number
  hasLine: (lineId: string) => boolean
  /** Key results of a line that have not ended, of every cycle, as they stand now. */
  keyResults: (lineId: string) => readonly KeyResultView[]
  /** What the team has decided for a line changed; '': above all lines. */
  changed: (lineId: string) => void
}

export function createOkrCommands(options: OkrOptions): OkrCommands {
  const { now } = options
  const { read, write } = options.database

  function changeOf(objectiveId: string, action: OkrCallName, caller: Caller, more?: Change['more']): Change {
    return { objectiveId, action, caller, atMs: now(), more }
  }

  function change(given: Change, version: number, work: (before: StoredObjective) => void) {
    const receipt = changeObjective(write, given, version, work)
    told(given.objectiveId)
    return receipt
  }

  function told(objectiveId: string): void {
    options.changed(readObjective(read, objectiveId)?.lineId ?? '')
  }

  /** A change of one key result that still runs. */
  function changeKeyResult(
    keyResultId: string,
    action: OkrCallName,
    caller: Caller,
    version: number,
    work: (keyResult: StoredKeyResult, given: Change) => void,
    more?: Change['more'],
  ) {
    const given = changeOf(objectiveOf(keyResultId), action, caller, more)
    return change(given, version, (before) => work(runningOf(before, keyResultId), given))
  }

  function objectiveOf(keyResultId: string): string {
    const id = objectiveOfKeyResult(read, keyResultId)
    if (id === null) throw new CallFailure('not-found', 'There is no such key result.')
    return id
  }

  function refuseParent(parent: string | null): void {
    if (parent === null || isTaken(read, parent)) return
    throw new CallFailure('bad-input', `There is no objective or key result "${parent}" to serve.`)
  }

  function made(objectiveId: string, drafts: readonly KeyResultDraft[], { caller, atMs }: Change): string[] {
    return drafts.map(({ origin, ...fields }) => {
      refuseParent(fields.parent)
      const keyResult: KeyResult = { id: randomUUID(), ...fields }
      addKeyResult(write, objectiveId, keyResult, { atMs, by: caller.by, origin })
      return keyResult.id
    })
  }

  return {
    async okrs({ lineId }) {
      if (!options.hasLine(lineId)) throw new CallFailure('not-found', `There is no line "${lineId}".`)
      return {
        objectives: [...readObjectives(read, lineId), ...readObjectives(read, '')],
        views: options.keyResults(lineId),
      }
    },

    async okrHistory({ objectiveId }) {
      return okrHistory(read, objectiveId)
    },

    async createObjective({ lineId, objective, keyResults }, caller) {
      if (!options.hasLine(lineId)) throw new CallFailure('not-found', `There is no line "${lineId}".`)
      refuseParent(objective.parent)
      refuseSixth(read, lineId, objective.cycle)
      const id = randomUUID()
      const given = changeOf(id, 'createObjective', caller)
      let keyResultIds: string[] = []
      const create = () => {
        addObjective(write, { id, lineId, level: 'line', ...objective, keyResults: [] }, given.atMs)
      }
      const receipt = changeObjective(
        write,
        given,
        null,
        () => {
          keyResultIds = made(id, keyResults, given)
        },
        create,
      )
      told(id)
      return { ...receipt, keyResultIds }
    },

    async editObjective({ objectiveId, version, objective }, caller) {
      refuseParent(objective.parent)
      const { lineId = '' } = readObjective(read, objectiveId) ?? {}
      if (lineId !== '') refuseSixth(read, lineId, objective.cycle, objectiveId)
      return change(changeOf(objectiveId, 'editObjective', caller), version, () =>
        setObjective(write, objectiveId, objective),
      )
    },

    async archiveObjective({ objectiveId, version, reason }, caller) {
      const given = changeOf(objectiveId, 'archiveObjective', caller, { reason })
      return change(given, version, (before) => {
        const end = { atMs: given.atMs, why: 'archived' as const, lesson: reason }
        for (const one of before.keyResults) {
          if (one.ended === null) endKeyResult(write, one.id, { ...end, grade: null, lesson: null })
        }
        endObjective(write, objectiveId, end)
      })
    },

    async createKeyResult({ objectiveId, version, keyResult }, caller) {
      const given = changeOf(objectiveId, 'createKeyResult', caller)
      let keyResultIds: string[] = []
      const receipt = change(given, version, (before) => {
        if (before.keyResults.filter(({ ended }) => ended === null).length >= maxKeyResults) {
          const most = `An objective has at most ${maxKeyResults} key results`
          throw new CallFailure('not-allowed', `${most}: archive one first, or make a new objective.`)
        }
        keyResultIds = made(objectiveId, [keyResult], given)
      })
      return { ...receipt, keyResultIds }
    },

    async editKeyResult({ keyResultId, version, keyResult }, caller) {
      refuseParent(keyResult.parent)
      return changeKeyResult(keyResultId, 'editKeyResult', caller, version, () =>
        setKeyResult(write, keyResultId, keyResult),
      )
    },

    async changeTarget({ keyResultId, version, baseline, target, due, reason }, caller) {
      return changeKeyResult(
        keyResultId,
        'changeTarget',
        caller,
        version,
        (_before, { atMs }) => {
          addTarget(write, keyResultId, { fromMs: atMs, baseline, target, by: caller.by, reason })
          setDue(write, keyResultId, due)
        },
        { reason },
      )
    },

    async archiveKeyResult({ keyResultId, version, reason }, caller) {
      return changeKeyResult(keyResultId, 'archiveKeyResult', caller, version, (_before, { atMs }) =>
        endKeyResult(write, keyResultId, { atMs, why: 'archived', grade: null, lesson: reason }),
      )
    },

    async checkIn(input, caller) {
      const objective = readObjective(read, objectiveOf(input.keyResultId))!
      const receipt = storeCheckIn(write, objective, input, caller, now())
      options.changed(objective.lineId)
      return receipt
    },

    async proposeTarget({ keyResultId, target, due, reason }, caller) {
      const objectiveId = objectiveOf(keyResultId)
      const id = randomUUID()
      const given = changeOf(objectiveId, 'proposeTarget', caller, {
        proposal: { id, keyResultId, target, due, reason },
      })
      const version = readObjective(read, objectiveId)?.version ?? 0
      const receipt = change(given, version, (before) => {
        const { baseline } = runningOf(before, keyResultId)
        if (target === baseline)
          throw new CallFailure('bad-input', 'The target must differ from the baseline.')
        const open = { answer: 'open', answeredMs: null, answeredBy: null, answerReason: null } as const
        addProposal(write, keyResultId, {
          id,
          atMs: given.atMs,
          by: caller.by,
          target,
          due,
          reason,
          ...open,
        })
      })
      return { ...receipt, proposalId: id }
    },

    async answerProposal({ proposalId, version, accept, reason }, caller) {
      const keyResultId = keyResultOfProposal(read, proposalId)
      if (keyResultId === null) throw new CallFailure('not-found', 'There is no such proposal.')
      return changeKeyResult(
        keyResultId,
        'answerProposal',
        caller,
        version,
        (keyResult, { atMs }) => {
          const proposal = keyResult.proposals.find(({ id }) => id === proposalId)
          if (proposal?.answer !== 'open') {
            throw new CallFailure('not-allowed', 'This proposal was answered already.')
          }
          const answer = accept ? 'accepted' : 'declined'
          answerProposal(write, proposalId, { answer, atMs, by: caller.by, reason })
          if (!accept) return
          const { baseline } = keyResult
          const { target, due } = proposal
          addTarget(write, keyResultId, {
            fromMs: atMs,
            baseline,
            target,
            by: caller.by,
            reason: proposal.reason,
          })
          if (due !== null) setDue(write, keyResultId, due)
        },
        { proposalId, accept, reason },
      )
    },

    async closeObjective({ objectiveId, version, lesson, lessons }, caller) {
      const given = changeOf(objectiveId, 'closeObjective', caller)
      const grades: Record<string, number> = {}
      const lineId = readObjective(read, objectiveId)?.lineId ?? ''
      const views = new Map(options.keyResults(lineId).map((view) => [view.id, view]))
      const receipt = change(given, version, (before) => {
        const { atMs } = given
        for (const one of before.keyResults) {
          if (one.ended !== null) continue
          const progress = views.get(one.id)?.progress?.progress ?? null
          const grade = (grades[one.id] = gradeOf(one.commitment, progress).score)
          endKeyResult(write, one.id, { atMs, why: 'closed', grade, lesson: lessons[one.id] ?? null })
        }
        endObjective(write, objectiveId, { atMs, why: 'closed', lesson })
      })
      return { ...receipt, grades }
    },

    async lockIn({ keyResultId, version, lesson, ...normal }, caller) {
      const { lineId } = readObjective(read, objectiveOf(keyResultId))!
      const held = options.keyResults(lineId).find(({ id }) => id === keyResultId)?.held
      if (!held?.proposal) {
        throw new CallFailure('not-allowed', 'This key result has not been held long enough to lock it in.')
      }
      const { fromMs } = held.proposal
      return changeKeyResult(
        keyResultId,
        'lockIn',
        caller,
        version,
        (keyResult, { atMs }) => {
          lockInKeyResult(write, {
            lineId,
            keyResult,
            normal: { ...normal, fromMs },
            lesson,
            by: caller.by,
            device: caller.device,
            atMs,
          })
        },
        { normal: { ...normal, fromMs }, held: held.inRow },
      )
    },
  }
}
