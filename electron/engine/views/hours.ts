import type { HoursPart } from '../../../shared/contract/board-line.ts'
import { hourRows } from '../../../shared/domain/hours.ts'
import type { StatusPart } from '../../../shared/contract/board-line.ts'
import type { ViewInput } from './moment.ts'

/** Hour by hour. Pieces made and the gap are the status view's, so that two screens never say two numbers. */
export function hoursView({ facts, rules, moment }: ViewInput, status: StatusPart): HoursPart {
  const { shift, asOfMs } = moment
  if (shift === null) return { rows: [], made: 0, gap: null }
  return {
    rows: hourRows(facts, rules, shift, asOfMs),
    made: status.made,
    gap: status.pace?.gap ?? null,
  }
}
