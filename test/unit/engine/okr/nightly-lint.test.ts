import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../../../db/data-dir.ts'
import { type OpenDatabase, openDatabase } from '../../../../db/open-database.ts'
import { createNightlyLint, type NightlyLint } from '../../../../electron/engine/okr/nightly-lint.ts'
import type { LintFinding } from '../../../../shared/domain/okr/lint.ts'
import { makeFinding } from '../../../fixtures/board-okr.ts'
import { makeTempDir } from '../../../helpers/temp-dir.ts'

const timeZone = 'Europe/Berlin'
/** 02:30 of a night in Berlin, half an hour before the run. */
const night = (date: string) => Date.parse(`${date}T01:30:00Z`)
const hourMs = 3_600_000
const oneOf = (name: string) => makeFinding('kpi-no-owner', { subject: name, name })
const [scrap, speed] = [oneOf('scrap'), oneOf('speed')]

let dir: ReturnType<typeof makeTempDir>
let database: OpenDatabase
let lint: NightlyLint
beforeEach(() => {
  dir = makeTempDir('nightly-lint')
  database = openDatabase({ file: databaseFile(dir.path) })
  lint = createNightlyLint(database, timeZone)
})
afterEach(() => {
  database.close()
  dir.remove()
})

/** Looks at a time; how often the rules were run. */
function look(atMs: number, findings: readonly LintFinding[], lineId = 'l1'): number {
  let runs = 0
  lint.look(lineId, atMs, () => {
    runs++
    return findings
  })
  return runs
}

describe('the nightly lint', () => {
  test('runs once a night, from 03:00 local time on, however often somebody looks', () => {
    expect(look(night('2026-11-20'), [scrap])).toBe(0)
    expect(look(night('2026-11-20') + hourMs, [scrap])).toBe(1)
    expect(look(night('2026-11-20') + 2 * hourMs, [scrap, speed])).toBe(0)
    expect(look(night('2026-11-20') + 20 * hourMs, [speed])).toBe(0)
    expect(lint.foundSince('l1', scrap)).toBe('2026-11-20')
    expect(lint.foundSince('l1', speed)).toBeNull()
    // In summer it is an hour earlier in UTC.
    expect(look(Date.parse('2026-07-01T00:59:00Z'), [scrap], 'l2')).toBe(0)
    expect(look(Date.parse('2026-07-01T01:00:00Z'), [scrap], 'l2')).toBe(1)
  })

  test('says the first night in a row without a break; one that was mended begins anew', () => {
    const found: Record<string, LintFinding[]> = {
      '2026-11-16': [scrap, speed],
      '2026-11-17': [scrap],
      '2026-11-18': [scrap, speed],
      '2026-11-19': [scrap, speed],
    }
    for (const [date, findings] of Object.entries(found)) look(night(date) + hourMs, findings)
    expect(lint.foundSince('l1', scrap)).toBe('2026-11-16')
    expect(lint.foundSince('l1', speed)).toBe('2026-11-18')
    look(night('2026-11-20') + hourMs, [speed])
    expect(lint.foundSince('l1', scrap)).toBeNull()
  })

  test('a night in which the board was off breaks no row', () => {
    look(night('2026-11-16') + hourMs, [scrap])
    look(night('2026-11-19') + hourMs, [scrap])
    expect(lint.foundSince('l1', scrap)).toBe('2026-11-16')
  })

  test('keeps lines apart, and findings of one rule by their subject', () => {
    look(night('2026-11-20') + hourMs, [scrap], 'l1')
    look(night('2026-11-20') + hourMs, [speed], 'l2')
    expect([lint.foundSince('l1', scrap), lint.foundSince('l2', scrap)]).toEqual(['2026-11-20', null])
    expect([lint.foundSince('l1', speed), lint.foundSince('l2', speed)]).toEqual([null, '2026-11-20'])
  })

  test('is in the store: a board that was started again knows since when, and does not run the night again', () => {
    look(night('2026-11-19') + hourMs, [scrap])
    look(night('2026-11-20') + hourMs, [scrap])
    lint = createNightlyLint(database, timeZone)
    expect(look(night('2026-11-20') + 3 * hourMs, [])).toBe(0)
    expect(lint.foundSince('l1', scrap)).toBe('2026-11-19')
  })
})
