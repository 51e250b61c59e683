import { type BoardHealthPart, maxFindings } from '../../../shared/contract/board-team.ts'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { lint, type LintFinding } from '../../../shared/domain/okr/lint.ts'
import type { LintKpi } from '../../../shared/domain/okr/lint-input.ts'
import { type LintFacts, lintObjective } from '../../../shared/domain/okr/lint-objective.ts'
import type { StoredKeyResult } from '../../../shared/domain/okr/stored.ts'
import { dayMs, localDateAt } from '../../../shared/domain/local-time.ts'
import { xmrLimits } from '../../../shared/domain/spc.ts'
import { feedOf, type FeedInput } from '../key-result-feed.ts'
import { runningObjectives, type TeamInput } from './key-results.ts'

/** Shifts, or reports, before a key result was made that tell what the line did anyway. */
const usualSteps = 20

type Input = FeedInput & {
  nowMs: number
  team: Pick<TeamInput, 'objectives' | 'checkIns'>
  keyResults: readonly KeyResultView[]
  /** Null: nobody has defined KPIs. */
  kpis: readonly LintKpi[] | null
  /** The first night in an unbroken row that found it; null: none. */
  foundSince: (finding: LintFinding) => string | null
}

/** What the rules say about the running objectives of a line. */
export function lintOfLine(input: Omit<Input, 'foundSince'>): LintFinding[] {
  const { timeZone, nowMs, team, keyResults, kpis } = input
  const running = runningObjectives(team.objectives, localDateAt(timeZone, nowMs))
  const views = new Map(keyResults.map((view) => [view.id, view]))
  const stored = new Map(running.flatMap((one) => one.keyResults).map((one) => [one.id, one]))
  const factsOf = (id: string): LintFacts => {
    const view = views.get(id)
    const keyResult = stored.get(id)!
    return {
      progress: view?.progress?.progress ?? null,
      checkInAgeDays: view?.checkInAgeDays ?? Math.floor((nowMs - keyResult.createdMs) / dayMs),
      naturalLimits: usualLimits(keyResult, input),
    }
  }
  return lint({ kpis, objectives: running.map((one) => lintObjective(one, factsOf)) })
}

export function boardHealthView(input: Input): BoardHealthPart {
  const findings = lintOfLine(input)
  const counts = { mistake: 0, warning: 0, hint: 0 }
  for (const { severity } of findings) counts[severity]++
  const shown = findings.slice(0, maxFindings)
  return { counts, findings: shown.map((one) => ({ ...one, sinceDate: input.foundSince(one) })) }
}

/** What the line did before the key result was made: a target inside that is business as usual. */
export function usualLimits(
  keyResult: Pick<StoredKeyResult, 'createdMs' | 'source' | 'unit'>,
  input: FeedInput,
): { lower: number; upper: number } | null {
  const feed = feedOf(keyResult, input, { untilMs: keyResult.createdMs, startDate: '' })
  if (feed === null) return null
  const before = feed.singles(Math.max(0, feed.steps - usualSteps))
  const limits = xmrLimits(before.map(({ value }) => value))
  return limits && { lower: limits.lcl, upper: limits.ucl }
}
