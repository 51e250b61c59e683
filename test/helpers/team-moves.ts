import type { StoredKpi } from '../../shared/contract/kpi-calls.ts'
import type { CallMessage, CallName } from '../../shared/contract/protocol.ts'
import type { Action, StoredAction } from '../../shared/domain/gaps/action.ts'
import { barriers } from '../../shared/domain/gaps/barrier.ts'
import { kpiDefinitionSchema } from '../../shared/domain/kpis/kpi-definition.ts'
import type { StoredKeyResult, StoredObjective } from '../../shared/domain/okr/stored.ts'
import { createInput, draft, testCycle } from './okr-drafts.ts'

/** What a team has decided so far, as somebody who is about to change something sees it. */
export type TeamNow = {
  objectives: readonly StoredObjective[]
  kpis: readonly StoredKpi[]
  actions: readonly StoredAction[]
  /** Check-ins of each key result that somebody knows of. */
  checkIns: ReadonlyMap<string, number>
}

/** Every call by which a team changes its objectives, KPIs and actions. */
export const teamChanges = [
  'createObjective',
  'editObjective',
  'archiveObjective',
  'closeObjective',
  'createKeyResult',
  'editKeyResult',
  'changeTarget',
  'archiveKeyResult',
  'checkIn',
  'proposeTarget',
  'answerProposal',
  'lockIn',
  'saveKpi',
  'saveAction',
  'answerRed',
  'saveBarrier',
  'saveReview',
  'makeKeyResult',
] as const satisfies readonly CallName[]
export type TeamChange = (typeof teamChanges)[number]

/** What somebody could ask for now; null: nothing is there that this call could change. `mark`: a text that no other has. */
type Move<N extends TeamChange> = (team: TeamNow, mark: string, random: () => number) => CallMessage<N> | null

const lineId = 'l1'
/** Few enough that there is room for the key results that gaps make. */
const mostObjectives = 4

/** Values of it stand still and are red: so it can become a key result, and its first response is late. */
export const redKpi = kpiDefinitionSchema.parse({
  id: 'ideas',
  name: 'Ideas done',
  theme: 'People',
  kind: 'leading',
  formula: 'ideas done in a week',
  unit: '',
  decimals: 0,
  direction: 'higher',
  source: { from: 'values', key: 'ideas', combine: 'last' },
  target: 95,
  bands: { green: 90, amber: 80 },
  owner: 'Ana',
  objective: 'Ask those who know',
  protocol: {
    trigger: 'red once',
    firstResponse: 'Ask why',
    who: 'Shift lead',
    withinMin: 60,
    escalateTo: 'Plant manager',
  },
})

