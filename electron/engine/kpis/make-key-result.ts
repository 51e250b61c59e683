import { type KeyResultDraft, maxKeyResults } from '../../../shared/contract/okr-calls.ts'
import { type Candidate, candidateOf, candidateShifts } from '../../../shared/domain/gaps/candidate.ts'
import { stableSegment } from '../../../shared/domain/gaps/stable-segment.ts'
import type { CallInput } from '../../../shared/contract/protocol.ts'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { movedBy } from '../../../shared/domain/key-results.ts'
import { cycleAt } from '../../../shared/domain/okr/cycle.ts'
import { gapOrigin, type StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { CallFailure } from '../call-failure.ts'
import type { Caller } from '../caller.ts'
import type { KpiCommandOptions } from './kpi-commands.ts'
import type { KpiNow } from './kpi-states.ts'

/** Longest title of an objective. Characters. */
const longestTitle = 60

/** What the team wants otherwise than the board would make it. */
type Wish = Pick<CallInput<'makeKeyResult'>, 'cycle' | 'title' | 'target' | 'owner'>

/**
 * Makes a key result of a gap: baseline and target as `candidateOf` proposes, fed by the KPI, in the objective that the KPI
 * serves; without one in a new objective, of the quarter where no cycle is wished. Throws CallFailure.
 */
export async function makeKeyResult(
  options: Pick<KpiCommandOptions, 'okr' | 'objectives' | 'today' | 'fiscalYearStart'>,
  { lineId, wish, kpi: now }: { lineId: string; wish: Wish; kpi: KpiNow | undefined },
  caller: Caller,
): Promise<{ by: string; atMs: number; objectiveId: string; keyResultId: string }> {
  const segment = now === undefined ? null : stableSegment(now.points)
  if (now === undefined || segment === null) {
    throw new CallFailure(
      'not-allowed',
      'It still moves too much for a baseline: wait for some stable shifts.',
    )
  }
  const { kpi } = now.stored
  const candidate = wished(kpi, candidateOf(kpi, segment), wish)
  const today = options.today()
  const open = options.objectives(lineId).filter(({ ended }) => ended === null)
  const peers = open.filter(({ cycle }) =>
    wish.cycle === undefined
      ? cycle.startDate <= today && today <= cycle.endDate
      : cycle.startDate === wish.cycle.startDate && cycle.endDate === wish.cycle.endDate,
  )
  if (peers.some((objective) => follows(objective, kpi))) {
    throw new CallFailure('not-allowed', 'A key result follows this KPI already.')
  }
  const keyResult = draftOf(kpi, candidate, now)
  const title = wish.title ?? (kpi.objective ?? kpi.name).slice(0, longestTitle).trim()
  const home = peers.find((one) => one.title === title && openIn(one) < maxKeyResults)
  if (home !== undefined) {
    const made = { objectiveId: home.id, version: home.version, keyResult }
    const { by, atMs, keyResultIds } = await options.okr.createKeyResult(made, caller)
    return { by, atMs, objectiveId: home.id, keyResultId: keyResultIds[0]! }
  }
  const objective = {
    title,
    cycle: wish.cycle ?? cycleAt('quarter', today, options.fiscalYearStart),
    owner: candidate.owner?.slice(0, 40) ?? null,
    parent: null,
  }
  const made = { lineId, objective, keyResults: [keyResult] }
  const { by, atMs, objectiveId, keyResultIds } = await options.okr.createObjective(made, caller)
  return { by, atMs, objectiveId, keyResultId: keyResultIds[0]! }
}

function wished({ direction }: KpiDefinition, candidate: Candidate, { target, owner }: Wish): Candidate {
  const chosen = { ...candidate, target: target ?? candidate.target, owner: owner ?? candidate.owner }
  const ahead = (chosen.target - chosen.baseline) * (direction === 'higher' ? 1 : -1)
  if (ahead > 0) return chosen
  throw target === undefined
    ? new CallFailure('not-allowed', 'It is where it could be already: choose a target in the KPI editor.')
    : new CallFailure('bad-input', `The target must be better than the start, ${chosen.baseline}.`)
}

function openIn({ keyResults }: StoredObjective): number {
  return keyResults.filter(({ ended }) => ended === null).length
}

function follows({ keyResults }: StoredObjective, { source }: KpiDefinition): boolean {
  return keyResults.some((one) => one.ended === null && movedBy(one.source) === movedBy(source))
}

function draftOf({ source, name }: KpiDefinition, candidate: Candidate, { points }: KpiNow): KeyResultDraft {
  const { baseline, target, unit, decimals, owner, segment } = candidate
  const newest = points[points.length - 1]!
  const window = { kind: 'shifts', count: candidateShifts } as const
  return {
    name: candidate.name,
    sentence: null,
    unit,
    decimals,
    baseline,
    target,
    due: null,
    owner: owner?.slice(0, 40) ?? null,
    commitment: 'committed',
    weight: 1,
    source:
      source.from === 'line'
        ? { kind: 'kpi', kpi: source.formula, window }
        : { kind: 'values', key: source.key, combine: source.combine, window },
    parent: null,
    holdShifts: 10,
    origin: `${gapOrigin}${name}, ${segment.points} stable points up to ${new Date(newest.atMs).toISOString().slice(0, 10)}`,
  }
}
