/**
 * What a screen's numbers cost on a board that has run for a month and for a year, next to the same question put to the raw
 * readings in the same run, and what one message into all live KPIs costs next to JSON.parse of that message. 50 lines with
 * three shifts a day, a count every 20 s. Raw readings of the last two days are those of all lines, older ones of the line on
 * show only, which is kind to them. Times are those of the processor, so that a busy machine does not count; the last column
 * is the worst one in a hundred by the clock. Arguments: days (default 365), lines
 * (default 50), looks (default 300).
 */
import { join } from 'node:path'
import { openDatabase } from '../../db/open-database.ts'
import { readShifts, saveShifts } from '../../db/queries/history.ts'
import { applyEffects } from '../../electron/engine/model/apply-effects.ts'
import type { Effect } from '../../electron/engine/model/effects.ts'
import { applyToLiveSums } from '../../electron/engine/model/live-effects.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { countsInWindows } from '../../electron/engine/key-result-feed.ts'
import { judgeOf } from '../../electron/engine/judged-by.ts'
import type { ShiftResult } from '../../electron/engine/shift-result.ts'
import { changeoverView } from '../../electron/engine/views/changeover.ts'
import { hoursView } from '../../electron/engine/views/hours.ts'
import { keyResultsView } from '../../electron/engine/views/key-results.ts'
import { lineWord } from '../../electron/engine/views/line-word.ts'
import { lineMoment, type ViewInput } from '../../electron/engine/views/moment.ts'
import { oeeView } from '../../electron/engine/views/oee.ts'
import { scrapView } from '../../electron/engine/views/scrap.ts'
import { statusView } from '../../electron/engine/views/status.ts'
import { shiftsBetween } from '../../shared/domain/calendar.ts'
import { liveKpiSpecs } from '../../shared/domain/kpis/catalogue.ts'
import { kpiValue } from '../../shared/domain/kpis/kpi-spec.ts'
import { createLiveSums } from '../../shared/domain/kpis/live-sums.ts'
import { emptyWindowSums, totalOf } from '../../shared/domain/kpis/window-sums.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { plantSchema } from '../../shared/settings/plant.ts'
import { seededRandom } from '../helpers/random.ts'
import { message } from '../helpers/recording.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { storedKeyResult, storedObjective } from '../helpers/objectives.ts'

const [days, lineCount, looks] = [365, 50, 300].map((usual, i) => Number(process.argv[2 + i] ?? usual)) as [
  number,
  number,
  number,
]
const dayMs = 86_400_000
const everyMs = 20_000
const nowMs = Date.parse('2026-11-20T12:40:00Z')
const random = seededRandom(1)
const frameMs = 1000 / 60

const plant = plantSchema.parse({
  site: { name: 'Bench', timeZone: 'Europe/Berlin' },
  broker: { url: 'mqtt://127.0.0.1:1' },
  lines: [
    {
      id: 'a',
      name: 'Line a',
      products: [{ id: 'cola', name: 'Cola', idealCycleS: 1, price: 0.2 }],
      defaultProduct: 'cola',
      shifts: [
        { name: 'Early', start: '06:00', end: '14:00', target: 24_000 },
        { name: 'Late', start: '14:00', end: '22:00', target: 24_000 },
        { name: 'Night', start: '22:00', end: '06:00', target: 24_000 },
      ],
    },
  ],
})
const settings = plant.lines[0]!
const rules = lineRules(settings, plant.site.timeZone)

function shiftResult(shift: { name: string; date: string; startMs: number; endMs: number }): ShiftResult {
  const good = 20_000 + Math.floor(3_000 * random())
  const scrap = Math.floor(600 * random())
  const [plannedMs, stopMs] = [shift.endMs - shift.startMs, Math.floor(3_600_000 * random())]
  const total = good + scrap
  const sums = {
    ...emptyWindowSums,
    plannedMs,
    stopMs,
    runMs: plannedMs - stopMs,
    good,
    scrap,
    total,
    idealTotalMs: total * 1_000,
    idealGoodMs: good * 1_000,
    targetPieces: 24_000,
    taktMs: total * 1_200,
    stopCount: 9,
    scrapCost: scrap * 0.2,
  }
  const { name, date, startMs, endMs } = shift
  return {
    name,
    date,
    startMs,
    endMs,
    sums,
    changeovers: [
      {
        startMs,
        endMs: startMs + 1_200_000,
        closedMs: startMs + 1_200_000,
        from: 'x',
        to: 'y',
        durationMs: 1_200_000,
      },
    ],
  }
}

