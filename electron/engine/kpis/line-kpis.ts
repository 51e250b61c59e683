import type { Board } from '../../../shared/contract/board.ts'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { minuteOf } from '../../../shared/domain/local-time.ts'
import type { StoredBaseline } from '../../../db/queries/baselines.ts'
import { saveDecision } from '../../../db/queries/decisions.ts'
import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import type { ReportedValues } from '../key-result-feed.ts'
import type { ReadValues } from '../reported-values.ts'
import type { ShiftResult } from '../shift-result.ts'
import { actionsView } from '../views/actions.ts'
import { gapsView } from '../views/gaps.ts'
import { kpisView } from '../views/kpis.ts'
import type { ViewInput } from '../views/moment.ts'
import { judgeKpis, type JudgedKpis } from './judged-kpis.ts'
import type { KpiBook, LineKpis } from './kpi-book.ts'
import { escalationId, type KpiNow, kpiStates } from './kpi-states.ts'

export type KpiParts = Pick<Board, 'gaps' | 'kpis' | 'actions'>

/** KPIs of all lines as they stand, computed at most once a minute and when something changes. */
export type LineKpisNow = {
  states: (lineId: string, view: ViewInput) => readonly KpiNow[]
  /** What lint and the clocks look at; null: no KPIs. The same object while nothing changes. */
  judged: (lineId: string, view: ViewInput) => JudgedKpis | null
  /** `keyResults`: the running ones of the line, the same array while they do not change. */
  parts: (lineId: string, view: ViewInput, keyResults: readonly KeyResultView[]) => KpiParts
  /** Notes once, in the store and its audit trail, that a first response is late and who is told next. True when it did. */
  escalate: (lineId: string, view: ViewInput) => boolean
}

export function createLineKpis(options: {
  database: { read: ReadDb; write: WriteDb }
  book: KpiBook
  history: (lineId: string) => readonly ShiftResult[]
  /** What a line locked in, oldest first; the same array while it does not change. */
  baselines: (lineId: string) => readonly StoredBaseline[]
  values: ReadValues
}): LineKpisNow {
  const { database, book, history, baselines } = options
  const statesOf = createMemo<readonly KpiNow[]>()
  const partsOf = createMemo<KpiParts>()
  const judgedOf = createMemo<JudgedKpis | null>()

  function states(lineId: string, { moment, model, rules }: ViewInput): readonly KpiNow[] {
    const own = book.of(lineId)
    if (own.kpis.length === 0) return noStates
    const { nowMs, finishedByMs } = moment
    const shifts = history(lineId)
    const locked = baselines(lineId)
    const inputs = [own, shifts, locked, model.values, minuteOf(nowMs), minuteOf(finishedByMs)]
    return statesOf(lineId, inputs, () =>
      kpiStates({
        book: own,
        history: shifts,
        finishedByMs,
        nowMs,
        values: needsValues(own) ? options.values(lineId, model.values, nowMs) : noValues,
        timeZone: rules.calendar.timeZone,
        baselines: locked,
      }),
    )
  }

  return {
    states,
    judged(lineId, view) {
      const known = states(lineId, view)
      const own = book.of(lineId)
      const { nowMs } = view.moment
      return judgedOf(lineId, [known, own], () => judgeKpis(own, known, nowMs, view.rules.calendar.timeZone))
    },
    parts(lineId, view, keyResults) {
      const known = states(lineId, view)
      const own = book.of(lineId)
      return partsOf(lineId, [known, own, keyResults], () => {
        const { nowMs } = view.moment
        const { timeZone } = view.rules.calendar
        return {
          gaps: gapsView(own, known, keyResults),
          kpis: kpisView(own, known, nowMs, timeZone),
          actions: actionsView(own, known, nowMs, timeZone),
        }
      })
    },
    escalate(lineId, view) {
      const own = book.of(lineId)
      const { nowMs } = view.moment
      let told = false
      for (const { stored, red } of states(lineId, view)) {
        if (red?.stage !== 'late' || own.escalated.has(escalationId(stored.kpi.id, red))) continue
        const body = {
          kpi: stored.kpi.id,
          escalateTo: stored.kpi.protocol?.escalateTo ?? '',
          dueMs: red.dueMs,
        }
        const id = escalationId(stored.kpi.id, red)
        const audit = { atMs: nowMs, by: 'Lineside', device: '', action: 'escalate' }
        const decision = { line: lineId, kind: 'escalation', id, after: null, body } as const
        told = saveDecision(database.write, decision, audit) !== null || told
      }
      if (told) book.changed(lineId)
      return told
    },
  }
}

const noStates: readonly KpiNow[] = []
const noValues: ReportedValues = new Map()

function needsValues({ kpis }: LineKpis): boolean {
  return kpis.some(({ kpi }) => kpi.source.from === 'values')
}

/** Remembers the newest result of each line, for as long as its inputs stay the same. */
function createMemo<T>(): (lineId: string, inputs: readonly unknown[], make: () => T) => T {
  const known = new Map<string, { inputs: readonly unknown[]; value: T }>()
  return (lineId, inputs, make) => {
    const last = known.get(lineId)
    if (last && last.inputs.every((input, index) => input === inputs[index])) return last.value
    const value = make()
    known.set(lineId, { inputs, value })
    return value
  }
}
