import type { ActionEffect, ActionItem, ActionsPart } from '../../../shared/contract/board-team.ts'
import { byUrgency, isLate, type StoredAction } from '../../../shared/domain/gaps/action.ts'
import { type Effect, effectOf } from '../../../shared/domain/gaps/effect.ts'
import { localDateAt } from '../../../shared/domain/local-time.ts'
import type { LineKpis } from '../kpis/kpi-book.ts'
import type { KpiNow } from '../kpis/kpi-states.ts'

const maxItems = 12
const maxEffects = 3

/** What was agreed to do, and what the last countermeasures did. Null: nothing was ever agreed, and no KPIs were either. */
export function actionsView(
  { actions, kpis }: LineKpis,
  states: readonly KpiNow[],
  nowMs: number,
  timeZone: string,
): ActionsPart | null {
  if (actions.length === 0 && kpis.length === 0) return null
  const today = localDateAt(timeZone, nowMs)
  const open = byUrgency(actions.filter(({ state }) => state === 'open'))
  const closed = actions.filter(({ closedMs }) => closedMs !== null)
  closed.sort((a, b) => b.closedMs! - a.closedMs!)
  return {
    items: open.slice(0, maxItems).map((action) => actionItem(action, today)),
    open: open.length,
    late: open.filter((action) => isLate(action, today)).length,
    effects: closed
      .flatMap((action): ActionEffect[] => {
        const now = states.find(({ stored }) => stored.kpi.id === action.kpi)
        const effect = effectOfAction(action, states)
        if (now === undefined || effect === null) return []
        const { name, unit, decimals } = now.stored.kpi
        return [{ ...effect, id: action.id, what: action.what, kpiName: name, unit, decimals }]
      })
      .slice(0, maxEffects),
  }
}

export function actionItem(action: StoredAction, today: string): ActionItem {
  const { id, what, owner, due } = action
  return { id, what, who: owner === '' ? null : owner, due, late: isLate(action, today) }
}

/** Of an action that was done and has a KPI; null else. */
export function effectOfAction(action: StoredAction, states: readonly KpiNow[]): Effect | null {
  const { kpi, state, createdMs, closedMs } = action
  const now = states.find(({ stored }) => stored.kpi.id === kpi)
  if (now === undefined || state !== 'done' || closedMs === null) return null
  return effectOf(now.stored.kpi.direction, now.points, createdMs, closedMs)
}