/** A store with so many days of history; the last two days come in as messages do. */
function makeStore(span: number) {
  const dir = makeTempDir('bench-kpi')
  const database = openDatabase({ file: join(dir.path, 'lineside.db') })
  const recorder = openRecorder({ database, plant, now: () => nowMs })
  const shifts = shiftsBetween(rules.calendar, { startMs: nowMs - span * dayMs, endMs: nowMs }).filter(
    (one) => one.endMs <= nowMs,
  )
  const judge = judgeOf(rules)
  const ids = Array.from({ length: lineCount }, (_, i) => (i === 0 ? 'a' : `line${i}`))
  for (const id of ids)
    saveShifts(
      database.write,
      id,
      shifts.map((one) => ({ ...shiftResult(one), reachMs: one.endMs, judgedBy: judge(one) })),
    )

  const recentMs = nowMs - 2 * dayMs
  const series =
    database.read
      .prepare<[], number>(`SELECT id FROM series WHERE line = 'a' AND kind = 'count'`)
      .pluck()
      .get() ?? 1
  const fill = database.write.prepare(
    'INSERT OR IGNORE INTO reading (ts, series, hash, arrived, good, scrap, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  database.write.transaction(() => {
    for (let at = nowMs - span * dayMs; at < recentMs; at += everyMs)
      fill.run(at, series, at % 65_536, at, 16, at % 3 === 0 ? 1 : 0, '{}')
  })()
  database.write.transaction(() => {
    for (let line = 1; line < lineCount; line++) {
      for (let at = recentMs; at < nowMs; at += everyMs) fill.run(at, 1_000 + line, 0, at, 16, 0, '{}')
    }
  })()
  const messages = []
  for (let at = recentMs; at < nowMs; at += everyMs) {
    const n: number = messages.length
    if (n % 90 === 0)
      messages.push(message('a/state', { ts: at, state: n % 180 === 0 ? 'running' : 'stopped' }, at))
    messages.push(message('a/count', { ts: at, good: 16, scrap: n % 40 === 0 ? 1 : 0 }, at))
  }
  for (let from = 0; from < messages.length; from += 1_000)
    recorder.record(messages.slice(from, from + 1_000), { replay: true })
  recorder.record([message('a/state', { state: 'running' }, nowMs - 1_000)])
  return { database, recorder, series, close: () => (database.close(), dir.remove()) }
}
type Store = ReturnType<typeof makeStore>

function viewInput({ recorder }: Store): ViewInput {
  const model = recorder.model('a')
  const moment = lineMoment(settings, rules, model, nowMs)
  const shiftSums = moment.shift && recorder.shiftSums('a', moment.shift, moment.asOfMs)
  return { settings, rules, model, moment, facts: model.facts, shiftSums }
}

/** The board's answers: each reads the clock anew, as a look at the board does. */
function screens(store: Store): Record<string, () => unknown> {
  const { read } = store.database
  const history = readShifts(read, 'a', 0)
  const newest = (shifts: readonly ShiftResult[]) => shifts.filter(countsInWindows).slice(-90)
  const others = Array.from({ length: lineCount }, (_, i) =>
    i === 0 ? history : readShifts(read, `line${i}`, 0),
  )
  const view = viewInput(store)
  const word = lineWord(view)
  const status = statusView(view, word)
  const createdMs = nowMs - 50 * dayMs
  const keyResults = (['oee', 'scrap_ratio', 'throughput', 'changeover_min'] as const).map((kpi, i) =>
    storedKeyResult(createdMs, {
      id: `k${i}`,
      name: kpi,
      unit: '%',
      baseline: 1,
      target: 2,
      source: { kind: 'kpi', kpi, window: { kind: 'shifts', count: 15 } },
    }),
  )
  const cycle = { kind: 'quarter', name: 'Q4', startDate: '2026-10-01', endDate: '2026-12-31' } as const
  const objectives = [storedObjective(createdMs, { id: 'o', lineId: 'a', cycle, keyResults })]
  const team = { objectives, above: [], baselines: [], checkIns: () => [] }
  return {
    status: () => statusView(viewInput(store), word),
    hours: () => hoursView(view, status),
    oee: () => oeeView(viewInput(store), history),
    scrap: () => scrapView(view, history),
    changeover: () => changeoverView(view, history),
    keys: () => keyResultsView({ rules, moment: view.moment, history, values: new Map(), team }),
    '90 shifts, every KPI': () => {
      const sums = totalOf(newest(history).map((one) => one.sums))
      return liveKpiSpecs.map((spec) => kpiValue(spec, sums))
    },
    'plant, 30 days': () => {
      const sums = totalOf(others.flatMap(newest).map((one) => one.sums))
      return liveKpiSpecs.map((spec) => kpiValue(spec, sums))
    },
  }
}

