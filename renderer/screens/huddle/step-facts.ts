import type { AgreedItem, HuddleNow, RaisedItem, ShiftReport } from '../../../shared/contract/board-huddle.ts'
import type { KpiItem } from '../../../shared/contract/board-team.ts'
import type { HuddleTopic } from '../../../shared/domain/huddle/agenda.ts'
import type { BoardView } from '../../board-view.tsx'
import { listed } from '../../i18n/listed.ts'
import { keyResultLook } from '../../key-results/look.ts'
import { callName } from '../../widgets/call-name.ts'
import type { Status } from '../../widgets/Shape.tsx'
import { dueWords } from '../calls/due.ts'
import { paretoOf } from '../pareto.ts'

/** One line below the answer: a name, perhaps a second word, and a value. */
export type FactRow = {
  id: string
  status?: Status
  name: string
  more?: string
  value: string
  raw: number | string | null
  /** Length of its bar, 0..1; without one there is none. */
  share?: number
}

/** What a step says at a glance, and what stands behind it. */
export type StepFacts = {
  status?: Status
  label: string
  hero: { id: string; raw: number | null; text: string; unit?: string } | null
  /** Words in the hero's place, where there is no number. */
  words?: string
  rows: FactRow[]
}

/** The facts of a step as the screen shows them, at most `max` rows. */
export function stepFacts(topic: HuddleTopic, now: HuddleNow, view: BoardView, max: number): StepFacts {
  const facts = factsOf[topic](now, view, max)
  return { ...facts, rows: facts.rows.slice(0, max) }
}

type FactsOf = (now: HuddleNow, view: BoardView, max: number) => StepFacts

