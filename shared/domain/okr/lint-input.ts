/** Themes of KPIs on a shop floor; every letter of the SQDCP board is one. */
export const lintThemes = ['safety', 'quality', 'delivery', 'cost', 'people'] as const
export type LintTheme = (typeof lintThemes)[number]

export type LintKpi = {
  id: string
  /** What it is made of (`movedBy`): key results that follow the same follow it. */
  madeOf: string | null
  name: string
  theme: LintTheme
  timing: 'leading' | 'lagging'
  owner: string | null
  /** Strategic objective it serves, in words. */
  objective: string | null
  hasProtocol: boolean
  /** Days it has been red without a break; null: it is not red. */
  redDays: number | null
  /** Days since somebody last confirmed its target; null: no target. */
  targetAgeDays: number | null
}

export type LintKeyResult = {
  id: string
  name: string
  /** The whole sentence where there is one; else the name is judged. */
  sentence: string | null
  baseline: number | null
  target: number | null
  /** Local date "YYYY-MM-DD". */
  due: string | null
  owner: string | null
  /** What moves it (`movedBy`); null: people do. */
  movedBy: string | null
  /** Key result or objective of a higher level that it serves. */
  parent: string | null
  /** 0..1; null: no value yet. */
  progress: number | null
  /** Days since the last check-in, or since the key result was made. */
  checkInAgeDays: number | null
  /** XmR limits of the KPI that feeds it, in the key result's unit; null: not known. */
  naturalLimits: { lower: number; upper: number } | null
}

export type LintObjective = {
  id: string
  title: string
  parent: string | null
  keyResults: readonly LintKeyResult[]
}

/** What one line's team has decided. `kpis` is null where nobody has defined KPIs yet: nothing is said about them then. */
export type LintInput = { kpis: readonly LintKpi[] | null; objectives: readonly LintObjective[] }