/** The same questions to the raw readings: only their pieces, without the time line that availability needs besides. */
function rawQuestions({ database, series }: Store): Record<string, () => unknown> {
  const sum = database.read.prepare<[number, number, number]>(
    'SELECT sum(good), sum(scrap) FROM reading WHERE ts >= ? AND ts < ? AND series = ?',
  )
  const over =
    (span: number, parts = 1) =>
    () => {
      for (let i = 0; i < parts; i++) sum.get(nowMs - span * (i + 1), nowMs - span * i, series)
    }
  const shiftMs = 8 * 3_600_000
  return {
    status: over(shiftMs),
    hours: over(3_600_000, 8),
    oee: over(shiftMs),
    scrap: over(shiftMs, 23),
    changeover: over(30 * dayMs),
    keys: over(shiftMs, 15 + 15 * 8),
    '90 shifts, every KPI': over(30 * dayMs),
    'plant, 30 days': () => {
      for (let i = 0; i < lineCount; i++) over(30 * dayMs)()
    },
  }
}

type Spread = { p50: number; p99: number; /** By the clock. */ wall99: number }
function spread(run: () => unknown, times: number): Spread {
  for (let i = 0; i < Math.min(20, times); i++) run()
  const cpu: number[] = []
  const wall: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    cpu.push((user + system) / 1e3)
    wall.push(performance.now() - began)
  }
  const at = (list: number[], share: number) =>
    list.sort((a, b) => a - b)[Math.min(times - 1, Math.floor(times * share))]!
  return { p50: at(cpu, 0.5), p99: at(cpu, 0.99), wall99: at(wall, 0.99) }
}

function measure(span: number) {
  const store = makeStore(span)
  const raw = rawQuestions(store)
  const ours = Object.entries(screens(store)).map(([name, run]) => ({
    name,
    ours: spread(run, looks),
    raw: spread(raw[name]!, name.startsWith('plant') ? 3 : 15),
  }))
  store.close()
  return ours
}

function messageCost(): void {
  const store = makeStore(3)
  const { recorder } = store
  const shift = viewInput(store).moment.shift!
  let model = recorder.model('a')
  const live = createLiveSums(rules)
  live.read(model.facts, model.calls, shift, nowMs)
  const text = JSON.stringify({ ts: nowMs, id: 'a-123456', good: 16, scrap: 1, reason: 'Label torn' })
  const last = model.facts.counts[model.facts.counts.length - 1]!
  let n = 0
  const rounds = Array.from({ length: 7 }, () => {
    const times = 20_000
    const parseBegan = performance.now()
    for (let i = 0; i < times; i++) JSON.parse(text)
    const parseUs = ((performance.now() - parseBegan) * 1e3) / times
    const began = performance.now()
    let known = 0
    const count = 2_000
    for (let i = 0; i < count; i++) {
      n++
      const bucket = {
        ...last,
        good: last.good + n,
        idealTotalMs: (last.good + n) * 1_000,
        idealGoodMs: (last.good + n) * 1_000,
      }
      const effects: Effect[] = [
        { type: 'count', bucket },
        { type: 'seen', kind: 'count', seen: { atMs: nowMs, arrivedMs: nowMs } },
      ]
      applyToLiveSums(live, model, effects)
      model = applyEffects(model, effects, model.horizonMs)
      const sums = live.read(model.facts, model.calls, shift, nowMs + n)
      for (const spec of liveKpiSpecs) if (kpiValue(spec, sums).value !== null) known++
    }
    return { parseUs, liveUs: ((performance.now() - began) * 1e3) / count, known: known / count }
  }).sort((a, b) => a.liveUs / a.parseUs - b.liveUs / b.parseUs)
  const { parseUs, liveUs, known } = rounds[rounds.length >> 1]!
  const { anew, kept } = live.counters()
  console.log(
    `\none message into the model and all ${liveKpiSpecs.length} live KPIs (${known} with a value): ${liveUs.toFixed(2)} us, JSON.parse of it ${parseUs.toFixed(2)} us: ` +
      `${(liveUs / parseUs).toFixed(1)} x (goal at most 20 x); sums added up anew ${anew} times in ${anew + kept}`,
  )
  store.close()
}

const month = measure(31)
const year = measure(days)
const ms = (value: number) => value.toFixed(3)
console.log(`${lineCount} lines; milliseconds; raw: the same question to the raw readings of ${days} days`)
const heads = [
  'month p50',
  'month p99',
  'year p50',
  'year p99',
  'growth',
  'raw p50',
  'raw / year',
  'p99 clock',
]
console.log(`${'screen'.padEnd(22)}${heads.map((head) => head.padStart(11)).join('')}`)
year.forEach(({ name, ours, raw }, i) => {
  const before = month[i]!.ours
  const [growth, gain] = [ours.p50 / before.p50, raw.p50 / ours.p50]
  const cells = [
    ...[before.p50, before.p99, ours.p50, ours.p99].map(ms),
    `${growth.toFixed(2)} x`,
    ms(raw.p50),
    `${gain.toFixed(0)} x`,
    ms(ours.wall99),
  ]
  const slow = ours.p99 < frameMs ? '' : `  p99 over one frame of ${frameMs.toFixed(1)} ms`
  console.log(`${name.padEnd(22)}${cells.map((cell) => cell.padStart(11)).join('')}${slow}`)
})
messageCost()
