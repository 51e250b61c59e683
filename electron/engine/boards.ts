import type { HuddlePart } from '../../shared/contract/board-huddle.ts'
import type { LineWord, PlantLine, PlantPart } from '../../shared/contract/board-line.ts'
import type { KeyResultsPart, StrategyPart } from '../../shared/contract/board-team.ts'
import type { Board, HealthPart, SitePart } from '../../shared/contract/board.ts'
import { shiftAt } from '../../shared/domain/calendar.ts'
import { changeoversIn } from '../../shared/domain/changeovers.ts'
import type { LineFacts } from '../../shared/domain/facts.ts'
import type { StopEntry } from '../../shared/domain/kpi.ts'
import { windowSums, type WindowSums } from '../../shared/domain/kpis/window-sums.ts'
import type { LiveKpi } from '../../shared/domain/key-results.ts'
import type { LineModel } from '../../shared/domain/line-model.ts'
import { localDateAt, minuteOf } from '../../shared/domain/local-time.ts'
import type { LintFinding } from '../../shared/domain/okr/lint.ts'
import type { LineRules } from '../../shared/domain/rules.ts'
import { stopsIn } from '../../shared/domain/stops.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import type { SignalIntervals } from '../../shared/settings/signal-intervals.ts'
import { readAnsweredCalls } from '../../db/queries/calls.ts'
import { readLineFacts } from '../../db/queries/line-facts.ts'
import type { ReadDb } from '../../db/handles.ts'
import type { DailyBoard } from './daily-board.ts'
import { keepEqualParts, type CountedBoard } from './board-diff.ts'
import type { ReportedValues } from './key-result-feed.ts'
import type { LineKpisNow } from './kpis/line-kpis.ts'
import type { Recorder } from './recorder.ts'
import type { ReadValues } from './reported-values.ts'
import type { ShiftResult } from './shift-result.ts'
import { boardHealthView } from './views/board-health.ts'
import { buildBoard, type TeamParts } from './views/build-board.ts'
import { cadenceView } from './views/cadence.ts'
import { noHuddle } from './views/huddle.ts'
import { keyResultsView, openKeyResults, type TeamInput } from './views/key-results.ts'
import { stateLookbackMs } from './views/line-word.ts'
import { lineMoment, type Moment, type ViewInput } from './views/moment.ts'
import { plantLine } from './views/plant-line.ts'
import { countedPieces } from './views/status.ts'
import { strategyView } from './views/strategy.ts'

/** All screens share a board that is at most this old while nothing happens. Milliseconds. */
export const boardReuseMs = 200
/** What a board says of the other lines is at most this much older. Milliseconds. */
export const plantReuseMs = 1_000

/** What a strategy map says of the other lines is at most this old. Milliseconds. */
export const teamReuseMs = 10_000

export type BoardsOptions = {
  read: ReadDb
  lines: readonly {
    settings: LineSettings
    rules: LineRules
    site: SitePart
    intervals: SignalIntervals
  }[]
  now: () => number
  model: (lineId: string) => LineModel
  shiftSums: Recorder['shiftSums']
  history: (lineId: string) => readonly ShiftResult[]
  /** Absent: nothing is reported. */
  values?: ReadValues
  /** True: a source of the line is known to be gone, however new its last message is. */
  isLost: (lineId: string) => boolean
  team: (lineId: string) => TeamInput
  /** The first night in an unbroken row that found it. */
  foundSince: (lineId: string, finding: LintFinding) => string | null
  /** Absent: no KPIs. */
  kpis?: LineKpisNow
  health: () => HealthPart
  /** Absent: no daily letters. */
  daily?: DailyBoard['of']
  /** Absent: no huddles. */
  huddle?: (view: ViewInput, keyResults: KeyResultsPart['items']) => HuddlePart
}

/** The present board of each line, built when somebody looks. */
export type Boards = {
  /** Parts that did not change keep their identity. Null: no such line. */
  board: (lineId: string) => Board | null
  /**
   * The last board with the numbers of now that count pieces, for a change that goes out at once; the next `board` is made
   * whole. Null: they are the same, there is no board, or the line is in another state than making pieces.
   */
  numbers: (lineId: string) => CountedBoard | null
  /** Something about the line changed: the next look builds anew. */
  changed: (lineId: string) => void
  /** What the board is made from, at this instant. Null: no such line. */
  view: (lineId: string) => ViewInput | null
  /** Stops of the shift on show, or of the one that ran at an instant, oldest first. */
  stops: (lineId: string, atMs?: number) => readonly StopEntry[]
  changeoverOpen: (lineId: string) => boolean
  /** Key results of a line as its board shows them. */
  keyResults: (lineId: string) => KeyResultsPart['items']
  /** Key results of a line that have not ended, of every cycle, as they stand now. */
  openKeyResults: (lineId: string) => KeyResultsPart['items']
  /** What the rules find at this instant. */
  findings: (lineId: string) => readonly LintFinding[]
}

