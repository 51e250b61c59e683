/**
 * `npm run audit`: asks the registry for known holes in the packages that go into the product. Ends with 1 when it names a high
 * or critical one, and with 2 when it gave no answer: then nothing was checked, which is not the same as nothing found.
 */
import { spawnSync } from 'node:child_process'

const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const
type Severity = (typeof severities)[number]
const refusedFrom = severities.indexOf('high')

export type Audit = { code: 0 | 1 | 2; lines: string[] }

type Hole = { name: string; severity: Severity; range: string }
type Report = { vulnerabilities?: Record<string, Hole>; metadata?: unknown; message?: string }

/** What `npm audit --json` said. */
export function judgeAudit(text: string): Audit {
  const report = parsed(text)
  if (report?.vulnerabilities === undefined || report.metadata === undefined) {
    const why = report?.message ?? (text.trim().split('\n').at(-1) || 'it said nothing')
    return { code: 2, lines: [`NOT CHECKED: the registry did not say which packages have holes (${why}).`] }
  }
  const holes = Object.values(report.vulnerabilities)
  const refused = holes.filter(({ severity }) => severities.indexOf(severity) >= refusedFrom)
  return {
    code: refused.length > 0 ? 1 : 0,
    lines: [
      ...holes.map(({ name, severity, range }) => `${severity.padEnd(8)} ${name} ${range}`),
      `${holes.length} packages with known holes, ${refused.length} of them high or critical`,
    ],
  }
}

function parsed(text: string): Report | null {
  try {
    return JSON.parse(text) as Report
  } catch {
    return null
  }
}

if (import.meta.main) {
  const npm = process.env.npm_execpath
  const args = ['audit', '--omit', 'dev', '--json']
  const options = { encoding: 'utf8', maxBuffer: 1e8, timeout: 120_000 } as const
  const run = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  const { code, lines } = judgeAudit(run.stdout || run.stderr || String(run.error ?? ''))
  for (const line of lines) console.log(line)
  process.exitCode = code
}
