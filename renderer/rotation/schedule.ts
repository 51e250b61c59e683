import type { LinePart } from '../../shared/contract/board-line.ts'
import type { SitePart } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ScreenName, ScreenRule, ShiftPhase } from '../../shared/settings/display.ts'

/** The first and the last part of a shift. Milliseconds. */
export const phaseMs = 3_600_000

/** Without a dwell of the plant's own each screen stays this long, less where a cycle would take longer than `cycleMs`. Milliseconds. */
const usualDwellMs = 25_000
const shortestDwellMs = 15_000
/** A full cycle: a screen is seen again while one stands before it. Milliseconds. */
export const cycleMs = 240_000

/** One turn of the rotation. */
export type Slot = { screen: ScreenName; dwellMs: number }

/** What decides which of the plant's screens are due now. */
export type Occasion = {
  /** "14:05" in the plant's time zone. */
  localTime: string
  phases: ReadonlySet<ShiftPhase>
  /** Screens that have something to show. */
  withData: ReadonlySet<ScreenName>
  /** Screens whose own KPI is off target. */
  red: ReadonlySet<ScreenName>
}

export type Rule = Pick<ScreenRule, 'screen' | 'weight'> & Partial<ScreenRule>

/** Every entry of `display.screens` as a rule. */
export function rulesOf(screens: SitePart['display']['screens']): Rule[] {
  return screens.map((entry) => (typeof entry === 'string' ? { screen: entry, weight: 1 } : entry))
}

/** Phases of the shift at `nowMs`. Without a shift only `off`. */
export function phasesAt({ shift, breakEndsMs }: LinePart, nowMs: EpochMs): Set<ShiftPhase> {
  if (shift === null) return new Set(['off'])
  const phases = new Set<ShiftPhase>(['shift'])
  if (nowMs < shift.startMs + phaseMs) phases.add('start')
  if (nowMs >= shift.endMs - phaseMs) phases.add('last-hour')
  if (breakEndsMs !== null && nowMs < breakEndsMs) phases.add('break')
  return phases
}

/** True from `from` up to, not including, `until`; over midnight where `until` is the earlier one. */
export function isBetween(localTime: string, from: string, until: string): boolean {
  if (from <= until) return from <= localTime && localTime < until
  return localTime >= from || localTime < until
}

function isDue(rule: Rule, { localTime, phases, withData, red }: Occasion): boolean {
  const { from, until, when } = rule
  if (!withData.has(rule.screen)) return false
  if (when === 'red' && !red.has(rule.screen)) return false
  if (rule.phases && !rule.phases.some((phase) => phases.has(phase))) return false
  return from === undefined || until === undefined || isBetween(localTime, from, until)
}

/**
 * The turns of one cycle, in the plant's order. The status screen comes back before every two others; with an odd number of
 * others it comes back after the first one, so that the home screen is never further away than two slots. A screen with more
 * weight has that many turns, spread over the cycle. `dwellMs` is the plant's own; undefined: what a cycle leaves to each.
 */
export function slotsOf(rules: readonly Rule[], occasion: Occasion, dwellMs?: number): Slot[] {
  const turns = turnsOf(rules.filter((rule) => isDue(rule, occasion)))
  const ownMs = ({ dwellS }: Rule) => (dwellS === undefined ? dwellMs : dwellS * 1000)
  const own = turns.map(ownMs).filter((ms) => ms !== undefined)
  const shareMs = (cycleMs - own.reduce((sum, ms) => sum + ms, 0)) / (turns.length - own.length)
  const restMs = Math.min(usualDwellMs, Math.max(shortestDwellMs, Math.floor(shareMs / 1000) * 1000))
  return turns.map((rule) => ({ screen: rule.screen, dwellMs: ownMs(rule) ?? restMs }))
}

function turnsOf(due: readonly Rule[]): Rule[] {
  const home = due.find(({ screen }) => screen === 'status')
  const others = spread(due.filter(({ screen }) => screen !== 'status'))
  if (!home) return others
  if (others.length === 0) return [home]
  const odd = others.length % 2
  return others.flatMap((rule, index) => ((index + odd) % 2 === 0 || index === 0 ? [home, rule] : [rule]))
}

/** Every rule once per round, as long as its weight lasts. */
function spread(rules: readonly Rule[]): Rule[] {
  const rounds = Math.max(0, ...rules.map(({ weight }) => weight))
  return Array.from({ length: rounds }, (_, round) => rules.filter(({ weight }) => weight > round)).flat()
}
