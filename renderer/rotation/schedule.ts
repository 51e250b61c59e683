import type { LinePart } from '../../shared/contract/board-line.ts'
import type { SitePart } from '../../shared/contract/board.ts'
import type { EpochMs } from '../../shared/domain/facts.ts'
import type { ScreenName, ScreenRule, ShiftPhase } from '../../shared/settings/display.ts'

/** The first and the last part of a shift. Milliseconds. */
export const phaseMs = 3_600_000

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
 * weight has that many turns, spread over the cycle.
 */
export function slotsOf(rules: readonly Rule[], occasion: Occasion, dwellMs: number): Slot[] {
  const due = rules.filter((rule) => isDue(rule, occasion))
  const slotOf = ({ screen, dwellS }: Rule): Slot => ({
    screen,
    dwellMs: dwellS === undefined ? dwellMs : dwellS * 1000,
  })
  const home = due.find(({ screen }) => screen === 'status')
  const others = spread(due.filter(({ screen }) => screen !== 'status')).map(slotOf)
  if (!home) return others
  if (others.length === 0) return [slotOf(home)]
  const odd = others.length % 2
  return others.flatMap((slot, index) =>
    (index + odd) % 2 === 0 || index === 0 ? [slotOf(home), slot] : [slot],
  )
}

/** Every rule once per round, as long as its weight lasts. */
function spread(rules: readonly Rule[]): Rule[] {
  const rounds = Math.max(0, ...rules.map(({ weight }) => weight))
  return Array.from({ length: rounds }, (_, round) => rules.filter(({ weight }) => weight > round)).flat()
}
