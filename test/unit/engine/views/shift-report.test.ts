import { describe, expect, test } from 'vitest'
import { shiftReportView } from '../../../../electron/engine/views/shift-report.ts'
import { at, board, facts } from '../../../helpers/board-of.ts'
import { viewInput } from '../../../helpers/view-input.ts'

describe('the report of a shift', () => {
  test('is what the board shows of it', () => {
    const shown = board({ nowMs: at(60), facts })
    const report = shiftReportView(viewInput({ nowMs: at(60), facts }), [], [])
    expect(report).toMatchObject({
      made: shown.status.made,
      pace: shown.status.pace,
      oee: { sums: shown.oee.sums, ratios: shown.oee.ratios, losses: shown.oee.losses },
      scrap: { ratio: shown.scrap.ratio, scrap: shown.scrap.scrap, reasons: shown.scrap.reasons },
    })
    expect(report?.stops).toEqual([
      { reason: null, count: 1, ms: 5 * 60_000 },
      { reason: 'Jam', count: 1, ms: 5 * 60_000 },
    ])
    expect(report?.changeovers).toMatchObject([{ durationMs: 10 * 60_000 }])
  })

  test('of which nothing is known is none: not zero pieces, and not an OEE of 0 %', () => {
    const silences = [{ startMs: at(-600), endMs: null }]
    expect(shiftReportView(viewInput({ nowMs: at(60), facts: { silences } }), [], [])).toBeNull()
  })
})
