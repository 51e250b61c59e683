import { minutesKeptFrom } from '../../../db/queries/memo.ts'
import { hourMs } from '../../../db/rollup-delta.ts'
import { HostError } from '../host-error.ts'
import { kpiReport } from '../kpi-report.ts'
import type { KpiReport } from '../kpi-report.ts'
import { withLine } from '../open-line.ts'
import { printOut } from '../print-out.ts'
import { isoTime, timeArgument } from '../time-argument.ts'

export type KpiOptions = {
  data: string
  line: string
  from: string
  to: string
  plant?: string
  json?: boolean
}

/** `lineside kpi`: one line, one window, out of the store. */
export async function kpi(options: KpiOptions): Promise<void> {
  await withLine(options, async ({ plant, line, read }) => {
    const { timeZone } = plant.site
    const window = {
      startMs: timeArgument('--from', options.from, timeZone),
      endMs: timeArgument('--to', options.to, timeZone),
    }
    if (window.endMs <= window.startMs) throw new HostError('--to must lie after --from.')
    const keptFromMs = minutesKeptFrom(read)
    if ([window.startMs, window.endMs].some((atMs) => atMs < keptFromMs && atMs % hourMs !== 0)) {
      throw new HostError(
        `Before ${isoTime(keptFromMs)} pieces are known by the hour only: give --from and --to on whole hours (UTC).`,
      )
    }
    const report = kpiReport({ read, line, timeZone, window, nowMs: Date.now() })
    const text = options.json ? JSON.stringify(report, null, 2) : table(report, line.name, line.unit)
    await printOut(`${text}\n`)
  })
}

function table(report: KpiReport, name: string, unit: string): string {
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`
  const percent = (ratio: number | null) => (ratio === null ? '-' : `${(ratio * 100).toFixed(1)} %`)
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
