import type { ReadDb, WriteDb } from '../../../db/handles.ts'
import { newestCountedMs } from '../../../db/queries/counts.ts'
import { readTallies } from '../../../db/queries/line-state.ts'
import { readRejects } from '../../../db/queries/rejects.ts'
import type { Reject } from '../../../db/queries/rejects.ts'
import { entryWriter } from '../../../db/writers/entry-writer.ts'
import { factWriter } from '../../../db/writers/fact-writer.ts'
import { ledgerWriter, readInFlight } from '../../../db/writers/ledger-writer.ts'
import { readingWriter } from '../../../db/writers/reading-writer.ts'
import { rollupWriter } from '../../../db/writers/rollup-writer.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import { freshnessLimits } from '../../../shared/domain/freshness.ts'
import { createLiveSums, type LiveSums } from '../../../shared/domain/kpis/live-sums.ts'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import type { LineModel, SignalKind } from '../../../shared/domain/line-model.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import { lineRules } from '../../../shared/settings/line-rules.ts'
import { EntryRefused } from '../entry-refused.ts'
import { createDecoder } from '../ingest/decode.ts'
import { createWithheldSignals, type WithheldSignals } from '../ingest/withheld-signals.ts'
import { createMapping } from '../ingest/mapping/create-mapping.ts'
import type { Mapping } from '../ingest/mapping/create-mapping.ts'
import type { Decoder } from '../ingest/outcome.ts'
import type { RecorderOptions } from '../recorder.ts'
import { inFlightBook } from './in-flight.ts'
import type { InFlightBook } from './in-flight.ts'
import { recordingRules } from './line-setup.ts'
import type { LineSetup, TallyName, Writers } from './line-work.ts'
import { horizonAt, rebuildModel } from './rebuild-model.ts'
import { createSourceBook } from './sources.ts'
import type { SourceBook } from './sources.ts'
import { twoClocks } from './two-clocks.ts'
import type { NowBetween } from './two-clocks.ts'

export type LineState = {
  setup: LineSetup
  model: LineModel
  /** Sums of the running shift, brought up to date with the model. */
  live: LiveSums
  /** No pieces were counted after this; -Infinity: never any. */
  newestPieceMs: EpochMs
}

/** All of a recorder's state in memory. It changes after a commit only, so that a refused batch leaves no trace. */
export type RecorderState = Required<RecorderOptions> & {
  nowBetween: () => NowBetween
  writers: Writers
  decode: Decoder
  /** What a metric of a Sparkplug node says. */
  signalsOf: Mapping['signalsOf']
  lines: ReadonlyMap<string, LineState>
  inFlight: InFlightBook
  sources: SourceBook
  /** What sources of plain topics say they do not know now. */
  withheld: WithheldSignals
  tallies: Map<TallyName, number>
  lastReject: Reject | null
  /** The highest number given to a fact so far. */
  lastSeq: number
  listeners: Set<(lineIds: ReadonlySet<string>) => void>
}

export function openRecorderState(options: RecorderOptions): RecorderState {
  const { plant, now } = options
  const { read, write } = options.database
  const writers: Writers = {
    db: write,
    atomic: atomicOf(write),
    readings: readingWriter(write),
    facts: factWriter(write),
    rollups: rollupWriter(write),
    ledger: ledgerWriter(write),
    entries: entryWriter(write),
  }
  const openLine = (line: LineSettings): LineState => {
    const series = signalKinds.map((kind) => [kind, writers.readings.series(line.id, kind)] as const)
    return {
      setup: {
        id: line.id,
        ...recordingRules(line, plant.site.timeZone),
        staleMs: freshnessLimits(line.expectedIntervalS * 1000).staleMs,
        fastestCycleMs: fastestCycleMs(line),
        expectedMs: line.expectedIntervalS * 1000,
        series: Object.fromEntries(series) as Record<SignalKind, number>,
      },
      model: rebuildModel(read, line.id, horizonAt(now())),
      live: createLiveSums(lineRules(line, plant.site.timeZone)),
      newestPieceMs: newestCountedMs(read, line.id) ?? -Infinity,
    }
  }
  const lineIds = plant.lines.map((line) => line.id)
  const mapping = plant.topics.length === 0 ? undefined : createMapping(plant)
  const lines = writers.atomic(() => new Map(plant.lines.map((line) => [line.id, openLine(line)])))
  const { steadyNow = now } = options
  return {
    ...options,
    steadyNow,
    nowBetween: twoClocks(now, steadyNow, newestArrival(lines.values())),
    log: options.log ?? (() => {}),
    writers,
    decode: createDecoder(plant.broker.prefix, lineIds, mapping?.decode),
    signalsOf: mapping?.signalsOf ?? (() => ({ ok: true, parts: [], rejects: [] })),
    lines,
    inFlight: inFlightBook(readInFlight(read)),
    sources: createSourceBook(),
    withheld: createWithheldSignals(),
    tallies: readTallies(read) as Map<TallyName, number>,
    lastReject: newestReject(read),
    lastSeq: writers.facts.highestSeq(),
    listeners: new Set(),
  }
}

/** Made once: making a transaction costs as much as ten statements. */
function atomicOf(write: WriteDb): Writers['atomic'] {
  return write.transaction((work: () => unknown) => work()).immediate as Writers['atomic']
}

function newestReject(read: ReadDb): Reject | null {
  const [newest] = readRejects(read, 1)
  return newest === undefined
    ? null
    : { atMs: newest.atMs, topic: newest.topic, code: newest.code, reason: newest.reason }
}

function fastestCycleMs(line: LineSettings): number | null {
  const cycles = line.products.flatMap(({ idealCycleS }) => (idealCycleS === undefined ? [] : [idealCycleS]))
  return cycles.length === 0 ? null : Math.min(...cycles) * 1000
}

/** -Infinity: nothing ever came. */
function newestArrival(lines: Iterable<LineState>): EpochMs {
  let newestMs = -Infinity
  for (const { model } of lines) {
    for (const seen of Object.values(model.lastSeen)) newestMs = Math.max(newestMs, seen.arrivedMs)
  }
  return newestMs
}

/** Throws EntryRefused for a line that the plant does not have. */
export function lineOf(state: RecorderState, lineId: string): LineState {
  const line = state.lines.get(lineId)
  if (!line) throw new EntryRefused('not-found', `The plant has no line "${lineId}"`)
  return line
}

/** What is committed stays committed, whatever happens beside it: the failure is counted and logged. */
export function aside(state: RecorderState, what: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    state.tallies.set('sideErrors', (state.tallies.get('sideErrors') ?? 0) + 1)
    state.log('error', `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
}
