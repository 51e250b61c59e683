import type { Interval } from '../../../shared/domain/facts.ts'
import { windowAt, type KpiWindow, type WindowKind } from '../../../shared/domain/kpis/windows.ts'
import { lineRules } from '../../../shared/settings/line-rules.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import { HostError } from '../host-error.ts'
import { comparedReports, levelReport } from '../kpi-level.ts'
import { kpiReport } from '../kpi-report.ts'
import type { KpiReport } from '../kpi-report.ts'
import type { KpiRow } from '../kpi-rows.ts'
import { withLines } from '../open-line.ts'
import { printOut } from '../print-out.ts'
import { timeArgument } from '../time-argument.ts'

export type KpiOptions = {
  data: string
  line: string
  from?: string
  to?: string
  window?: WindowKind
  at?: string
  plant?: string
  json?: boolean
}

/** `lineside kpi`: one line or several, one window, out of the store. */
export async function kpi(options: KpiOptions): Promise<void> {
  await withLines(options, async ({ plant, lines, read }) => {
    const { timeZone } = plant.site
    const nowMs = Date.now()
    const window = windowOf(options, lines[0]!, timeZone, nowMs)
    const given = { read, timeZone, nowMs }
    const [line] = lines
    const single =
      lines.length === 1 && options.line !== 'all' ? kpiReport({ ...given, line: line!, window }) : null
    const report = single ?? levelReport({ ...given, lines, window })
    const named =
      'kind' in window ? { window: window.name, compared: comparedReports({ ...given, lines }, window) } : {}
    const text = options.json
      ? JSON.stringify({ ...report, ...named }, null, 2)
      : single
        ? table(single, line!.name, line!.unit)
        : levelTable(
            report.kpis,
            `${lines.map(({ name }) => name).join(', ')}, ${report.from} to ${report.to}`,
          )
    await printOut(`${text}\n`)
  })
}

function windowOf(
  options: KpiOptions,
  line: LineSettings,
  timeZone: string,
  nowMs: number,
): KpiWindow | Interval {
  if (options.window !== undefined) {
    const atMs = options.at === undefined ? nowMs : timeArgument('--at', options.at, timeZone)
    const window = windowAt(lineRules(line, timeZone).calendar, options.window, atMs)
    if (window === null)
      throw new HostError(`${line.name} has no ${options.window} then: give another time with --at.`)
    return window
  }
  if (options.from === undefined || options.to === undefined) {
    throw new HostError('Which window? Give --from and --to, or --window with --at.')
  }
  const window = {
    startMs: timeArgument('--from', options.from, timeZone),
    endMs: timeArgument('--to', options.to, timeZone),
  }
  if (window.endMs <= window.startMs) throw new HostError('--to must lie after --from.')
  return window
}

const percent = (ratio: number | null) => (ratio === null ? '-' : `${(ratio * 100).toFixed(1)} %`)

function levelTable(kpis: readonly KpiRow[], title: string): string {
  const rows = kpis.map(({ name, value, unit }) => {
    const shown =
      unit === '%' ? percent(value) : value === null ? '-' : `${Number(value.toPrecision(4))} ${unit}`
    return `  ${name.padEnd(28)}${shown}`
  })
  return [title, ...rows].join('\n')
}

function table(report: KpiReport, name: string, unit: string): string {
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`
  const rows: [string, string][] = [
    ['planned', report.planned_s === 0 ? 'no plan' : minutes(report.planned_s)],
    ['run', minutes(report.run_s)],
    ['stop', `${minutes(report.stop_s)} in ${report.stops.length} stops`],
    ['changeover', `${minutes(report.changeover_s)} in ${report.changeovers.length}`],
    ['unknown', minutes(report.unknown_s)],
    ['good', `${report.good} ${unit}`],
    ['scrap', `${report.scrap} ${unit} (${percent(report.scrap_ratio)})`],
    ['availability', percent(report.availability)],
    ['performance', percent(report.performance)],
    ['quality ratio', percent(report.quality_ratio)],
    ['OEE', percent(report.oee)],
  ]
  const lines = rows.map(([label, value]) => `  ${label.padEnd(14)}${value}`)
  return [`${name}, ${report.from} to ${report.to}`, ...lines].join('\n')
}
