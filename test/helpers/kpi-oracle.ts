import type { LineSettings } from '../../shared/settings/line.ts'

/**
 * The KPIs of a line computed second by second from the messages, with nothing of the product's own arithmetic: slow and
 * simple, to judge it by. All times are whole seconds since the epoch.
 */

/** A message as the line meant it, in order of arrival; repeated ones left out. */
export type OracleMessage = {
  kind: 'count' | 'state' | 'changeover' | 'product' | 'scrap'
  at: number
  arrived: number
  body: Record<string, unknown>
}
/** A stop reason typed in after the message `after` (its place in the list) had come. */
export type OracleReason = { start: number; end: number | null; reason: string }
/** Seconds in which the source was known to be silent. */
export type OracleSilence = { has: (second: number) => boolean }

export type OracleStop = {
  start: number
  end: number
  closed: number | null
  reason: string | null
  seconds: number
  micro: boolean
}
export type OracleSpan = { start: number; end: number; closed: number | null; seconds: number }
export type OracleKpis = {
  planned: number
  run: number
  stop: number
  changeover: number
  unknown: number
  good: number
  scrap: number
  rework: number
  total: number
  /** Seconds; null: a piece without ideal cycle time. */
  idealTotal: number | null
  idealGood: number | null
  stops: OracleStop[]
  changeovers: OracleSpan[]
}

type Moment = { kind: string; reason: string | null; cell: string | null }
type Run = {
  at: number
  product: string
  ideal: number | undefined
  first: number | null
  last: number | null
}
type Piece = {
  at: number
  good: number
  scrap: number
  rework: number
  product: string | undefined
  counted: boolean
}

const last = <T>(list: readonly T[], holds: (item: T) => boolean): T | undefined => {
  for (let i = list.length - 1; i >= 0; i--) if (holds(list[i]!)) return list[i]
  return undefined
}

const classOf = (kind: string): 'run' | 'stop' | 'changeover' | 'unknown' =>
  kind === 'running' ? 'run' : kind === 'changeover' || kind === 'unknown' ? kind : 'stop'

