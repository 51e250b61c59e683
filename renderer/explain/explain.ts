import { qualityFactorFormula } from '../../shared/domain/kpis/catalogue.ts'
import type { Maturity } from '../../shared/domain/kpis/maturity.ts'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import type { BoardView } from '../board-view.tsx'
import type { Translate } from '../i18n/words.ts'
import { isByHand, keyResultGoal, keyResultText } from '../key-results/look.ts'
import { maturityWords } from '../screens/maturity-words.ts'
import { recoveryWords } from '../screens/status/recovery-words.ts'
import { formulaOf, formulaWords } from './formula-words.ts'

/** What stands behind one number of the board. */
export type Explanation = {
  title: string
  value: string
  /** The formula in words. */
  formula: string
  inputs: readonly { name: string; value: string }[]
  asOf: string
  age: string
  source: string
  /** How much it rests on. */
  sample: string
}

type Basis = Omit<Explanation, 'asOf' | 'age' | 'source' | 'sample'> & { sample?: string }

/** The numbers that explain themselves when tapped, by their test id. */
const explained = [
  'made',
  'plan-by-now',
  'gap',
  'heading-for',
  'oee',
  'availability',
  'performance',
  'quality',
  'scrap-ratio',
  'scrap-cost',
] as const
type ExplainedId = (typeof explained)[number]

/** Null: nothing is known behind this number, or there is no number. */
export function explain(id: string, view: BoardView): Explanation | null {
  const keyResult = view.board.keyResults.items.find((item) => id === `kr-${item.id}`)
  if (keyResult) return explainKeyResult(keyResult, view)
  const known = explained.find((name) => name === id)
  const basis = known ? basisOf(known, view) : null
  return basis && { sample: lineSample(view), ...basis, ...lineAge(view), source: view.t('explain.live') }
}

function basisOf(id: ExplainedId, view: BoardView): Basis | null {
  return ['made', 'plan-by-now', 'gap', 'heading-for'].includes(id)
    ? countBasis(id, view)
    : ratioBasis(id, view)
}

function countBasis(id: ExplainedId, view: BoardView): Basis | null {
  const { board, format, t } = view
  const { pace, made } = board.status
  const madeRow = { name: t('made'), value: format.pieces(made) }
  if (id === 'made') {
    return { title: t('made'), value: format.pieces(made), formula: t('formula.made'), inputs: [] }
  }
  if (!pace) return null
  const planRow = { name: t('planByNow'), value: format.pieces(pace.targetSoFar) }
  const targetRow = { name: t('explain.shiftTarget'), value: format.pieces(pace.target) }
  if (id === 'plan-by-now') {
    return { title: planRow.name, value: planRow.value, formula: t('formula.plan'), inputs: [targetRow] }
  }
  if (id === 'gap') {
    const value = format.signed(pace.gap)
    const inputs = [madeRow, planRow, ...recoveryRows(view)]
    return { title: t('hour.gap'), value, formula: t('formula.gap'), inputs }
  }
  if (pace.headingFor === null) return null
  const count = format.pieces(pace.headingFor)
  const title = t('headingFor', { count })
  return { title, value: count, formula: t('formula.heading'), inputs: [madeRow, targetRow] }
}

