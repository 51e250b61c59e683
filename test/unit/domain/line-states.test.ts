import { describe, expect, it } from 'vitest'
import type { StateFact } from '../../../shared/domain/facts.ts'
import { kpiSums } from '../../../shared/domain/kpi.ts'
import { type CellRules, lineLevelStates } from '../../../shared/domain/line-states.ts'
import { stopsIn } from '../../../shared/domain/stops.ts'
import { at, between, factsOf, minute, rulesOf, states } from './line-facts.ts'

/** `cells('06:00 filler running', '07:00 filler stopped Jam')`; "line" is the line itself. */
function cells(...lines: string[]): StateFact[] {
  return states(...lines.map((line) => line.replace(/^(\S+) \S+/, '$1'))).map((fact, i) => {
    const cell = lines[i]!.split(' ')[1]!
    return cell === 'line' ? fact : { ...fact, cell }
  })
}

const shown = (facts: readonly StateFact[], rules: CellRules | null) =>
  lineLevelStates(facts, rules).map(({ atMs, state, cell, reason }) =>
    [new Date(atMs).toISOString().slice(11, 16), state, cell, reason].filter(Boolean).join(' '),
  )

const anyDown: CellRules = { rule: { kind: 'anyDown' }, names: [] }
const facts = cells(
  '06:00 filler running',
  '06:00 capper running',
  '07:00 capper stopped Cap jam',
  '07:02 filler blocked',
  '07:10 capper running',
  '07:12 filler running',
  '08:00 filler starved',
  '08:05 packer running',
  '08:10 filler running',
)

describe('the state of a line of several cells', () => {
  it('any cell down: stands from the first stop to the last restart, and names the cell that stands by itself', () => {
    expect(shown(facts, anyDown)).toEqual([
      '06:00 running',
      '07:00 stopped capper Cap jam',
      '07:10 blocked filler',
      '07:12 running',
      '08:00 starved filler',
      '08:10 running',
    ])
  })

  it('bottleneck: is what that cell is, whatever the others do', () => {
    const rules: CellRules = { rule: { kind: 'bottleneck', cell: 'capper' }, names: [] }
    expect(shown(facts, rules)).toEqual([
      '06:00 running capper',
      '07:00 stopped capper Cap jam',
      '07:10 running capper',
    ])
  })

  it('minimum running: runs while enough cells do; one that never reported does not', () => {
    const rules: CellRules = { rule: { kind: 'minimumRunning', cells: 2 }, names: [] }
    expect(shown(facts, rules).slice(2)).toEqual([
      '07:00 stopped capper Cap jam',
      '07:10 blocked filler',
      '07:12 running',
      '08:00 starved filler',
      '08:05 running',
    ])
  })

  it('minimum running: is unknown while too few have reported and none is known to stand', () => {
    const rules: CellRules = { rule: { kind: 'minimumRunning', cells: 2 }, names: ['filler', 'capper'] }
    const some = cells('06:00 filler running', '06:30 capper running', '07:00 capper stopped')
    expect(shown(some, rules)).toEqual(['06:00 unknown', '06:30 running', '07:00 stopped capper'])
  })

  it('counts only the cells that are named', () => {
    const rules: CellRules = { rule: { kind: 'anyDown' }, names: ['capper'] }
    expect(shown(facts, rules)).toEqual(['06:00 running', '07:00 stopped capper Cap jam', '07:10 running'])
  })

  it('a changeover of one cell goes before the stops of others, and of equal ones the longest is named', () => {
    const some = cells(
      '06:00 a running',
      '06:00 b running',
      '07:00 b stopped',
      '07:05 a stopped',
      '07:10 a changeover',
      '07:20 a stopped',
      '07:25 b running',
    )
    expect(shown(some, anyDown).slice(1)).toEqual([
      '07:00 stopped b',
      '07:10 changeover a',
      '07:20 stopped b',
      '07:25 stopped a',
    ])
  })

  it("without rules the line's own states decide as soon as there is one; with rules those of the cells", () => {
    const mixed = cells(
      '06:00 filler stopped',
      '06:30 line running',
      '07:00 filler stopped',
      '07:30 line stopped',
      '08:00 filler running',
    )
    expect(shown(mixed, null)).toEqual(['06:00 stopped filler', '06:30 running', '07:30 stopped'])
    const late = cells('06:00 line running', '06:30 filler stopped', '07:00 line running')
    expect(shown(late, anyDown)).toEqual(['06:00 running', '06:30 stopped filler'])
  })

  it('stops of cells that overlap are unioned before they are summed', () => {
    const overlapping = cells(
      '06:00 a running',
      '06:00 b running',
      '07:00 a stopped Belt',
      '07:10 b stopped Caps',
      '07:20 a running',
      '07:30 b running',
    )
    const rules = rulesOf({ cells: anyDown })
    const window = between('06:00', '08:00')
    const sums = kpiSums(factsOf({ states: overlapping }), rules, window, at('08:00'))
    expect([sums.runMs, sums.stopMs]).toEqual([90 * minute, 30 * minute])
    const stops = stopsIn(factsOf({ states: overlapping }), rules, window, at('08:00'))
    expect(stops.map(({ cell, reason, durationMs }) => [cell, reason, durationMs / minute])).toEqual([
      ['a', 'Belt', 20],
      ['b', 'Caps', 10],
    ])
  })
})
