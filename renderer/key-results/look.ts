import {
  type KeyResultProgress,
  type KeyResultView,
  type LiveKpi,
  movedBy,
} from '../../shared/domain/key-results.ts'
import type { ScreenName } from '../../shared/settings/display.ts'
import type { BoardView } from '../board-view.tsx'
import type { Status } from '../widgets/Shape.tsx'

/** How a key result appears now. `old` values are grey and carry no status; `value` null shows no number. */
export type KeyResultLook = {
  status: Status
  word: string
  old: boolean
  value: number | null
  progress: KeyResultProgress | null
}

type Moment = Pick<BoardView, 'trust' | 'linkLost' | 'nowMs' | 'format' | 't'>

/** True when check-ins say its value; else it moves by itself. */
export function isByHand({ source }: Pick<KeyResultView, 'source'>): boolean {
  return movedBy(source) === null
}

/** The shape of each word of pace. */
export const paceShapes: Record<KeyResultProgress['status'], Status> = {
  'On pace': 'ok',
  Behind: 'warn',
  'Off pace': 'stop',
}

export function keyResultLook(item: KeyResultView, moment: Moment): KeyResultLook {
  const { value, valueAtMs, progress } = item
  const { t } = moment
  const manual = isByHand(item)
  const sourceSilent = item.source.kind === 'kpi' && moment.trust !== 'live'
  const gone =
    item.freshness === 'withdrawn' ||
    item.freshness === 'none' ||
    (moment.linkLost && moment.trust === 'withdrawn')
  if (value === null || gone) {
    const word = manual
      ? t('noCheckIn')
      : valueAtMs === null
        ? t('state.nodata')
        : t('noDataSinceShort', { time: timeOf(valueAtMs, moment) })
    return { status: 'none', word, old: true, value: null, progress: null }
  }
  const old = { status: 'none' as const, old: true, value, progress }
  if (moment.linkLost || sourceSilent || item.freshness === 'stale') {
    return {
      ...old,
      word: valueAtMs === null ? t('state.nodata') : t('atTime', { time: timeOf(valueAtMs, moment) }),
    }
  }
  if (manual && item.checkInDue === 'overdue') {
    return {
      ...old,
      word: item.checkInAgeDays === null ? t('noCheckIn') : t('notUpdated', { days: item.checkInAgeDays }),
    }
  }
  if (!progress) return { status: 'none', word: '', old: false, value, progress: null }
  if (manual && item.checkInDue === 'due')
    return { status: 'warn', word: t('checkInDue'), old: false, value, progress }
  return {
    status: paceShapes[progress.status],
    word: t(`keyResult.${progress.status}`),
    old: false,
    value,
    progress,
  }
}

function timeOf(atMs: number, { format, nowMs }: Moment): string {
  return format.clockOrDay(atMs, nowMs)
}

const linkedKpis: Record<ScreenName, readonly LiveKpi[]> = {
  status: ['throughput'],
  hours: ['throughput'],
  oee: ['oee', 'availability', 'performance', 'quality_ratio'],
  scrap: ['scrap_ratio', 'first_pass_yield', 'quality_ratio'],
  changeover: ['changeover_min'],
  sqdcp: [],
  calls: [],
  gaps: [],
  kpis: [],
  keys: [],
  result: [],
  strategy: [],
  health: [],
  plant: [],
  huddle: [],
}

export function isLinked(item: KeyResultView, screen: ScreenName): boolean {
  return item.source.kind === 'kpi' && linkedKpis[screen].includes(item.source.kpi)
}

/**
 * Which key results the rail shows: those of the screen's own KPI first, then the worst gap, then the rest: by turns (one further
 * with every `turn`) where not all of them have room.
 */
export function railItems(
  items: readonly KeyResultView[],
  screen: ScreenName,
  max: number,
  turn: number,
): KeyResultView[] {
  const linked = items.filter((item) => isLinked(item, screen))
  const others = items.filter((item) => !isLinked(item, screen))
  const worst = [...others].sort((a, b) => gapOf(a) - gapOf(b))[0]
  const rest = others.filter((item) => item !== worst)
  const step = items.length > max ? turn : 0
  const turned = rest.map((_, index) => rest[(index + step) % rest.length]!)
  return [...linked, ...(worst ? [worst] : []), ...turned].slice(0, max)
}

function gapOf(item: KeyResultView): number {
  return item.progress?.gap ?? Number.POSITIVE_INFINITY
}

/** "0.2 pt ahead": the distance from where the value should be, said in the key result's own unit. */
export function gapWords(
  item: KeyResultView,
  look: KeyResultLook,
  { format, t }: Pick<BoardView, 'format' | 't'>,
): string {
  if (look.value === null || !look.progress) return ''
  if (look.progress.worseThanStart) return t('worseThanStart')
  const towards = Math.sign(item.target - item.baseline)
  const ahead = (look.value - look.progress.shouldBe) * towards
  const size = Math.abs(ahead)
  if (Number(size.toFixed(item.decimals)) === 0) return t('exactlyOnPace')
  const number = format.decimal(size, item.decimals)
  const unit = item.unit === '%' ? t('point') : keyResultUnit(item, number)
  const text = unit ? `${number} ${unit}` : number
  return ahead > 0 ? t('gapAhead', { gap: text }) : t('gapBehind', { gap: text })
}

/** A target or baseline. */
export function keyResultGoal(item: KeyResultView, value: number, format: BoardView['format']): string {
  return item.decimals === 0 ? format.pieces(value) : format.exact(value, item.decimals)
}

/** A value: pieces keep all their digits, everything else at most three. */
export function keyResultNumber(item: KeyResultView, value: number, format: BoardView['format']): string {
  return item.decimals === 0 ? format.pieces(value) : format.decimal(value, item.decimals)
}

/** Units that are symbols or the same for one and for many. */
const unitSymbols = /^(%|\u00b0C|pt|pcs|s|min|h|d|m|mm|cm|km|g|kg|t|l|ml|W|kW|kWh|\u20ac|\$)$/i

/** The unit behind a shown number. Words in settings are plural ("cases"), so that a bare 1 goes without. */
export function keyResultUnit({ unit }: KeyResultView, number: string): string {
  return number === '1' && !unitSymbols.test(unit) ? '' : unit
}

/** A value with its unit, as a sentence says it: "67.8 %". */
export function keyResultText(item: KeyResultView, value: number, format: BoardView['format']): string {
  const number = keyResultNumber(item, value, format)
  const unit = keyResultUnit(item, number)
  return unit ? `${number} ${unit}` : number
}