type LineBoard = {
  intervals: SignalIntervals
  settings: LineSettings
  rules: LineRules
  site: SitePart
  board: Board | null
  /** By the monotonic clock. */
  builtMs: number
  /** Facts read from the store for a shift that the model no longer holds. */
  old: { model: LineModel; startMs: number; facts: LineFacts } | null
  team: { inputs: readonly unknown[]; parts: Omit<TeamParts, 'strategy'> } | null
  /** Its key results as the strategy maps of the others count them. */
  inStrategy: { seenMs: number; items: KeyResultsPart['items'] }
  /** The line as the boards of the others show it, and when it was looked at by the monotonic clock. */
  inPlant: { seenMs: number; line: PlantLine } | null
}

/** The line makes pieces, so that most of its messages count them. */
const makingWords: readonly LineWord[] = ['running', 'slow']

const noValues: ReportedValues = new Map()

export function createBoards(options: BoardsOptions): Boards {
  const lines = new Map<string, LineBoard>(
    options.lines.map((line) => [
      line.settings.id,
      {
        ...line,
        board: null,
        builtMs: -Infinity,
        old: null,
        team: null,
        inStrategy: { seenMs: -Infinity, items: [] },
        inPlant: null,
      },
    ]),
  )

  /** All but the sums, which are added up when they are looked at. */
  function viewOf(line: LineBoard, nowMs: number): Omit<ViewInput, 'shiftSums'> {
    const { settings, rules } = line
    const model = options.model(settings.id)
    const moment = lineMoment(settings, rules, model, nowMs, options.isLost(settings.id), line.intervals)
    return { settings, rules, model, moment, facts: factsFor(line, model, moment) }
  }

  function viewInput(line: LineBoard, nowMs: number): ViewInput {
    const view = viewOf(line, nowMs)
    return { ...view, shiftSums: shiftSums(line, view) }
  }

  /** Of the shift on show. The live sums follow the model; a shift that the model no longer holds is added up from the store. */
  function shiftSums(
    { settings, rules }: LineBoard,
    { model, facts, moment }: Omit<ViewInput, 'shiftSums'>,
  ): WindowSums | null {
    const { shift, asOfMs } = moment
    if (shift === null) return null
    if (facts === model.facts) return options.shiftSums(settings.id, shift, asOfMs)
    return windowSums(facts, rules, shift, asOfMs, readAnsweredCalls(options.read, settings.id, shift))
  }

  function factsFor(line: LineBoard, model: LineModel, { shift, asOfMs }: Moment): LineFacts {
    if (shift === null || shift.startMs >= model.horizonMs) {
      line.old = null
      return model.facts
    }
    if (line.old === null || line.old.model !== model || line.old.startMs !== shift.startMs) {
      const window = { startMs: Math.min(shift.startMs, asOfMs - stateLookbackMs), endMs: shift.endMs }
      const facts = readLineFacts(options.read, line.settings.id, window, { cells: line.rules.cells })
      line.old = { model, startMs: shift.startMs, facts }
    }
    return line.old.facts
  }

  function teamParts(line: LineBoard, view: ViewInput): TeamParts {
    const { settings, rules, moment } = view
    const { nowMs, finishedByMs, finishedFreshness } = moment
    const history = options.history(settings.id)
    const team = options.team(settings.id)
    const judged = options.kpis?.judged(settings.id, view) ?? null
    const values = reported(team, view)
    const inputs = [history, team, judged, values, finishedFreshness, minuteOf(nowMs), minuteOf(finishedByMs)]
    const known = line.team
    if (known !== null && known.inputs.every((input, index) => input === inputs[index])) {
      return { ...known.parts, strategy: strategy(line, view, team) }
    }
    const keyResults = keyResultsView({ rules, moment, history, values, team })
    const { timeZone } = rules.calendar
    const given = { timeZone, nowMs, history, values, team, keyResults: keyResults.items }
    const parts = {
      keyResults,
      boardHealth: boardHealthView({
        ...given,
        kpis: judged?.lint ?? null,
        foundSince: (finding) => options.foundSince(settings.id, finding),
      }),
      cadence: cadenceView({ ...given, review: judged?.review ?? null }),
    }
    line.team = { inputs, parts }
    return { ...parts, strategy: strategy(line, view, team) }
  }

  function keyResultInput(view: ViewInput) {
    const { settings, rules, moment } = view
    const team = options.team(settings.id)
    return { rules, moment, history: options.history(settings.id), values: reported(team, view), team }
  }

  /** Read only where a key result follows them. */
  function reported({ objectives }: TeamInput, { settings, model, moment }: ViewInput): ReportedValues {
    const needed = objectives.some(({ keyResults }) =>
      keyResults.some(({ source }) => source.kind === 'values'),
    )
    return (needed && options.values?.(settings.id, model.values, moment.nowMs)) || noValues
  }

  /** Who serves what in the whole plant; null where nothing stands above the lines. */
  function strategy(own: LineBoard, { moment, rules }: ViewInput, team: TeamInput): StrategyPart | null {
    if (team.above.length === 0) return null
    const given = [...lines.values()].map((line) => ({
      lineId: line.settings.id,
      objectives: options.team(line.settings.id).objectives,
      keyResults: keyResultsNear(line, own, moment.nowMs),
    }))
    const today = localDateAt(rules.calendar.timeZone, moment.nowMs)
    return strategyView(team.above, given, { ownLineId: own.settings.id, today })
  }

  /** Key results of another line, at most `teamReuseMs` old. */
  function keyResultsNear(line: LineBoard, own: LineBoard, nowMs: number): KeyResultsPart['items'] {
    if (line === own) return line.team?.parts.keyResults.items ?? []
    if (performance.now() - line.inStrategy.seenMs >= teamReuseMs) {
      const { items } = keyResultsView(keyResultInput(viewInput(line, nowMs)))
      line.inStrategy = { seenMs: performance.now(), items }
    }
    return line.inStrategy.items
  }

  function plant(own: ViewInput, startedMs: number): PlantPart | null {
    if (lines.size < 2) return null
    const shown = [...lines.values()].map((line): PlantLine => {
      if (line.settings === own.settings) return plantLine(own)
      if (line.inPlant === null || startedMs - line.inPlant.seenMs >= plantReuseMs) {
        line.inPlant = { seenMs: startedMs, line: plantLine(viewInput(line, own.moment.nowMs)) }
      }
      return line.inPlant.line
    })
    return { lines: shown }
  }

  /** When each new baseline of a KPI came into force, which is a change of the process that the team has confirmed. */
  function confirmed(lineId: string, kpi: LiveKpi): readonly number[] {
    return options
      .team(lineId)
      .baselines.filter((one) => one.kpi === kpi)
      .map(({ fromMs }) => fromMs)
  }

  function board(lineId: string): Board | null {
    const line = lines.get(lineId)
    if (line === undefined) return null
    const startedMs = performance.now()
    if (line.board !== null && startedMs - line.builtMs < boardReuseMs) return line.board
    const view = viewInput(line, options.now())
    const teamNow = teamParts(line, view)
    const built = buildBoard({
      ...view,
      site: line.site,
      health: options.health(),
      history: options.history(lineId),
      confirmedMs: confirmed(lineId, 'scrap_ratio'),
      team: teamNow,
      kpis: options.kpis?.parts(lineId, view, teamNow.keyResults.items) ?? null,
      plant: plant(view, startedMs),
      sqdcp:
        options.daily?.(
          line.settings,
          view.rules.calendar.timeZone,
          view.moment.nowMs,
          options.history(lineId),
        ) ?? null,
      huddle: options.huddle?.(view, teamNow.keyResults.items) ?? noHuddle,
    })
    line.board = keepEqualParts(line.board, built)
    line.builtMs = startedMs
    return line.board
  }

  function numbers(lineId: string): CountedBoard | null {
    const line = lines.get(lineId)
    const known = line?.board ?? null
    if (line === undefined || known === null || !makingWords.includes(known.line.word)) return null
    const view = viewOf(line, options.now())
    const { shift, freshness } = view.moment
    if (shift?.startMs !== known.status.shift?.startMs || freshness !== known.line.freshness) return null
    const counted = countedPieces(view, () => shiftSums(line, view))
    if (counted.made === known.status.made) return null
    line.board = { ...known, status: { ...known.status, ...counted } }
    return { before: known, after: line.board }
  }

  return {
    board,
    numbers,
    changed(lineId) {
      const line = lines.get(lineId)
      if (line !== undefined) line.builtMs = -Infinity
    },
    view(lineId) {
      const line = lines.get(lineId)
      return line === undefined ? null : viewInput(line, options.now())
    },
    keyResults(lineId) {
      const line = lines.get(lineId)
      return line === undefined ? [] : teamParts(line, viewInput(line, options.now())).keyResults.items
    },
    openKeyResults(lineId) {
      const line = lines.get(lineId)
      if (line === undefined) return []
      return openKeyResults(keyResultInput(viewInput(line, options.now())))
    },
    findings(lineId) {
      const line = lines.get(lineId)
      if (line === undefined) return []
      return teamParts(line, viewInput(line, options.now())).boardHealth.findings
    },
    stops(lineId, atMs) {
      const line = lines.get(lineId)
      if (line === undefined) return []
      const { facts, rules, moment } = viewInput(line, options.now())
      const shift = atMs === undefined ? moment.shift : shiftAt(rules.calendar, atMs)
      if (shift === null) return []
      const known = shift.startMs === moment.shift?.startMs
      const { asOfMs } = moment
      if (known) return stopsIn(facts, rules, shift, asOfMs)
      return stopsIn(readLineFacts(options.read, lineId, shift, { cells: rules.cells }), rules, shift, asOfMs)
    },
    changeoverOpen(lineId) {
      const line = lines.get(lineId)
      if (line === undefined) return false
      const { facts, rules, moment } = viewInput(line, options.now())
      const said = facts.changeovers[facts.changeovers.length - 1]
      if (said !== undefined && said.event !== 'end') return true
      if (moment.shift === null) return false
      return changeoversIn(facts, rules, moment.shift, moment.asOfMs).some((entry) => entry.closedMs === null)
    },
  }
}