const factsOf: Record<HuddleTopic, FactsOf> = {
  since: ({ before }, view) => {
    const { t } = view
    if (before.length === 0) return said('ok', t('huddle.nothingAgreed'))
    const done = before.filter(({ state }) => state === 'done').length
    return {
      status: done === before.length ? 'ok' : before.some(({ late }) => late) ? 'stop' : 'warn',
      label: t('huddle.done'),
      hero: { id: 'huddle-done', raw: done, text: `${done}/${before.length}` },
      rows: before.map((item) => agreedRow(item, view)),
    }
  },

  safety: ({ report }, view) => {
    const { board, format, t } = view
    const raised = report?.calls.find(({ category }) => category === 'safety')?.raised ?? 0
    const kpis = (board.kpis?.items ?? []).filter(({ theme }) => theme === 'Safety').map(kpiRow(view))
    const letters = (board.sqdcp?.letters ?? [])
      .filter(({ theme }) => theme === 'safety')
      .map((letter): FactRow => ({
        id: 'huddle-letter',
        status: letterShapes[letter.status],
        name: letter.caption,
        value: letter.value === null ? '' : format.amount(letter.value, letter.decimals, letter.unit),
        raw: letter.value,
      }))
    return {
      status: raised > 0 ? 'warn' : 'ok',
      label: t('huddle.safetyCalls'),
      hero: { id: 'huddle-safety-calls', raw: raised, text: format.pieces(raised) },
      rows: [...letters, ...kpis],
    }
  },

  quality: ({ report }, view, max) => {
    const { format, t } = view
    if (report === null) return said('none', t('huddle.noShift'))
    const { ratio, target, reasons, scrap } = report.scrap
    if (ratio === null) return said('none', t('noCount'))
    const rows = paretoOf(reasons, max, t('other'))
    const most = Math.max(1, ...rows.map(({ qty }) => qty))
    return {
      status: target === null ? undefined : ratio > target ? 'stop' : 'ok',
      label:
        target === null
          ? `${t('scrapCount')} ${format.pieces(scrap)}`
          : t('huddle.scrapAgainst', {
              count: format.pieces(scrap),
              target: `${format.exactPercent(target)} %`,
            }),
      hero: { id: 'huddle-scrap-ratio', raw: ratio, text: format.percent(ratio), unit: '%' },
      rows: rows.map(({ reason, qty }, index) => ({
        id: `huddle-reason-${index}`,
        name: reason === '' ? t('noReasonYet') : reason,
        value: format.pieces(qty),
        raw: qty,
        share: Math.max(0, qty) / most,
      })),
    }
  },

  delivery: ({ report }, view, max) => {
    const { format, t } = view
    if (report === null) return said('none', t('huddle.noShift'))
    const { pace, made, oee, stops, microStops } = report
    const { ratios, target } = oee
    const rows: FactRow[] = []
    if (ratios?.oee != null) {
      rows.push({
        id: 'huddle-oee',
        status: target === null ? undefined : ratios.oee < target ? 'stop' : 'ok',
        name: 'OEE',
        more: target === null ? '' : t('targetIs', { value: `${format.exactPercent(target)} %` }),
        value: `${format.percent(ratios.oee)} %`,
        raw: ratios.oee,
      })
    }
    const kept = max - rows.length - (microStops.count > 0 ? 1 : 0)
    const longest = Math.max(1, ...stops.map(({ ms }) => ms))
    rows.push(
      ...stops.slice(0, kept).map(({ reason, count, ms }, index) => ({
        id: `huddle-stop-${index}`,
        name: reason ?? t('noReasonYet'),
        value: count > 1 ? t('huddle.times', { count, time: format.span(ms) }) : format.span(ms),
        raw: ms,
        share: ms / longest,
      })),
    )
    if (microStops.count > 0) {
      rows.push({
        id: 'huddle-micro',
        name: t('huddle.microStops'),
        value: t('huddle.times', {
          count: microStops.count,
          time: format.span(microStops.ms),
        }),
        raw: microStops.count,
      })
    }
    if (pace === null) {
      return {
        label: t('madeNoPlan'),
        hero: { id: 'huddle-made', raw: made, text: format.pieces(made) },
        rows,
      }
    }
    return {
      status: pace.status === 'behind' ? 'stop' : 'ok',
      label: `${t(`pace.${pace.status}`)}, ${t('huddle.madeOf', {
        made: format.pieces(made),
        target: format.pieces(pace.target),
      })}`,
      hero: { id: 'huddle-gap', raw: pace.gap, text: format.signed(pace.gap) },
      rows,
    }
  },

  changeovers: ({ report }, view) => {
    const { board, format, t } = view
    if (report === null) return said('none', t('huddle.noShift'))
    const name = (id: string | null) =>
      board.site.products.find((one) => one.id === id)?.name ?? id ?? t('unknownProduct')
    const { targetMs } = board.changeover
    const late = (ms: number) => targetMs !== null && ms > targetMs
    return {
      status: report.changeovers.some(({ durationMs }) => late(durationMs)) ? 'warn' : 'ok',
      label: t('huddle.topic.changeovers'),
      hero: count('huddle-changeovers', report.changeovers.length, view),
      rows: report.changeovers.map(({ from, to, startMs, durationMs }, index) => ({
        id: `huddle-changeover-${index}`,
        status: late(durationMs) ? 'warn' : 'ok',
        name: t('touch.fromTo', { from: name(from), to: name(to) }),
        more: format.clock(startMs),
        value: format.span(durationMs),
        raw: durationMs,
      })),
    }
  },

  calls: ({ report }, view) => {
    const { format, t } = view
    if (report === null) return said('none', t('huddle.noShift'))
    return {
      label: t('huddle.topic.calls'),
      hero: count('huddle-calls', sum(report.calls.map(({ raised }) => raised)), view),
      rows: report.calls.map(({ category, raised, meanToAckMs }) => ({
        id: `huddle-call-${category}`,
        name: callName(category, t),
        more: meanToAckMs === null ? '' : t('huddle.answeredIn', { time: format.span(meanToAckMs) }),
        value: format.pieces(raised),
        raw: raised,
      })),
    }
  },

  plan: ({ next }, view) => {
    const { format, t } = view
    if (next === null) return said('none', t('noShift'))
    const times = (from: number, to: number) =>
      t('touch.fromTo', { from: format.clock(from), to: format.clock(to) })
    const crew = next.crew === null ? next.name : t('shiftCrew', { shift: next.name, crew: next.crew })
    const rows: FactRow[] = [...next.breaks, ...next.slots]
      .sort((a, b) => a.startMs - b.startMs)
      .map(({ name, startMs, endMs }, index) => ({
        id: `huddle-slot-${index}`,
        name,
        value: times(startMs, endMs),
        raw: startMs,
      }))
    if (next.product !== null)
      rows.unshift({
        id: 'huddle-product',
        name: t('huddle.product'),
        value: next.product,
        raw: next.product,
      })
    return {
      label: `${crew}, ${times(next.startMs, next.endMs)}`,
      hero: next.target === null ? null : count('huddle-target', next.target, view),
      words: next.target === null ? t('noPlan') : undefined,
      rows,
    }
  },

  keys: ({ keyResultId }, view) => {
    const { board, format, t } = view
    const item = board.keyResults.items.find(({ id }) => id === keyResultId)
    if (item === undefined) return said('none', t('noKeyResults'))
    const look = keyResultLook(item, view)
    const number = (value: number) => format.amount(value, item.decimals, item.unit)
    const rows: FactRow[] = [
      { id: 'huddle-kr-target', name: t('target'), value: number(item.target), raw: item.target },
    ]
    if (look.progress !== null) {
      const { shouldBe } = look.progress
      rows.push({
        id: 'huddle-kr-should',
        name: t('explain.shouldBe'),
        value: number(shouldBe),
        raw: shouldBe,
      })
    }
    for (const [id, words] of Object.entries({ sentence: item.lastSentence, obstacles: item.obstacles })) {
      if (words) rows.push({ id: `huddle-kr-${id}`, name: words, value: '', raw: null })
    }
    return {
      status: look.status,
      label: listed([item.name, look.word], t),
      hero:
        look.value === null
          ? null
          : {
              id: 'huddle-kr-value',
              raw: look.value,
              text: format.decimal(look.value, item.decimals),
              unit: item.unit,
            },
      words: look.word,
      rows,
    }
  },

  actions: ({ agreed }, view, max) => {
    const { board, t } = view
    const { raised } = board.huddle
    const others = (board.actions?.items ?? []).filter(({ id }) => !agreed.some((one) => one.id === id))
    const open = board.actions?.open ?? 0
    const late = board.actions?.late ?? 0
    const asked = raised.slice(0, Math.max(1, max - agreed.length - others.length)).map(raisedRow(view))
    const rows = [
      ...agreed.map((item) => agreedRow(item, view)),
      ...others.map((item) => agreedRow({ ...item, state: 'open' }, view)),
    ]
    return {
      status: late > 0 ? 'stop' : 'ok',
      label:
        open === 0
          ? t('noActions')
          : late > 0
            ? t('actionsLate', { open, late })
            : t('actionsOpen', { open }),
      hero: count('huddle-open-actions', open, view),
      rows: [...rows.slice(0, max - asked.length), ...asked],
    }
  },
}

