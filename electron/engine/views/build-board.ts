import type { HuddlePart } from '../../../shared/contract/board-huddle.ts'
import type { SqdcpPart } from '../../../shared/contract/board-team.ts'
import type { PlantPart } from '../../../shared/contract/board-line.ts'
import type { Board, HealthPart, SitePart } from '../../../shared/contract/board.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { KpiParts } from '../kpis/line-kpis.ts'
import type { ShiftResult } from '../shift-result.ts'
import { changeoverView } from './changeover.ts'
import { hoursView } from './hours.ts'
import { lineView } from './line.ts'
import { lineWord } from './line-word.ts'
import type { ViewInput } from './moment.ts'
import { oeeView } from './oee.ts'
import { scrapView } from './scrap.ts'
import { statusView } from './status.ts'

/** Parts that change with the team's decisions and finished shifts only. */
export type TeamParts = Pick<Board, 'keyResults' | 'boardHealth' | 'cadence' | 'strategy'>

export type BoardInput = ViewInput & {
  site: SitePart
  health: HealthPart
  /** Finished shifts, oldest first. */
  history: readonly ShiftResult[]
  /** From when the team has confirmed that the line's process is another one, in order of time. */
  confirmedMs?: readonly EpochMs[]
  /** What the team's decisions give: it changes seldom and costs most. */
  team: TeamParts
  /** null: no KPIs. */
  kpis: KpiParts | null
  /** Absent: no daily letters. */
  sqdcp?: SqdcpPart | null
  /** Shared by the boards of all lines. */
  plant: PlantPart | null
  huddle: HuddlePart
}

/** The whole board of a line: a pure function of its model, its history, its key results, and one instant. */
export function buildBoard(input: BoardInput): Board {
  const word = lineWord(input)
  const status = statusView(input, word)
  return {
    site: input.site,
    health: input.health,
    line: lineView(input, word),
    status,
    hours: hoursView(input, status),
    oee: oeeView(input, input.history),
    scrap: scrapView(input, input.history, input.confirmedMs),
    changeover: changeoverView(input, input.history),
    ...input.team,
    sqdcp: input.sqdcp ?? null,
    actions: input.kpis?.actions ?? null,
    gaps: input.kpis?.gaps ?? null,
    kpis: input.kpis?.kpis ?? null,
    plant: input.plant,
    huddle: input.huddle,
  }
}
