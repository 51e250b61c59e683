import type { KeyResultDraft } from '../../../shared/contract/okr-calls.ts'
import type { KpiItem } from '../../../shared/contract/board-team.ts'
import {
  type KeyResultSource,
  type KeyResultWindow,
  type LiveKpi,
  movedBy,
} from '../../../shared/domain/key-results.ts'
import type { Translate } from '../../i18n/words.ts'
import { kpiName } from '../../key-results/kpi-name.ts'
import { type FieldMistake, type FieldTexts, fromTexts } from './key-result-fields.ts'

/** A key result while it is written: numbers as they are typed. `unit`: of what moves it; by hand it is a text of its own. */
export type Written = {
  texts: FieldTexts
  numbers: { baseline: string; target: string }
  source: KeyResultSource
  unit: string
  decimals: number
  parent: string | null
}

/** What may move a key result, by its name. */
export type SourceChoice = Pick<Written, 'source' | 'unit' | 'decimals'> & { id: string; name: string }

/** Windows that the form offers; others come by file. */
export const offeredWindows: readonly KeyResultWindow[] = [
  { kind: 'shifts', count: 5 },
  { kind: 'shifts', count: 15 },
  { kind: 'shifts', count: 30 },
  { kind: 'week' },
  { kind: 'start' },
]
const usualWindow = offeredWindows[1]!

/** KPIs of the line that most key results follow, with the unit that goes with each; null: its pieces. */
const usual = [
  { kpi: 'throughput', unit: null },
  { kpi: 'oee', unit: '%' },
  { kpi: 'scrap_ratio', unit: '%' },
  { kpi: 'changeover_min', unit: 'min' },
  { kpi: 'first_pass_yield', unit: '%' },
] as const satisfies readonly { kpi: LiveKpi; unit: string | null }[]

/** Longest unit of a key result. Characters. */
const longestUnit = 12

export const byHand = { id: 'hand', source: { kind: 'manual' }, unit: '', decimals: 0 } as const

/** By hand and milestones first, then the KPIs that were agreed on, then the usual ones of a line. */
export function sourceChoices(agreed: readonly KpiItem[], pieces: string, t: Translate): SourceChoice[] {
  const known = new Set(agreed.map(({ source }) => movedBy(source)))
  return [
    { ...byHand, name: t('okr.byHand') },
    {
      id: 'milestones',
      name: t('okr.milestones'),
      source: { kind: 'milestones', milestones: [] },
      unit: '%',
      decimals: 0,
    },
    ...agreed.map(({ id, name, source, unit, decimals }): SourceChoice => {
      const window = usualWindow
      const moves: KeyResultSource =
        source.from === 'line'
          ? { kind: 'kpi', kpi: source.formula, window }
          : { kind: 'values', key: source.key, combine: source.combine, window }
      return { id: `own ${id}`, name, source: moves, unit: unit.slice(0, longestUnit).trim(), decimals }
    }),
    ...usual
      .filter(({ kpi }) => !known.has(kpi))
      .map(({ kpi, unit }): SourceChoice => {
        const shown = (unit ?? pieces).slice(0, longestUnit).trim()
        const source = { kind: 'kpi', kpi, window: usualWindow } as const
        return { id: kpi, name: kpiName(kpi, t), source, unit: shown, decimals: shown === '%' ? 1 : 0 }
      }),
  ]
}

export type DraftMistake = FieldMistake | 'numbers' | 'milestones'

/** What the engine is asked to make, or what is missing. */
export function draftOf(written: Written): KeyResultDraft | DraftMistake {
  const { source, parent, numbers } = written
  const fields = fromTexts(written.texts)
  if (typeof fields === 'string') return fields
  if (source.kind === 'milestones' && source.milestones.length === 0) return 'milestones'
  const [baseline, target] = [numberOf(numbers.baseline), numberOf(numbers.target)]
  if (baseline === null || target === null || baseline === target) return 'numbers'
  const { unit: typed, ...own } = fields
  const hand = source.kind === 'manual'
  return {
    ...own,
    unit: hand ? typed : written.unit,
    decimals: hand ? Math.max(digitsOf(numbers.baseline), digitsOf(numbers.target)) : written.decimals,
    baseline,
    target,
    due: null,
    source: sourceToSend(source),
    parent,
    origin: null,
  }
}

/** The same with lists that a call may carry. */
export function sourceToSend(source: KeyResultSource): KeyResultDraft['source'] {
  return source.kind === 'milestones' ? { ...source, milestones: [...source.milestones] } : source
}

/** Null: nothing was typed. */
export function numberOf(text: string): number | null {
  return text === '' ? null : Number(text)
}

/** Most digits behind the point that a key result may have. */
const mostDigits = 3

function digitsOf(text: string): number {
  return Math.min(mostDigits, text.split('.')[1]?.length ?? 0)
}
