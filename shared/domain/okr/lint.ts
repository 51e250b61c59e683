import { checkInDueDays } from '../key-results.ts'
import { type LintInput, type LintKeyResult, type LintKpi, lintThemes } from './lint-input.ts'
import { lintRules, type LintRuleId, type LintSeverity } from './lint-rules.ts'
import { hasFigure, wordingOf } from './wording.ts'

/** KPIs that one line rotates. */
export const kpiLimits = { least: 5, most: 10 } as const
/** Objectives of one line at a time. */
export const maxObjectives = 5
/** Days of red after which a KPI needs an objective. */
export const redDaysLimit = 30
/** A target older than this belongs to an earlier quarter. Days. */
export const targetAgeLimitDays = 92

/** One thing to mend. `subject` is the id of the KPI, objective or key result; null: the whole line. */
export type LintFinding = {
  rule: LintRuleId
  severity: LintSeverity
  subject: string | null
  /** The sentence in English; screens say it in their own language from what follows. */
  sentence: string
  /** Of the subject, or the theme; empty: the whole line. */
  name: string
  /** How many, or how many days. */
  count: number
  /** What a key result lacks. */
  missing: readonly MissingPart[]
}

export const missingPartNames = ['baseline', 'target', 'date', 'owner'] as const
export type MissingPart = (typeof missingPartNames)[number]

/** Looks at all KPIs, objectives and key results of a line; gravest findings first, else in the order of the input. */
export function lint(input: LintInput): LintFinding[] {
  const findings = [...kpiFindings(input), ...objectiveFindings(input)]
  const rank: Record<LintSeverity, number> = { mistake: 0, warning: 1, hint: 2 }
  return findings.sort((a, b) => rank[a.severity] - rank[b.severity])
}

function found(
  rule: LintRuleId,
  subject: string | null,
  sentence: string,
  more: Partial<Pick<LintFinding, 'name' | 'count' | 'missing'>>,
): LintFinding {
  return {
    rule,
    severity: lintRules[rule].severity,
    subject,
    sentence,
    name: '',
    count: 0,
    missing: [],
    ...more,
  }
}

function kpiFindings({ kpis, objectives }: LintInput): LintFinding[] {
  if (kpis === null || kpis.length === 0) return []
  const { least, most } = kpiLimits
  const findings: LintFinding[] = []
  const plural = kpis.length === 1 ? '1 KPI' : `${kpis.length} KPIs`
  if (kpis.length > most)
    findings.push(
      found('kpis-too-many', null, `${plural}: the board shows at most ${most}`, { count: kpis.length }),
    )
  if (kpis.length < least)
    findings.push(
      found('kpis-too-few', null, `Only ${plural}: ${least} to ${most} are usual`, { count: kpis.length }),
    )
  for (const theme of lintThemes) {
    if (!kpis.some((kpi) => kpi.theme === theme))
      findings.push(found('theme-empty', null, `No KPI for ${theme}`, { name: theme }))
  }
  if (kpis.every((kpi) => kpi.timing === 'lagging'))
    findings.push(found('only-lagging', null, 'All KPIs tell the past, none can be acted on this shift', {}))
  if (objectives.length === 0)
    findings.push(found('no-objective', null, `${plural}, but no objective at all`, { count: kpis.length }))
  const followed = new Set(objectives.flatMap(({ keyResults }) => keyResults.map((one) => one.movedBy)))
  return [...findings, ...kpis.flatMap((kpi) => oneKpi(kpi, kpi.madeOf !== null && followed.has(kpi.madeOf)))]
}

