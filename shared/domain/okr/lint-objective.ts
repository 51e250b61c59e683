import { type KeyResult, movedBy, type Objective } from '../key-results.ts'
import type { LintKeyResult, LintObjective } from './lint-input.ts'

/** What is known about a key result besides what was decided. */
export type LintFacts = Pick<LintKeyResult, 'progress' | 'checkInAgeDays' | 'naturalLimits'>

const nothingKnown: LintFacts = { progress: null, checkInAgeDays: null, naturalLimits: null }

/** An objective as the rules look at it. `factsOf`: by key result id; absent: nothing is known yet. */
export function lintObjective(
  { id, title, parent, cycle, keyResults }: Objective,
  factsOf: (keyResultId: string) => LintFacts = () => nothingKnown,
): LintObjective {
  return {
    id,
    title,
    parent,
    keyResults: keyResults.map((one) => lintKeyResult(one, cycle.endDate, factsOf(one.id))),
  }
}

/** `end`: last day of the cycle, due where the key result says nothing else. */
export function lintKeyResult(
  {
    id,
    name,
    sentence,
    baseline,
    target,
    due,
    owner,
    source,
    parent,
  }: Pick<
    KeyResult,
    'id' | 'name' | 'sentence' | 'baseline' | 'target' | 'due' | 'owner' | 'source' | 'parent'
  >,
  end: string,
  facts: LintFacts = nothingKnown,
): LintKeyResult {
  const own = { id, name, sentence, baseline, target, due: due ?? end, owner, parent }
  return { ...own, movedBy: movedBy(source), ...facts }
}