/** Everything about the line's time is worked out once; answers the KPIs of [from, to), which begins after `begin`. */
export function openOracle(given: {
  line: LineSettings
  timeZone: string
  messages: readonly OracleMessage[]
  reasons: readonly OracleReason[]
  silence: OracleSilence
  begin: number
  /** Now. */
  asOf: number
}): (from: number, to: number) => OracleKpis {
  const { line, messages, begin, asOf } = given
  const inOrder = (kind: string) =>
    messages
      .map((message, order) => ({ ...message, order }))
      .filter((message) => message.kind === kind)
      .sort((a, b) => a.at - b.at || a.order - b.order)

  const pieces = piecesOf(messages)
  const runs: Run[] = inOrder('product').map(({ at, body }) => ({
    at,
    product: body.product as string,
    ideal: body.ideal_cycle_s as number | undefined,
    first: null,
    last: null,
  }))
  const runAt = (at: number): Run | undefined => last(runs, (run) => run.at <= at)
  for (const piece of pieces) {
    const run = runAt(piece.at)
    if (!run || !piece.counted || piece.good === 0 || (piece.product ?? run.product) !== run.product) continue
    run.first = Math.min(run.first ?? piece.at, piece.at)
    run.last = Math.max(run.last ?? piece.at, piece.at)
  }

  // States: the line's own; a cell's as long as it has none.
  const said = inOrder('state').filter(
    ({ body, at, order }, _i, all) =>
      body.cell === undefined ||
      !all.some((o) => o.body.cell === undefined && (o.at < at || (o.at === at && o.order < order))),
  )
  const gap = Math.max(60, ...line.products.map((product) => 3 * (product.idealCycleS ?? 0)))
  const times = pieces.filter((p) => p.counted && p.good + p.scrap > 0).map((p) => p.at)
  times.sort((a, b) => a - b)
  const stateAt = (t: number): Moment => {
    if (said.length > 0) {
      const newest = last(said, ({ at }) => at <= t)
      if (!newest) return { kind: 'unknown', reason: null, cell: null }
      const { state, reason, cell } = newest.body as { state: string; reason?: string; cell?: string }
      return { kind: state, reason: reason ?? (state === 'break' ? 'break' : null), cell: cell ?? null }
    }
    const before = last(times, (at) => at <= t)
    const after = times.find((at) => at > t)
    if (before === undefined) return { kind: 'unknown', reason: null, cell: null }
    const runs = after === undefined ? asOf - before <= gap : after - before <= gap
    return { kind: runs ? 'running' : 'stopped', reason: null, cell: null }
  }

  // Changeovers: announced, by state, or from the last good piece of one product to the first of the next.
  const announced: [number, number][] = []
  let since: number | null = null
  for (const { at, body } of inOrder('changeover')) {
    if (body.event === 'start') since ??= at
    if (body.event === 'end' && since !== null) {
      if (at > since) announced.push([since, at])
      since = null
    }
  }
  if (since !== null) announced.push([since, Infinity])
  const byState: [number, number][] = said.flatMap(({ at, body }, i) =>
    body.state === 'changeover' ? [[at, said[i + 1]?.at ?? Infinity] as [number, number]] : [],
  )
  const made = runs.filter((run, i) => run.first !== null || i === runs.length - 1)
  const derived: [number, number][] = []
  made.forEach((run, i) => {
    const before = made[i - 1]
    if (!before || before.last === null || before.product === run.product) return
    const span: [number, number] = [before.last, run.first ?? Infinity]
    const touched = [...announced, ...byState].some(([s, e]) => s <= span[1] && span[0] <= e)
    if (!touched) derived.push(span)
  })
  const changing = [...announced, ...derived]

  /** A changeover went on in a silent second: its end was announced, or it was still one when the line was heard again. */
  const wentOn = (t: number): boolean => {
    let heard = t
    while (heard <= asOf && given.silence.has(heard)) heard++
    const open = announced.find(([s, e]) => s <= t && t < e)
    if (open) return heard <= asOf || open[1] <= asOf
    if (heard > asOf || said.length === 0) return false
    for (let u = t; u <= heard; u++) if (stateAt(u).kind !== 'changeover') return false
    return true
  }

  const moments = new Map<number, Moment>()
  for (let t = begin; t < asOf; t++) {
    if (given.silence.has(t) && wentOn(t)) moments.set(t, { kind: 'changeover', reason: null, cell: null })
    else if (given.silence.has(t)) moments.set(t, { kind: 'unknown', reason: null, cell: null })
    else if (changing.some(([s, e]) => s <= t && t < e))
      moments.set(t, { kind: 'changeover', reason: null, cell: null })
    else moments.set(t, stateAt(t))
  }
  const momentAt = (t: number): Moment => moments.get(t) ?? { kind: 'unknown', reason: null, cell: null }
  for (const { start, end, reason } of given.reasons) {
    for (let t = start; t < (end ?? asOf); t++) {
      const moment = momentAt(t)
      const isStop = classOf(moment.kind) === 'stop'
      if (isStop) moments.set(t, { ...moment, reason })
      else if (end === null) break
    }
  }

  const planned = plannedSeconds(line, given.timeZone, begin, asOf)
  return (from, end) => {
    const to = Math.min(end, asOf)
    const sums = { planned: 0, run: 0, stop: 0, changeover: 0, unknown: 0 }
    for (let t = from; t < to; t++) {
      if (!planned.has(t)) continue
      sums.planned++
      sums[classOf(momentAt(t).kind)]++
    }

    const stops: OracleStop[] = []
    const changeovers: OracleSpan[] = []
    for (let t = from; t < to;) {
      const moment = momentAt(t)
      const kind = classOf(moment.kind)
      const same = (at: number): boolean =>
        kind === 'stop'
          ? JSON.stringify(momentAt(at)) === JSON.stringify(moment)
          : classOf(momentAt(at).kind) === kind
      let end = t
      while (end < to && same(end)) end++
      let closed = end
      while (closed < asOf && same(closed)) closed++
      let first = t
      while (first > begin && classOf(momentAt(first - 1).kind) === kind) first--
      let until = end
      while (until < asOf && classOf(momentAt(until).kind) === kind) until++
      const count = (a: number, b: number): number => {
        let seconds = 0
        for (let at = a; at < b; at++) if (planned.has(at)) seconds++
        return seconds
      }
      const entry = { start: t, end, closed: closed < asOf ? closed : null, seconds: count(t, end) }
      if (kind === 'changeover' && entry.seconds > 0) changeovers.push(entry)
      if (kind === 'stop' && entry.seconds > 0)
        stops.push({ ...entry, reason: moment.reason, micro: count(first, until) < line.microStopS })
      t = end
    }

    const counts = {
      good: 0,
      scrap: 0,
      rework: 0,
      idealTotal: 0 as number | null,
      idealGood: 0 as number | null,
    }
    for (const piece of pieces) {
      if (piece.at < from || piece.at >= Math.min(end, asOf + 1)) continue
      counts.good += piece.good
      counts.scrap += piece.scrap
      counts.rework += piece.rework
      const run = runAt(piece.at)
      const product = piece.product ?? run?.product ?? line.defaultProduct ?? ''
      const own = run?.product === product ? run.ideal : undefined
      const ideal = own ?? line.products.find(({ id }) => id === product)?.idealCycleS ?? null
      if (piece.good + piece.scrap === 0) continue
      if (ideal === null || counts.idealTotal === null || counts.idealGood === null) {
        counts.idealTotal = counts.idealGood = null
      } else {
        counts.idealTotal += ideal * (piece.good + piece.scrap)
        counts.idealGood += ideal * piece.good
      }
    }
    return { ...sums, ...counts, total: counts.good + counts.scrap, stops, changeovers }
  }
}

