import type { GapItem, GapsPart } from '../../../shared/contract/board-team.ts'
import { tallyBarriers } from '../../../shared/domain/gaps/barrier.ts'
import { rankGaps } from '../../../shared/domain/gaps/gap.ts'
import { type KeyResultView, movedBy } from '../../../shared/domain/key-results.ts'
import type { LineKpis } from '../kpis/kpi-book.ts'
import type { KpiNow } from '../kpis/kpi-states.ts'

/** Gaps that a board holds. */
export const maxGaps = 6

/** What the line has to close, the largest first. Null: no KPIs were agreed on. */
export function gapsView(
  book: LineKpis,
  states: readonly KpiNow[],
  keyResults: readonly KeyResultView[],
): GapsPart | null {
  if (states.length === 0) return null
  const gaps = rankGaps(states.flatMap(({ gap }) => gap ?? []))
  const { environment, all } = tallyBarriers(book.barriers)
  return {
    items: gaps.slice(0, maxGaps).flatMap(({ score: _score, ...gap }): GapItem[] => {
      const now = states.find(({ stored }) => stored.kpi.id === gap.kpi)
      return now === undefined ? [] : [{ ...gap, ...about(book, now, keyResults) }]
    }),
    all: gaps.length,
    causes: { environment, all },
  }
}

function about(
  book: LineKpis,
  { stored, state, red, fallenBack }: KpiNow,
  keyResults: readonly KeyResultView[],
): Omit<GapItem, keyof NonNullable<KpiNow['gap']>> {
  const { id, name, unit, decimals, owner, protocol, source } = stored.kpi
  const { crossing, drift, band } = state
  const follows = (one: KeyResultView) => movedBy(one.source) === movedBy(source)
  const { who = '', firstResponse = '', escalateTo = '' } = protocol ?? {}
  return {
    name,
    unit,
    decimals,
    band,
    owner,
    driftMs: drift?.towards === 'worse' ? drift.signalMs : null,
    crosses:
      crossing?.say === 'crosses'
        ? { earliest: crossing.earliest, about: crossing.about, latest: crossing.latest }
        : null,
    fallenBack,
    red: red && { ...red, who, firstResponse, escalateTo },
    keyResult: keyResults.find(follows)?.name ?? null,
    openActions: book.actions.filter(({ kpi, state: at }) => kpi === id && at === 'open').length,
  }
}