function ratioBasis(id: ExplainedId, view: BoardView): Basis | null {
  const { board, format, t } = view
  const { sums, ratios } = board.oee
  const percent = (value: number | null) => (value === null ? '\u2013' : `${format.percent(value)} %`)
  if (id === 'scrap-ratio') {
    const { ratio, scrap, total } = board.scrap
    const inputs = [
      { name: t('explain.scrapPieces'), value: format.pieces(scrap) },
      { name: t('explain.allPieces'), value: format.pieces(total) },
    ]
    const sample = t('explain.pieces', { count: format.pieces(total) })
    const title = t('scrapCount')
    return ratio === null
      ? null
      : {
          title,
          value: percent(ratio),
          formula: formulaOf('scrap_ratio', t),
          inputs: [...inputs, maturityRow(board.scrap.maturity, t)],
          sample,
        }
  }
  if (id === 'scrap-cost') {
    const { cost, scrap } = board.scrap
    const inputs = [{ name: t('explain.scrapPieces'), value: format.pieces(scrap) }]
    if (cost === null) return null
    const value = format.money(cost, board.site.currency)
    return { title: t('costOfScrap'), value, formula: formulaOf('cost_of_scrap', t), inputs }
  }
  if (!sums || !ratios) return null
  const span = (key: 'run' | 'planned' | 'idealAll' | 'idealGood', ms: number) => ({
    name: t(`explain.${key}`),
    value: format.span(ms),
  })
  switch (id) {
    case 'availability':
      return {
        title: t('availability'),
        value: percent(ratios.availability),
        formula: formulaOf('availability', t),
        inputs: [span('run', sums.runMs), span('planned', sums.plannedMs)],
      }
    case 'performance':
      return {
        title: t('performance'),
        value: percent(ratios.performance),
        formula: formulaOf('performance', t),
        inputs: [span('idealAll', sums.idealTotalMs ?? 0), span('run', sums.runMs)],
      }
    case 'quality':
      return {
        title: t('quality'),
        value: percent(ratios.quality),
        formula: formulaWords(qualityFactorFormula, t),
        inputs: [span('idealGood', sums.idealGoodMs ?? 0), span('idealAll', sums.idealTotalMs ?? 0)],
      }
    default:
      return {
        title: 'OEE',
        value: percent(ratios.oee),
        formula: formulaOf('oee', t),
        inputs: [
          span('idealGood', sums.idealGoodMs ?? 0),
          span('planned', sums.plannedMs),
          maturityRow(board.oee.maturity, t),
        ],
      }
  }
}

/** What it takes to make the plan of a shift that is behind. */
function recoveryRows(view: BoardView): Explanation['inputs'] {
  const { board, format, t } = view
  const recovery = board.status.pace?.recovery
  if (!recovery) return []
  const rate = (count: number) => t('explain.perHour', { count: format.pieces(count) })
  const words = recoveryWords(view)
  return [
    { name: t('explain.needed'), value: rate(recovery.ratePerHour) },
    ...(recovery.bestPerHour === null
      ? []
      : [{ name: t('explain.bestHour'), value: rate(recovery.bestPerHour) }]),
    ...(words === null ? [] : [{ name: t('explain.recovery'), value: words }]),
  ]
}

function maturityRow(maturity: Maturity, t: Translate): Explanation['inputs'][number] {
  return { name: t('explain.maturity'), value: maturityWords(maturity, t) ?? t('maturity.mature') }
}

function explainKeyResult(item: KeyResultView, view: BoardView): Explanation | null {
  const { format, nowMs, t } = view
  if (item.value === null) return null
  const inputs = [
    { name: t('explain.start'), value: keyResultGoal(item, item.baseline, format) },
    { name: t('explain.target'), value: keyResultGoal(item, item.target, format) },
  ]
  if (item.progress) {
    inputs.push({ name: t('explain.shouldBe'), value: keyResultText(item, item.progress.shouldBe, format) })
  }
  return {
    title: item.name,
    value: keyResultText(item, item.value, format),
    formula: t('formula.keyResult'),
    inputs,
    asOf: item.valueAtMs === null ? '\u2013' : format.clockOrDay(item.valueAtMs, nowMs),
    age: ageWords(item.freshness, item.valueAtMs, view),
    source: t(
      isByHand(item) ? 'explain.manual' : item.source.kind === 'kpi' ? 'explain.live' : 'explain.reported',
    ),
    sample: t('explain.readings', { count: item.history.length }),
  }
}

function lineSample({ board, format, t }: BoardView): string {
  const { sums } = board.oee
  if (!sums) return t('explain.pieces', { count: format.pieces(board.status.made) })
  const pieces = t('explain.pieces', { count: format.pieces(sums.total) })
  const minutes = t('explain.minutes', { count: format.pieces(sums.plannedMs / 60_000) })
  return pieces + t('then', { text: minutes })
}

function lineAge(view: BoardView): Pick<Explanation, 'asOf' | 'age'> {
  const { line } = view.board
  const { format, nowMs, trust } = view
  const freshness = trust === 'live' ? line.freshness : trust
  return { asOf: format.clockOrDay(line.asOfMs, nowMs), age: ageWords(freshness, line.lastReadingMs, view) }
}

/** "Fresh, 4 s": how old the newest reading is, and what the board thinks of that. */
function ageWords(freshness: string, atMs: number | null, { format, nowMs, t }: BoardView): string {
  const known = (['fresh', 'ageing', 'stale', 'withdrawn'] as const).find((word) => word === freshness)
  const word = known ? t(`explain.${known}`) : t('noReadingYet')
  return atMs === null ? word : word + t('then', { text: format.span(Math.max(0, nowMs - atMs)) })
}
