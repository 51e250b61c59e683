import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['test/bench/run.ts', ...args], { encoding: 'utf8' })

test('the bench command lists every bench with what it measures, and refuses another name', () => {
  const names = readdirSync('test/bench').filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  const { stdout, status } = run()
  expect(status).toBe(0)
  const entries = stdout
    .trim()
    .split(/^npm run bench -- /m)
    .slice(1)
  expect(entries).toHaveLength(names.length)
  for (const entry of entries) expect(entry.split('\n')[1]?.length).toBeGreaterThan(60)
  expect(run('nothing')).toMatchObject({ status: 2 })
  expect(run('nothing').stderr).toMatch(/There is no bench nothing: give one of .*ingest.*\n$/)
})
