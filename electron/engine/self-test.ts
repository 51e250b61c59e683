import type { SelfTestCheck, SelfTestReport } from '../../shared/contract/self-test.ts'
import { parsePrinted } from '../../shared/domain/printed-number.ts'
import { kpiRatios } from '../../shared/domain/kpi.ts'
import { windowSums, type WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'
import { oeeLosses } from '../../shared/domain/losses.ts'
import { checkVectors } from '../../shared/domain/vectors.ts'
import type { ReadDb } from '../../db/handles.ts'
import { rebuildModel } from './model/rebuild-model.ts'
import type { ViewInput } from './views/moment.ts'

export type SelfTestOptions = {
  read: ReadDb
  now: () => number
  version: string
  /** Published worked examples, as their file's text: only the text knows the printed digits. Null: none came along. */
  examples: string | null
  model: (lineId: string) => LineModel
  /** What the line's board is made from now. */
  view: (lineId: string) => ViewInput | null
}

/**
 * Proof on the device: recomputes the published examples with the core that the board uses, and checks the line's own numbers
 * of this moment against each other and against the store.
 */
export function createSelfTest(options: SelfTestOptions): (lineId: string) => SelfTestReport {
  return (lineId) => {
    const outcomes = options.examples === null ? [] : checkVectors(parsePrinted(options.examples)).outcomes
    const examples = outcomes.map(({ section, id, field, status, message, published, computed }) => ({
      section,
      name: field === null ? id : `${id} ${field}`,
      status,
      published: published ?? '-',
      computed: computed ?? message,
    }))
    return { atMs: options.now(), version: options.version, examples, checks: checksOf(options, lineId) }
  }
}

function checksOf(options: SelfTestOptions, lineId: string): SelfTestCheck[] {
  const view = options.view(lineId)
  const checks = [modelCheck(options, lineId)]
  if (view?.moment.shift == null || view.shiftSums === null) return checks
  const { facts, rules, moment, shiftSums: sums, model } = view
  const anew = windowSums(facts, rules, moment.shift!, moment.asOfMs, model.calls)
  return [...checks, sumsCheck(sums, anew), plannedCheck(sums), oeeCheck(sums), waterfallCheck(sums)]
}

/** What is in memory is what the store says. */
function modelCheck({ read, model }: SelfTestOptions, lineId: string): SelfTestCheck {
  const live = model(lineId)
  const rebuilt = rebuildModel(read, lineId, live.horizonMs)
  const same = JSON.stringify(sorted(live)) === JSON.stringify(sorted(rebuilt))
  const seen = live.facts.counts.length + live.facts.states.length
  return check('memory', same, `${seen} facts`, same ? `${seen} facts` : 'other facts')
}

function sumsCheck(live: WindowSums, anew: WindowSums): SelfTestCheck {
  const same = (Object.keys(anew) as (keyof WindowSums)[]).every((name) => near(live[name], anew[name]))
  return check('live', same, minutes(anew.runMs), minutes(live.runMs))
}

function plannedCheck({ plannedMs, runMs, stopMs, changeoverMs, unknownMs }: WindowSums): SelfTestCheck {
  const parts = runMs + stopMs + changeoverMs + unknownMs
  return check('planned', parts === plannedMs, minutes(plannedMs), minutes(parts))
}

function oeeCheck(sums: WindowSums): SelfTestCheck {
  const { availability, performance, quality, oee } = kpiRatios(sums)
  const known = availability !== null && performance !== null && quality !== null
  const product = known ? availability * performance * quality : oee
  return check('oee', near(oee, product), percent(oee), percent(product))
}

function waterfallCheck(sums: WindowSums): SelfTestCheck {
  const losses = oeeLosses(sums)
  if (losses === null) return check('waterfall', true, '-', '-')
  const added = Object.values(losses).reduce((sum, ms) => sum + ms, 0)
  return check('waterfall', near(sums.plannedMs, added), minutes(sums.plannedMs), minutes(added))
}

function check(name: SelfTestCheck['name'], ok: boolean, expected: string, found: string): SelfTestCheck {
  return { name, ok, expected, found }
}

const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`
const percent = (ratio: number | null) => (ratio === null ? '-' : `${(100 * ratio).toFixed(2)} %`)

/** Equal but for the noise of adding fractions in another order. */
function near(a: number | null, b: number | null): boolean {
  return (
    a === b || (a !== null && b !== null && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)))
  )
}

/** The same value with members in one order, for comparing as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}
