import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepLog, log, logFileBytes, logFiles, newestLines } from '../../../electron/main/log.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lineside-log-'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dir, { recursive: true, force: true })
})

test('the files together stay bounded, and the newest line is in the first one', () => {
  const logs = join(dir, 'logs')
  keepLog(logs)
  const line = 'x'.repeat(100_000)
  const enough = (logFileBytes / line.length) * (logFiles + 2)
  for (let n = 0; n < enough; n++) log('info', line)
  log('warn', 'the last word')
  const files = readdirSync(logs).sort()
  expect(files).toHaveLength(logFiles)
  const bytes = files.reduce((sum, name) => sum + statSync(join(logs, name)).size, 0)
  expect(bytes).toBeLessThan((logFileBytes + 2 * line.length) * logFiles)
  expect(readFileSync(join(logs, 'kiosk.log'), 'utf8').trimEnd().endsWith('warn the last word')).toBe(true)
  expect(newestLines().at(-1)).toContain('the last word')
  expect(newestLines().length).toBeLessThanOrEqual(40)
})

test('goes on with a file of before', () => {
  keepLog(dir)
  log('info', 'first')
  keepLog(dir)
  log('info', 'second')
  expect(readFileSync(join(dir, 'kiosk.log'), 'utf8')).toMatch(/first\n.*second\n$/)
})

test('a folder that cannot be made costs nothing but the file', () => {
  writeFileSync(join(dir, 'file'), '')
  keepLog(join(dir, 'file', 'logs'))
  expect(() => log('error', 'still said')).not.toThrow()
  expect(process.stderr.write).toHaveBeenCalled()
})