const letterShapes = { hit: 'ok', near: 'warn', miss: 'stop', unknown: 'none' } as const
const bandShapes = { green: 'ok', amber: 'warn', red: 'stop' } as const

function said(status: Status, words: string): StepFacts {
  return { status, label: '', hero: null, words, rows: [] }
}

function count(id: string, raw: number, { format }: BoardView) {
  return { id, raw, text: format.pieces(raw) }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function kpiRow({ format }: BoardView) {
  return ({ id, name, band, value, decimals, unit }: KpiItem): FactRow => ({
    id: `huddle-kpi-${id}`,
    status: band === null ? 'none' : bandShapes[band],
    name,
    value: value === null ? '' : format.amount(value, decimals, unit),
    raw: value,
  })
}

/** What was agreed: done, late, or still open. */
export function agreedRow(item: AgreedItem, view: BoardView): FactRow {
  const { id, what, who, due, state, late } = item
  return {
    id: `huddle-agreed-${id}`,
    status: state !== 'open' ? 'ok' : late ? 'stop' : 'none',
    name: what,
    more: who ?? '',
    value: due === null ? '' : dueWords(due, view),
    raw: state,
  }
}

/** What the next tier has not answered, with the time by which it shall. */
export function raisedRow({ board, format, nowMs, t }: BoardView) {
  return ({ id, what, answerByMs }: RaisedItem): FactRow => {
    const time = format.clockOrDay(answerByMs, nowMs)
    const overdue = nowMs > answerByMs
    return {
      id: `huddle-raised-${id}`,
      status: overdue ? 'stop' : 'warn',
      name: what,
      more: board.huddle.nextTier ?? t('huddle.tier'),
      value: overdue ? t('huddle.overdue', { time }) : t('huddle.answerBy', { time }),
      raw: answerByMs,
    }
  }
}

/** The shift that a huddle looks back at, in words; null: none is known. */
export function shiftWords(report: ShiftReport | null, { format, nowMs }: BoardView): string | null {
  if (report === null) return null
  return `${report.shift.name}, ${format.clockOrDay(report.shift.startMs, nowMs)}`
}
