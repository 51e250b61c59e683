import type { CadenceItem, CadencePart } from '../../../shared/contract/board-team.ts'
import { checkInDueDays, type KeyResultView } from '../../../shared/domain/key-results.ts'
import { dateOfDay, dayMs, dayNumber, localDateAt } from '../../../shared/domain/local-time.ts'
import type { JudgedKpis } from '../kpis/judged-kpis.ts'
import { runningObjectives, type TeamInput } from './key-results.ts'

/** Planning is due this long before the cycle ends. Days. */
const planningDays = 7
/** A review is due this long after the last one, and overdue after twice as long. Days. */
const reviewDays = 31

type Input = {
  timeZone: string
  nowMs: number
  team: Pick<TeamInput, 'objectives' | 'checkIns'>
  keyResults: readonly KeyResultView[]
  /** This month's KPI review; null: there are no KPIs to review. */
  review: JudgedKpis['review'] | null
}

/** When the team talks next: check-ins, KPI review, closing and planning. */
export function cadenceView(input: Input): CadencePart {
  return { items: [weekly(input), monthly(input), cycle(input)] }
}

function weekly({ timeZone, team, keyResults }: Input): CadenceItem {
  const last = keyResults.map(({ id }) => team.checkIns(id).at(-1)?.atMs ?? null)
  const known = last.filter((atMs) => atMs !== null)
  const oldestMs = known.length === last.length && known.length > 0 ? Math.min(...known) : null
  const done = keyResults.filter((one) => one.checkInAgeDays !== null && one.checkInDue === 'no').length
  const worst = keyResults.some((one) => one.checkInDue === 'overdue')
    ? 'overdue'
    : keyResults.some((one) => one.checkInDue === 'due')
      ? 'due'
      : 'ok'
  return {
    kind: 'weekly',
    lastDate: known.length === 0 ? null : localDateAt(timeZone, Math.max(...known)),
    dueDate: oldestMs === null ? null : localDateAt(timeZone, oldestMs + checkInDueDays * dayMs),
    done,
    total: keyResults.length,
    state: keyResults.length === 0 ? 'none' : worst,
  }
}

function monthly({ timeZone, nowMs, review }: Input): CadenceItem {
  if (review === null)
    return { kind: 'monthly', done: 0, total: 0, lastDate: null, dueDate: null, state: 'none' }
  const { done, total, lastMs } = review
  const base = { kind: 'monthly' as const, done, total }
  if (lastMs === null) return { ...base, lastDate: null, dueDate: null, state: 'due' }
  const lastDate = localDateAt(timeZone, lastMs)
  const age = dayNumber(localDateAt(timeZone, nowMs)) - dayNumber(lastDate)
  const state = age >= 2 * reviewDays ? 'overdue' : age >= reviewDays ? 'due' : 'ok'
  return { ...base, lastDate, dueDate: dateOfDay(dayNumber(lastDate) + reviewDays), state }
}

function cycle({ timeZone, nowMs, team }: Input): CadenceItem {
  const today = localDateAt(timeZone, nowMs)
  const [first] = runningObjectives(team.objectives, today)
  const closed = team.objectives.filter(({ ended }) => ended?.why === 'closed')
  const lastMs = closed.reduce((newest, { ended }) => Math.max(newest, ended!.atMs), 0)
  const lastDate = lastMs === 0 ? null : localDateAt(timeZone, lastMs)
  const base = { kind: 'cycle' as const, lastDate }
  if (first === undefined) return { ...base, dueDate: null, done: 0, total: 0, state: 'none' }
  const { startDate, endDate } = first.cycle
  const same = team.objectives.filter(
    ({ cycle: own, ended }) =>
      own.startDate === startDate && own.endDate === endDate && ended?.why !== 'archived',
  )
  const left = dayNumber(endDate) - dayNumber(today)
  return {
    ...base,
    dueDate: endDate,
    done: same.filter(({ ended }) => ended !== null).length,
    total: same.length,
    state: left < 0 ? 'overdue' : left <= planningDays ? 'due' : 'ok',
  }
}
