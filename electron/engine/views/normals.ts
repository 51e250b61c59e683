import type { NormalView } from '../../../shared/contract/board-team.ts'
import { hasFallenBack } from '../../../shared/domain/okr/met-and-held.ts'
import type { StoredBaseline } from '../../../db/queries/baselines.ts'
import { feedOf, type FeedInput } from '../key-result-feed.ts'
import type { TeamInput } from './key-results.ts'
import type { Moment } from './moment.ts'

/** What was locked in, the newest step of each KPI (by hand: of each key result), and whether the line has fallen back. */
export function normalsView(
  { objectives, baselines }: Pick<TeamInput, 'objectives' | 'baselines'>,
  input: FeedInput,
  { nowMs, finishedByMs }: Pick<Moment, 'nowMs' | 'finishedByMs'>,
): NormalView[] {
  const keyResults = new Map(objectives.flatMap((one) => one.keyResults).map((one) => [one.id, one]))
  const newest = new Map<string, StoredBaseline>()
  for (const one of baselines) newest.set(one.kpi ?? one.keyResultId, one)
  return [...newest.values()].flatMap((one): NormalView[] => {
    const keyResult = keyResults.get(one.keyResultId)
    if (keyResult === undefined) return []
    const { keyResultId, unit, fromMs, baseline, target, lower, upper } = one
    const untilMs = keyResult.source.kind === 'kpi' ? finishedByMs : nowMs
    const singles = feedOf(keyResult, input, { untilMs, startDate: '' })?.singles(0) ?? []
    const fallenBack = hasFallenBack({ ...one, fromMs: one.atMs }, singles)
    const { name, decimals } = keyResult
    return [{ keyResultId, name, unit, decimals, fromMs, baseline, target, lower, upper, fallenBack }]
  })
}
