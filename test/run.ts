/**
 * `npm test`: everything in sections, one after the other, then the names of what failed, and the sum on the last line. `npm test -- unit lint` runs
 * only the sections named. Runs on the pinned Node (which reads TypeScript).
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** `failures`: in words, one for each or one for several. */
type Tally = { passed: number; failed: number; skipped: readonly string[]; failures: readonly string[] }
type Section = { name: string; run: () => Promise<Tally> }

const requireAll = process.env.CI_REQUIRE_ALL === '1'
const results = join('node_modules', '.cache', 'lineside', 'test-results')
const bin = (name: string) => join('node_modules', name)

/** Pages without an engine behind them: nothing in them measures time, so that they may share the machine. */
const pictures = ['gallery', 'touch-gallery', 'languages', 'reference', 'blur', 'screens-touch', 'panel'].map(
  (name) => `test/e2e/${name}.test.ts`,
)

const folders = [
  { name: 'unit', args: ['test/unit', 'test/architecture.test.ts', '--maxWorkers=2'] },
  { name: 'migrations', args: ['test/migrations'] },
  { name: 'renderer', args: ['test/renderer'] },
  // These mostly wait: for brokers, for timers that are real, for other processes.
  { name: 'engine', args: ['test/engine', '--maxWorkers=3'] },
  { name: 'contract', args: ['test/contract'] },
  { name: 'pictures', args: [...pictures, '--maxWorkers=2'] },
  // Real browsers measure real time here: one file at a time.
  { name: 'e2e', args: ['test/e2e', '--maxWorkers=1', ...pictures.map((file) => `--exclude=${file}`)] },
]

const sections: readonly Section[] = [
  {
    name: 'lint',
    run: () =>
      checks([
        ['eslint', [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0']],
        ['prettier', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
      ]),
  },
  { name: 'types', run: () => checks([['tsc', [bin('typescript/bin/tsc'), '-b']]]) },
  ...folders.map(({ name, args }) => ({ name, run: () => vitest(name, args) })),
]

/** Each command counts as one test. They run side by side. */
async function checks(commands: readonly [string, readonly string[]][]): Promise<Tally> {
  const ended = await Promise.all(
    commands.map(async ([name, args]) => {
      const ok = (await node(args)) === 0
      console.log(`${ok ? 'ok' : 'FAILED'}  ${name}`)
      return ok ? [] : [name]
    }),
  )
  const failures = ended.flat()
  const failed = failures.length
  return { passed: commands.length - failed, failed, skipped: [], failures }
}

type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  success: boolean
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

async function vitest(name: string, args: readonly string[]): Promise<Tally> {
  if (!hasTests(args)) return { passed: 0, failed: 0, skipped: [], failures: [] }
  const report = join(results, `${name}.json`)
  rmSync(report, { force: true })
  const code = await node([
    bin('vitest/vitest.mjs'),
    'run',
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!existsSync(report))
    return {
      passed: 0,
      failed: 1,
      skipped: [],
      failures: [`${name}: vitest ended with ${code} and no report`],
    }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as VitestReport
  const skipped = testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map((test) => test.fullName),
  )
  // A file that could not even be loaded has no tests to fail, and an error outside of any test fails the run.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failures = [
    ...testResults.flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => status === 'failed')
        .map((test) => `${relative('.', file.name)} > ${test.fullName}: ${start(test.failureMessages[0])}`),
    ),
    ...broken.map((file) => `${relative('.', file.name)}: ${start(file.message)}`),
  ]
  const failed = numFailedTests + broken.length
  if (failed === 0 && code !== 0)
    return { passed: numPassedTests, failed: 1, skipped, failures: [`${name}: an error outside of any test`] }
  return { passed: numPassedTests, failed, skipped, failures }
}

/** The first lines of what a test said, and where it was. */
function start(message = ''): string {
  const lines = stripVTControlCharacters(message).split('\n')
  const own = lines.filter((line) => !/^\s+at /.test(line) || /at [^ ]*\/test\//.test(line))
  return own.slice(0, saidLines).join('\n    ')
}
const saidLines = 12

function hasTests(paths: readonly string[]): boolean {
  return paths.some((path) => {
    if (path.startsWith('--') || !existsSync(path)) return false
    return (
      path.endsWith('.ts') ||
      readdirSync(path, { recursive: true }).some((file) => /\.test\.tsx?$/.test(String(file)))
    )
  })
}

function node(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('error', (error) => {
      console.error(error.message)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !sections.some((section) => section.name === name))
if (unknown.length > 0) {
  console.error(
    `No such section: ${unknown.join(', ')}. There are ${sections.map(({ name }) => name).join(', ')}.`,
  )
  process.exit(2)
}

mkdirSync(results, { recursive: true })
const startedMs = performance.now()
let passed = 0
let failed = 0
const skipped: string[] = []
const failures: string[] = []
for (const section of sections) {
  if (wanted.length > 0 && !wanted.includes(section.name)) continue
  console.log(`\n=== ${section.name}`)
  const sectionStartMs = performance.now()
  const tally = await section.run()
  passed += tally.passed
  failed += tally.failed
  skipped.push(...tally.skipped)
  failures.push(...tally.failures)
  const seconds = ((performance.now() - sectionStartMs) / 1000).toFixed(1)
  console.log(`=== ${section.name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`)
}

console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} s in all`)
if (skipped.length > 0) {
  console.log(`${skipped.length} skipped, because a part is missing on this machine:`)
  for (const name of skipped) console.log(`  ${name}`)
  if (requireAll) failed += skipped.length
}
if (failures.length > 0) console.log('Failed:')
for (const failure of failures) console.log(`  ${failure}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