export const moves: { [N in TeamChange]: Move<N> } = {
  createObjective: (team, mark, random) =>
    running(team).length >= mostObjectives
      ? null
      : createInput(undefined, {
          objective: { title: mark, cycle: testCycle },
          keyResults: [draft({ holdShifts: 2 }), someDraft(mark, random)],
        }),
  editObjective: (team, mark, random) =>
    withOne(running(team), random, ({ id: objectiveId, version, owner }) => ({
      objectiveId,
      version,
      objective: { title: mark, cycle: testCycle, owner: owner === null ? 'Ana' : null },
    })),
  archiveObjective: (team, mark, random) => rarely(team, random, (one) => ({ ...one, reason: mark })),
  closeObjective: (team, mark, random) =>
    rarely(team, random, ({ objectiveId, version }, { keyResults }) => ({
      objectiveId,
      version,
      lesson: mark,
      lessons: Object.fromEntries(keyResults.slice(0, 1).map(({ id }) => [id, `${mark} of one`])),
    })),
  createKeyResult: (team, mark, random) =>
    withOne(running(team), random, ({ id: objectiveId, version }) => ({
      objectiveId,
      version,
      keyResult: someDraft(mark, random),
    })),
  editKeyResult: (team, mark, random) =>
    withOne(untouched(team), random, ({ one: { id: keyResultId }, objective: { version } }) => {
      const { baseline: _baseline, target: _target, ...keyResult } = someDraft(mark, random)
      return { keyResultId, version, keyResult }
    }),
  changeTarget: (team, mark, random) =>
    withKeyResult(team, random, ({ id: keyResultId, target, due }, { version }) => ({
      keyResultId,
      version,
      baseline: 0,
      target: random() < 0.2 ? target : target + 1,
      due: due === null ? '2026-12-18' : null,
      reason: mark,
    })),
  archiveKeyResult: (team, mark, random) =>
    random() < 0.5
      ? null
      : withOne(untouched(team), random, ({ one: { id: keyResultId }, objective: { version } }) => {
          return { keyResultId, version, reason: mark }
        }),
  checkIn: (team, mark, random) => {
    const once =
      random() < 0.8 ? keyResultsOf(team, (k) => canLockIn(k) && team.checkIns.get(k.id) === 1) : []
    const open = once.length > 0 ? once : keyResultsOf(team)
    return withOne(open, random, ({ one: { id: keyResultId, target, source } }) => ({
      keyResultId,
      value: source.kind === 'manual' ? target + 1 : null,
      ...(source.kind === 'milestones' ? { milestones: [0] } : {}),
      confidence: 'yes',
      sentence: mark,
    }))
  },
  proposeTarget: (team, mark, random) =>
    withKeyResult(team, random, ({ id: keyResultId, target }) => ({
      keyResultId,
      target: target + 2,
      due: random() < 0.5 ? null : '2026-12-11',
      reason: mark,
    })),
  answerProposal: (team, mark, random) => {
    const open = running(team).flatMap(({ version, keyResults }) =>
      keyResults
        .filter(({ ended }) => ended === null)
        .flatMap(({ proposals }) => proposals.filter(({ answer }) => answer === 'open'))
        .map(({ id: proposalId }) => ({ proposalId, version })),
    )
    return withOne(open, random, (one) => ({ ...one, accept: random() < 0.5, reason: mark }))
  },
  lockIn: (team, mark, random) => {
    const held = keyResultsOf(team, (k) => canLockIn(k) && (team.checkIns.get(k.id) ?? 0) >= 2)
    return withOne(held, random, ({ one: { id: keyResultId, target }, objective: { version } }) => {
      return { keyResultId, version, baseline: target, target: target + 1, lower: 0, upper: 99, lesson: mark }
    })
  },
  saveKpi: ({ kpis }, mark, random) => {
    if (kpis.length < 20 && random() < 0.3) {
      const kpi = { ...redKpi, id: mark, name: mark, use: 'metric' as const }
      return { lineId, kpi, version: null }
    }
    return withOne(kpis, random, ({ kpi, version }) => ({ lineId, kpi: { ...kpi, owner: mark }, version }))
  },
  saveAction: ({ actions }, mark, random) => {
    const known = random() < 0.6 ? withOne(actions, random, (one) => one) : null
    const { version, ...before } = known ?? { id: mark, version: null }
    const state = known === null || random() < 0.5 ? 'open' : 'done'
    return { lineId, version, action: { ...actionOf(before), what: mark, state } }
  },
  answerRed: (_team, mark) => ({ lineId, kpi: redKpi.id, text: mark }),
  saveBarrier: (_team, mark, random) => {
    const asked = Math.floor(random() * barriers.length)
    const answers = [...Array.from({ length: asked }, () => 'no' as const), 'yes' as const]
    return { lineId, answer: { kpi: redKpi.id, answers, note: mark } }
  },
  saveReview: (_team, mark, random) => {
    const verdict = random() < 0.5 ? ('keep' as const) : ('act' as const)
    return { lineId, review: { kpi: redKpi.id, verdict, note: mark } }
  },
  makeKeyResult: () => ({ lineId, kpi: redKpi.id }),
}

function canLockIn({ source, holdShifts }: StoredKeyResult): boolean {
  return source.kind === 'manual' && holdShifts === 2
}

function running({ objectives }: TeamNow): StoredObjective[] {
  return objectives.filter(({ ended }) => ended === null)
}

function actionOf(more: Partial<Action> & { id: string }): Action {
  const {
    id,
    kpi = redKpi.id,
    fact = '',
    cause = '',
    what = '',
    owner = 'Jo',
    due = null,
    state = 'open',
  } = more
  return { id, kpi, fact, cause, what, owner, due, state }
}

function someDraft(name: string, random: () => number): ReturnType<typeof draft> {
  const kind = random()
  if (kind < 0.6) return draft({ name, holdShifts: 2 })
  if (kind < 0.8) {
    const milestones = [{ name: 'Trial' }, { name: 'Training', weight: 3, due: '2026-12-01' }]
    return draft({ name, unit: '%', target: 100, source: { kind: 'milestones', milestones } })
  }
  const window = { kind: 'week' as const }
  return draft({ name, source: { kind: 'kpi', kpi: 'throughput', window } })
}

/** Ending an objective, while there are others, and not each time that it could be. */
function rarely<T>(
  team: TeamNow,
  random: () => number,
  make: (one: { objectiveId: string; version: number }, objective: StoredObjective) => T,
): T | null {
  const open = running(team)
  if (open.length < 3 || random() < 0.5) return null
  return withOne(open, random, (one) => make({ objectiveId: one.id, version: one.version }, one))
}

function withKeyResult<T>(
  team: TeamNow,
  random: () => number,
  make: (keyResult: StoredKeyResult, objective: StoredObjective) => T,
): T | null {
  return withOne(keyResultsOf(team), random, ({ one, objective }) => make(one, objective))
}

/** Those that nobody has said anything about: the others are on their way to be locked in. */
function untouched(team: TeamNow): ReturnType<typeof keyResultsOf> {
  return keyResultsOf(team, ({ id }) => !team.checkIns.has(id))
}

function keyResultsOf(
  team: TeamNow,
  which: (one: StoredKeyResult) => boolean = () => true,
): { one: StoredKeyResult; objective: StoredObjective }[] {
  return running(team).flatMap((objective) =>
    objective.keyResults.filter((one) => one.ended === null && which(one)).map((one) => ({ one, objective })),
  )
}

function withOne<T, R>(list: readonly T[], random: () => number, make: (one: T) => R): R | null {
  const one = list[Math.floor(random() * list.length)]
  return one === undefined ? null : make(one)
}
