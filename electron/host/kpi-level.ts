import type { ReadDb } from '../../db/handles.ts'
import type { EpochMs, Interval } from '../../shared/domain/facts.ts'
import { totalOf } from '../../shared/domain/kpis/window-sums.ts'
import { previousWindow, sameWeekdayBefore, type KpiWindow } from '../../shared/domain/kpis/windows.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import { kpiLosses, kpiRows, reportPolicy } from './kpi-rows.ts'
import type { KpiRow, ReportPolicy } from './kpi-rows.ts'
import { sumsOfLine } from './kpi-report.ts'
import { isoTime } from './time-argument.ts'

/** What `lineside kpi --json` prints of several lines: a department or the plant, by summed numerators and denominators. */
export type LevelReport = {
  lines: string[]
  from: string
  to: string
  policy: Omit<ReportPolicy, 'micro_stop_s'>
  kpis: KpiRow[]
  losses: Record<string, number> | null
}

type Given = {
  read: ReadDb
  lines: readonly LineSettings[]
  timeZone: string
  window: Interval
  nowMs: EpochMs
}

export function levelReport({ lines, window, ...given }: Given): LevelReport {
  const sums = totalOf(lines.map((line) => sumsOfLine({ ...given, line, window }).sums))
  const { micro_stop_s: _own, ...policy } = reportPolicy(lines[0]!)
  return {
    lines: lines.map((line) => line.id),
    from: isoTime(window.startMs),
    to: isoTime(window.endMs),
    policy,
    kpis: kpiRows(sums, { window, reported: new Map() }),
    losses: kpiLosses(sums),
  }
}

/** The same lines in the window before and, for hours, shifts and days, a week earlier. Null: there was none. */
export type Compared = Record<'previous' | 'same_weekday', (LevelReport & { window: string }) | null>

export function comparedReports(given: Omit<Given, 'window'>, window: KpiWindow): Compared {
  const { calendar } = lineRules(given.lines[0]!, given.timeZone)
  const of = (other: KpiWindow | null) =>
    other && { window: other.name, ...levelReport({ ...given, window: other }) }
  return {
    previous: of(previousWindow(calendar, window)),
    same_weekday: of(sameWeekdayBefore(calendar, window)),
  }
}
