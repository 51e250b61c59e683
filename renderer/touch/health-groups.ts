import type { HealthPart } from '../../shared/contract/board.ts'
import {
  rejectCodes,
  type HealthReport,
  type RejectCode,
  type SparkplugHealth,
} from '../../shared/contract/health.ts'
import type { RejectsAnswer, RejectView, SourceView } from '../../shared/contract/protocol.ts'
import type { BoardView } from '../board-view.tsx'
import { brokerAdviceWords, brokerProblemWords, noticeWords } from '../widgets/problem.ts'
import type { Status } from '../widgets/Shape.tsx'
import type { FactsGroup, FactsRow } from './FactsTable.tsx'

/** What the page asks the engine for. */
export type HealthAnswers = {
  report: HealthReport
  sources: readonly SourceView[]
  rejects: RejectsAnswer
  quarantined: { open: number; newest: readonly RejectView[] }
}

/** A clock that is off by more is worth a look. Milliseconds; as the board's own limit. */
const skewMs = 5_000
/** Less room than this is worth a look. Bytes. */
const roomBytes = 1_000_000_000
/** A copy that is older is worth a look. Milliseconds. */
const copyMs = 3 * 86_400_000
const mega = 1_000_000

const isCode = (name: string): name is RejectCode => rejectCodes.some((code) => code === name)

const sparkplugCounters = [
  'births',
  'gaps',
  'rebirthsAsked',
  'malformed',
  'unknownMetrics',
  'nulls',
  'unusable',
] as const
/** Of those, the ones that mean that something was not understood. */
const suspicious: ReadonlySet<string> = new Set(['gaps', 'malformed', 'unknownMetrics', 'unusable'])

/** All that is known of the board's own state, in groups, in words. */
export function healthGroups(answers: HealthAnswers, view: BoardView): FactsGroup[] {
  const { report } = answers
  return [
    boardGroup(report, view),
    sourcesGroup(answers.sources, view),
    rejectsGroup(answers.rejects, view),
    ...(report.sparkplug === null ? [] : [sparkplugGroup(report.sparkplug, view)]),
    quarantineGroup(answers.quarantined, view),
  ]
}

/** How many rows of all groups want a look. */
export const toLookAt = (groups: readonly FactsGroup[]): number =>
  groups.flatMap(({ rows }) => rows).filter(({ status }) => status === 'warn' || status === 'stop').length

function boardGroup(report: HealthReport, view: BoardView): FactsGroup {
  const { t, format, nowMs } = view
  const { broker, sparkplug, catchingUp, counters, store, storeProblem, storeNotice } = report
  const since = (atMs: number): string => t('health.since', { time: format.clockOrDay(atMs, nowMs) })
  const row = (key: string, status: Status, ...cells: [string, string, string]): FactsRow => ({
    key,
    status,
    cells,
  })
  const count = (name: 'stored' | 'duplicates' | 'passedOver'): FactsRow =>
    row(name, 'none', t(`health.${name}`), format.pieces(counters[name]), '')
  const exchanged = counters.totalResets + counters.totalRollovers + counters.totalSwaps
  const said = (key: string, status: Status, name: string, text: string | null | undefined): FactsRow[] =>
    text ? [row(key, status, name, text, '')] : []
  const rows = [
    connectionRow('broker', t('health.broker'), broker, view),
    ...said('brokerProblem', 'stop', t('health.problem'), brokerProblemWords(broker, view)),
    ...(broker.advice ?? []).map((advice) =>
      row(`advice-${advice.kind}`, 'warn', t('health.advice'), brokerAdviceWords(advice, view), ''),
    ),
    ...(sparkplug === null ? [] : [connectionRow('sparkplug', 'Sparkplug', sparkplug.broker, view)]),
    catchingUp === null
      ? row('backlog', 'ok', t('health.backlog'), t('health.none'), '')
      : row(
          'backlog',
          'warn',
          t('health.backlog'),
          t('health.behind', { countText: format.pieces(catchingUp.behind) }),
          t('health.dataOf', { time: format.clockOrDay(catchingUp.dataOfMs, nowMs) }),
        ),
    row('queued', 'none', t('health.queued'), format.pieces(report.queued), ''),
    ...said('storeProblem', 'stop', t('health.problem'), storeProblem && t(`storeProblem.${storeProblem}`)),
    ...said('storeNotice', 'warn', t('health.problem'), storeNotice && noticeWords(storeNotice, view)),
    row(
      'disk',
      store.freeBytes !== null && store.freeBytes < roomBytes ? 'warn' : 'ok',
      t('health.disk'),
      store.freeBytes === null ? '' : megabytes(store.freeBytes, view),
      '',
    ),
    row('store', 'none', t('health.store'), megabytes(store.storeBytes, view), ''),
    row(
      'copy',
      store.copyMs !== null && nowMs - store.copyMs > copyMs ? 'warn' : 'none',
      t('health.copy'),
      store.copyMs === null ? t('health.noCopy') : format.clockOrDay(store.copyMs, nowMs),
      '',
    ),
    count('stored'),
    count('duplicates'),
    count('passedOver'),
    row('exchanged', 'none', t('health.counters'), format.pieces(exchanged), ''),
    row('running', 'none', t('health.running'), since(report.startedMs), ''),
    ...kioskRows(report.kiosk, view),
  ]
  return group('board', rows, [t('health.what'), t('health.now'), t('health.more')], view)
}