function oneKpi(kpi: LintKpi, hasKeyResult: boolean): LintFinding[] {
  const { id, name, owner, objective, hasProtocol, redDays, targetAgeDays } = kpi
  const findings: LintFinding[] = []
  if (isBlank(owner)) findings.push(found('kpi-no-owner', id, `${name} has no owner`, { name }))
  if (isBlank(objective))
    findings.push(found('kpi-no-objective', id, `${name} serves no objective`, { name }))
  if (!hasProtocol)
    findings.push(found('kpi-no-protocol', id, `Nobody has said what to do when ${name} is red`, { name }))
  if (redDays !== null && redDays >= redDaysLimit && !hasKeyResult)
    findings.push(
      found('red-without-objective', id, `${name} has been red for ${redDays} days, and no key result`, {
        name,
        count: redDays,
      }),
    )
  if (targetAgeDays !== null && targetAgeDays > targetAgeLimitDays)
    findings.push(
      found('target-old', id, `The target of ${name} is ${targetAgeDays} days old`, {
        name,
        count: targetAgeDays,
      }),
    )
  return findings
}

function objectiveFindings({ objectives }: LintInput): LintFinding[] {
  const findings: LintFinding[] = []
  if (objectives.length > maxObjectives)
    findings.push(
      found('objectives-too-many', null, `${objectives.length} objectives: at most ${maxObjectives}`, {
        count: objectives.length,
      }),
    )
  for (const { id, title, parent, keyResults } of objectives) {
    if (hasFigure(title))
      findings.push(found('objective-number', id, `"${title}" holds a figure`, { name: title }))
    for (const keyResult of keyResults) findings.push(...oneKeyResult(keyResult, parent))
  }
  const progress = objectives.flatMap(({ keyResults }) => keyResults.map((keyResult) => keyResult.progress))
  if (progress.length > 1 && progress.every((one) => one !== null && one >= 1))
    findings.push(
      found('all-at-goal', null, `All ${progress.length} key results are at their goal`, {
        count: progress.length,
      }),
    )
  return findings
}

function oneKeyResult(keyResult: LintKeyResult, objectiveParent: string | null): LintFinding[] {
  const { id, name, movedBy, parent, checkInAgeDays } = keyResult
  const findings: LintFinding[] = []
  const missing = missingParts(keyResult)
  if (missing.length > 0)
    findings.push(
      found('key-result-incomplete', id, `${name} has no ${missing.join(', no ')}`, { name, missing }),
    )
  const words = wordingFinding(keyResult)
  if (words) findings.push(words)
  if (isInsideLimits(keyResult))
    findings.push(
      found('business-as-usual', id, `The target of ${name} lies inside what the line does anyway`, { name }),
    )
  if (isBlank(movedBy) && isBlank(parent) && isBlank(objectiveParent))
    findings.push(
      found('key-result-no-link', id, `${name} hangs on no number of the line and serves no parent`, {
        name,
      }),
    )
  if (checkInAgeDays !== null && checkInAgeDays >= checkInDueDays)
    findings.push(
      found('check-in-missing', id, `No check-in for ${name} for ${checkInAgeDays} days`, {
        name,
        count: checkInAgeDays,
      }),
    )
  return findings
}

/** What completeness asks for, in words; wording is judged apart. */
export function missingParts({ baseline, target, due, owner }: LintKeyResult): MissingPart[] {
  const lacks = {
    baseline: baseline === null,
    target: target === null,
    date: isBlank(due),
    owner: isBlank(owner),
  }
  return missingPartNames.filter((part) => lacks[part])
}

/** A short name needs no number of its own when baseline and target give it. */
function wordingFinding({ id, name, sentence, baseline, target }: LintKeyResult): LintFinding | null {
  const text = sentence ?? name
  switch (wordingOf(text)) {
    case 'business as usual':
      return found('business-as-usual', id, `"${text}" keeps what is there: that is business as usual`, {
        name,
      })
    case 'task':
      return found('key-result-task', id, `"${text}" is a task, not a result`, { name })
    case 'no number':
      return baseline === null && target === null
        ? found('key-result-no-number', id, `"${text}" has no number`, { name })
        : null
    case 'result':
      return null
  }
}

function isInsideLimits({ target, naturalLimits }: LintKeyResult): boolean {
  return (
    target !== null &&
    naturalLimits !== null &&
    target >= naturalLimits.lower &&
    target <= naturalLimits.upper
  )
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === ''
}