function piecesOf(messages: readonly OracleMessage[]): Piece[] {
  const deltas = new Map<OracleMessage, Record<string, number>>()
  for (const field of ['total_good', 'total_scrap']) {
    const counters = new Map<string, OracleMessage[]>()
    for (const message of messages) {
      if (message.kind !== 'count' || message.body[field] === undefined) continue
      const cell = (message.body.cell as string | undefined) ?? ''
      counters.set(cell, [...(counters.get(cell) ?? []), message])
    }
    const totalOf = ({ body }: OracleMessage): number => body[field] as number
    for (const list of counters.values()) {
      list.sort((a, b) => a.at - b.at || totalOf(a) - totalOf(b))
      for (const [index, message] of list.entries()) {
        const before = list[index - 1]
        const more = before ? totalOf(message) - totalOf(before) : 0
        deltas.set(message, { ...deltas.get(message), [field]: more >= 0 ? more : totalOf(message) })
      }
    }
  }
  return messages.flatMap((message): Piece[] => {
    const { kind, at, body } = message
    const product = body.product as string | undefined
    if (kind === 'scrap') {
      const counts = body.included !== true && body.detected !== 'customer'
      const scrap = counts ? (body.qty as number) : 0
      return [{ at, good: 0, scrap, rework: 0, product, counted: false }]
    }
    if (kind !== 'count') return []
    const good = (body.good as number | undefined) ?? deltas.get(message)?.total_good ?? 0
    const scrap = (body.scrap as number | undefined) ?? deltas.get(message)?.total_scrap ?? 0
    return [{ at, good, scrap, rework: (body.rework as number | undefined) ?? 0, product, counted: true }]
  })
}

/** Wall clock, second by second: in a shift and not in one of its breaks. Breaks last as long as they say. */
function plannedSeconds(line: LineSettings, timeZone: string, from: number, to: number): Set<number> {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const margin = 30 * 3600
  const first = Math.floor((from - margin) / 60) * 60
  const minutes: { at: number; of: number; day: number }[] = []
  for (let at = first; at < to + margin; at += 60) {
    const parts = Object.fromEntries(clock.formatToParts(at * 1000).map(({ type, value }) => [type, value]))
    const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday!) + 1
    minutes.push({ at, of: Number(parts.hour) * 60 + Number(parts.minute), day })
  }
  const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  const planned = new Set<number>()
  for (const shift of line.shifts) {
    const [start, end] = [minuteOf(shift.start), minuteOf(shift.end)]
    const over = end <= start
    const inShift = minutes.map(({ of, day }) => {
      const today = shift.days.includes(day)
      const yesterday = shift.days.includes(((day + 5) % 7) + 1)
      return over ? (today && of >= start) || (yesterday && of < end) : today && of >= start && of < end
    })
    const free = new Set<number>()
    for (const pause of shift.breaks) {
      const [p, q] = [minuteOf(pause.start), minuteOf(pause.end)]
      const length = (q - p + 1440) % 1440
      minutes.forEach(({ of }, i) => {
        const isFirst = of === p && !minutes.slice(Math.max(0, i - 119), i).some((m) => m.of === p)
        // A time that the spring change skips comes an hour later.
        const skipped =
          of === p + 60 && i >= 60 && !minutes.slice(Math.max(0, i - 61), i).some((m) => m.of === p)
        if (!inShift[i] || !(isFirst || skipped)) return
        for (let k = i; k < i + length; k++) free.add(k)
      })
    }
    inShift.forEach((inside, i) => {
      if (!inside || free.has(i)) return
      for (let s = 0; s < 60; s++) planned.add(minutes[i]!.at + s)
    })
  }
  return planned
}