/** What the kiosk had to start anew since its own start, with the newest reason; and what all of it holds. */
function kioskRows(kiosk: HealthReport['kiosk'], { t, format, nowMs }: BoardView): FactsRow[] {
  if (kiosk === null) return []
  const { page, engine, graphics } = kiosk.parts
  const newest = [page, engine, graphics].sort((a, b) => (b.lastMs ?? 0) - (a.lastMs ?? 0))[0]
  const more =
    newest?.lastMs == null ? '' : `${format.clockOrDay(newest.lastMs, nowMs)}: ${newest.lastReason ?? ''}`
  const counts = { page: page.restarts, engine: engine.restarts, graphics: graphics.restarts }
  const sumMb = Object.values(kiosk.memoryMb).reduce((sum, one) => sum + one, 0)
  return [
    { key: 'restarts', status: 'none', cells: [t('health.restarts'), t('health.restartsOf', counts), more] },
    {
      key: 'memory',
      status: 'none',
      cells: [t('health.memory'), `${format.pieces(Math.round(sumMb))} MB`, ''],
    },
  ]
}

function connectionRow(key: string, name: string, broker: HealthPart['broker'], view: BoardView): FactsRow {
  const { t, format, nowMs } = view
  const status = { connected: 'ok', connecting: 'warn', offline: 'stop' } as const
  const mqtt = broker.mqtt === undefined ? '' : `, MQTT ${broker.mqtt}`
  return {
    key,
    status: status[broker.state],
    cells: [
      name,
      `${t(`health.states.${broker.state}`)}${mqtt}`,
      `${broker.address}, ${t('health.since', { time: format.clockOrDay(broker.sinceMs, nowMs) })}`,
    ],
  }
}

function sourcesGroup(sources: readonly SourceView[], view: BoardView): FactsGroup {
  const { t, format, nowMs, board } = view
  const severalLines = board.site.lines.length > 1
  const rows = sources.map((one): FactsRow => {
    const off = one.skewMs === null ? 0 : Math.abs(one.skewMs)
    const time = format.span(off)
    const clock =
      one.skewMs === null
        ? t('health.tellsNone')
        : off <= skewMs
          ? t('health.right')
          : one.skewMs < 0
            ? t('health.ahead', { time })
            : t('health.behindClock', { time })
    const name = severalLines ? `${one.source} (${one.lineId})` : one.source
    return {
      key: `${one.source} ${one.lineId}`,
      status: off > skewMs ? 'warn' : one.skewMs === null ? 'none' : 'ok',
      cells: [name, format.clockOrDay(one.arrivedMs, nowMs), clock],
    }
  })
  // The clocks that are off first: they are what one comes here for.
  rows.sort((a, b) => Number(b.status === 'warn') - Number(a.status === 'warn'))
  const heads = [t('health.groups.sources'), t('health.heard'), t('health.clock')] as const
  return { ...group('sources', rows, heads, view), empty: t('health.noSources') }
}

function rejectsGroup({ byCode, newest }: RejectsAnswer, view: BoardView): FactsGroup {
  const { t, format } = view
  const rows = Object.entries(byCode)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]): FactsRow => {
      const last = newest.find((one) => one.code === code)
      return {
        key: code,
        status: last === undefined || view.nowMs - last.atMs > 86_400_000 ? 'none' : 'warn',
        cells: [
          isCode(code) ? t(`health.codes.${code}`) : code,
          format.pieces(count),
          last === undefined ? '' : `${last.topic}: ${last.reason}`,
        ],
      }
    })
  const heads = [t('health.what'), t('health.number'), t('health.newest')] as const
  return { ...group('rejects', rows, heads, view), empty: t('health.nothingRejected') }
}

function sparkplugGroup({ alive, gone, counters }: SparkplugHealth, view: BoardView): FactsGroup {
  const { t, format } = view
  const row = (key: string, status: Status, name: string, count: number): FactsRow => ({
    key,
    status,
    cells: [name, format.pieces(count), ''],
  })
  const rows = [
    row('alive', 'ok', t('health.sparkplug.alive'), alive),
    row('gone', gone > 0 ? 'stop' : 'ok', t('health.sparkplug.gone'), gone),
    ...sparkplugCounters.map((name) => {
      const count = counters[name] ?? 0
      return row(
        name,
        suspicious.has(name) && count > 0 ? 'warn' : 'none',
        t(`health.sparkplug.${name}`),
        count,
      )
    }),
  ]
  return group('sparkplug', rows, [t('health.what'), t('health.number'), t('health.more')], view)
}

function quarantineGroup(given: HealthAnswers['quarantined'], view: BoardView): FactsGroup {
  const { t, format, nowMs } = view
  const rows = given.newest.map((one): FactsRow => ({
    key: String(one.seq),
    status: 'warn',
    cells: [
      `${format.clockOrDay(one.atMs, nowMs)}\u2002${isCode(one.code) ? t(`health.codes.${one.code}`) : one.code}`,
      one.topic,
      one.head,
    ],
  }))
  const heads = [t('health.groups.quarantine'), t('health.groups.sources'), t('health.more')] as const
  return {
    ...group('quarantine', rows, heads, view),
    mark: format.pieces(given.open),
    empty: t('health.nothingQuarantined'),
  }
}

function group(
  id: 'board' | 'sources' | 'rejects' | 'sparkplug' | 'quarantine',
  rows: readonly FactsRow[],
  heads: FactsGroup['heads'],
  { t, format }: BoardView,
): FactsGroup {
  const look = rows.filter(({ status }) => status === 'warn' || status === 'stop').length
  return { id, name: t(`health.groups.${id}`), mark: look === 0 ? '' : format.pieces(look), heads, rows }
}

const megabytes = (bytes: number, { format }: BoardView): string =>
  bytes < 10_000 * mega
    ? `${format.decimal(bytes / mega, bytes < 100 * mega ? 1 : 0)} MB`
    : `${format.decimal(bytes / mega / 1_000, 1)} GB`
