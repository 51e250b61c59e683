import type { CallFact, EpochMs, Interval, ProductRun, Silence } from '../../shared/domain/facts.ts'
import { callFact, productRun } from '../fact-rows.ts'
import type { FactKind, FactRow, RunRow } from '../fact-rows.ts'
import type { WriteDb } from '../handles.ts'

const runColumns = 'seq, at, product, order_id, target, ideal_cycle_us, first_good, last_good'

/** Writes facts of all kinds and finds the neighbours that a new one touches. All times epoch milliseconds. */
export function factWriter(db: WriteDb) {
  const highest = db.prepare<[], { seq: number | null }>(
    'SELECT max((SELECT coalesce(max(seq), 0) FROM fact), (SELECT coalesce(max(seq), 0) FROM product_run)) AS seq',
  )
  const addFact = db.prepare(
    'INSERT INTO fact (seq, line, kind, track, at, until, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const dropFact = db.prepare('DELETE FROM fact WHERE seq = ?')
  const newest = db.prepare<[string, string, string], { at: EpochMs; body: string }>(
    'SELECT at, body FROM fact WHERE line = ? AND kind = ? AND track = ? ORDER BY at DESC, seq DESC LIMIT 1',
  )
  const stateBefore = db.prepare<[string, number], { at: EpochMs }>(
    "SELECT at FROM fact WHERE line = ? AND kind = 'state' AND at < ? ORDER BY at DESC LIMIT 1",
  )
  const stateAsOf = db.prepare<[string, string, number], { at: EpochMs; body: string }>(
    `SELECT at, body FROM fact WHERE line = ? AND kind = 'state' AND track = ? AND at <= ? ORDER BY at DESC, seq DESC LIMIT 1`,
  )
  const stateTimes = db
    .prepare<[string, string, number, number], EpochMs>(
      `SELECT DISTINCT at FROM fact WHERE line = ? AND kind = 'state' AND track = ? AND at > ? AND at < ? ORDER BY at`,
    )
    .pluck()
  const changeoverBefore = db.prepare<[string, number], { at: EpochMs }>(
    `SELECT at FROM fact WHERE line = ? AND kind = 'changeover' AND at < ? AND body ->> 'event' <> 'step'
     ORDER BY at DESC LIMIT 1`,
  )
  const tracked = db.prepare<[string, string, string], FactRow>(
    'SELECT seq, at, until, body FROM fact WHERE line = ? AND kind = ? AND track = ? ORDER BY at, seq',
  )
  const addRun = db.prepare(
    `INSERT INTO product_run (seq, line, at, product, order_id, target, ideal_cycle_us) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const runsIn = db.prepare<[string, number, number], RunRow>(
    `SELECT ${runColumns} FROM product_run WHERE line = ? AND at > ? AND at <= ? ORDER BY at, seq`,
  )
  const runsUpTo = db.prepare<[string, number, number], RunRow>(
    `SELECT ${runColumns} FROM product_run WHERE line = ? AND at <= ? ORDER BY at DESC, seq DESC LIMIT ?`,
  )
  const runAfter = db.prepare<[string, number, number], RunRow>(
    `SELECT ${runColumns} FROM product_run WHERE line = ? AND (at, seq) > (?, ?) ORDER BY at, seq LIMIT 1`,
  )
  const runBefore = db.prepare<[string, number, number], RunRow>(
    `SELECT ${runColumns} FROM product_run WHERE line = ? AND (at, seq) < (?, ?) ORDER BY at DESC, seq DESC LIMIT 1`,
  )
  const goodBefore = db.prepare<[string, number, number], { at: EpochMs }>(
    `SELECT last_good AS at FROM product_run WHERE line = ? AND (at, seq) < (?, ?) AND last_good IS NOT NULL
     ORDER BY at DESC, seq DESC LIMIT 1`,
  )
  const setGood = db.prepare('UPDATE product_run SET first_good = ?, last_good = ? WHERE seq = ?')
  const activityNear = db.prepare<[string, number], Interval>(
    'SELECT start_ms AS startMs, end_ms AS endMs FROM activity WHERE line = ? AND start_ms <= ? ORDER BY start_ms DESC',
  )
  const extendActivity = db.prepare('UPDATE activity SET end_ms = ? WHERE line = ? AND start_ms = ?')
  const dropActivity = db.prepare('DELETE FROM activity WHERE line = ? AND start_ms = ?')
  const addActivity = db.prepare('INSERT INTO activity (line, start_ms, end_ms) VALUES (?, ?, ?)')
  const silences = db.prepare<[string, number], Silence>(
    `SELECT start_ms AS startMs, end_ms AS endMs FROM silence
     WHERE line = ? AND (end_ms IS NULL OR end_ms > ?) ORDER BY start_ms`,
  )
  const dropSilence = db.prepare('DELETE FROM silence WHERE line = ? AND start_ms = ?')
  const addSilence = db.prepare('INSERT INTO silence (line, start_ms, end_ms) VALUES (?, ?, ?)')
  const openCall = db.prepare('INSERT OR IGNORE INTO open_call (line, call) VALUES (?, ?)')
  const closeCall = db.prepare('DELETE FROM open_call WHERE line = ? AND call = ?')

  return {
    /** The highest number given to a fact or a run so far. */
    highestSeq: (): number => highest.get()?.seq ?? 0,
    addFact: (
      seq: number,
      line: string,
      fact: { kind: FactKind; track: string; at: EpochMs; until: EpochMs | null; body: object },
    ): void => {
      addFact.run(seq, line, fact.kind, fact.track, fact.at, fact.until, JSON.stringify(fact.body))
    },
    dropFact: (seq: number): void => void dropFact.run(seq),
    newest: (line: string, kind: FactKind, track: string): { at: EpochMs; body: string } | null =>
      newest.get(line, kind, track) ?? null,
    /** The state of a track in force at the instant. */
    stateAsOf: (line: string, track: string, at: EpochMs): { at: EpochMs; body: string } | null =>
      stateAsOf.get(line, track, at) ?? null,
    /** Instants between two others at which a track's state was told. */
    stateTimes: (line: string, track: string, fromMs: EpochMs, toMs: EpochMs): EpochMs[] =>
      stateTimes.all(line, track, fromMs, toMs),
    /** Start of what a new state or changeover event at the instant puts an end to: the last one before; steps aside. */
    endsFrom: (line: string, kind: 'state' | 'changeover', at: EpochMs): EpochMs =>
      (kind === 'state' ? stateBefore : changeoverBefore).get(line, at)?.at ?? at,
    callFacts: (line: string, call: string): CallFact[] => tracked.all(line, 'call', call).map(callFact),
    setCallOpen: (line: string, call: string, open: boolean): void =>
      void (open ? openCall : closeCall).run(line, call),
    addRun: (line: string, run: ProductRun): void => {
      const idealUs = run.idealCycleMs === undefined ? null : Math.round(run.idealCycleMs * 1000)
      addRun.run(run.seq, line, run.atMs, run.product, run.order ?? null, run.target ?? null, idealUs)
    },
    /** Runs that cover [fromMs, toMs], sorted: the one at `fromMs` and those that start later. */
    runsCovering: (line: string, fromMs: EpochMs, toMs: EpochMs): ProductRun[] =>
      [...runsUpTo.all(line, fromMs, 1), ...runsIn.all(line, fromMs, toMs)].map(productRun),
    runNextTo: (line: string, run: ProductRun, side: 'before' | 'after'): ProductRun | null => {
      const row = (side === 'after' ? runAfter : runBefore).get(line, run.atMs, run.seq)
      return row ? productRun(row) : null
    },
    /** The last good piece that a run before this one made: a changeover into this one begins there. */
    goodBefore: (line: string, run: ProductRun): EpochMs | null =>
      goodBefore.get(line, run.atMs, run.seq)?.at ?? null,
    newestRun: (line: string): ProductRun | null => {
      const row = runsUpTo.get(line, Number.MAX_SAFE_INTEGER, 1)
      return row ? productRun(row) : null
    },
    setGood: (run: ProductRun): void => void setGood.run(run.firstGoodMs, run.lastGoodMs, run.seq),
    /**
     * Adds a time with pieces and joins it with what is at most `gapMs` away; answers the joined interval. `newest`: the last
     * interval of all, where it is known; nothing is looked up then for pieces that go on from it.
     */
    addActivity: (line: string, span: Interval, gapMs: number, newest: Interval | null): Interval => {
      const goesOn = newest !== null && newest.startMs <= span.startMs
      const last = goesOn ? newest : activityNear.get(line, span.endMs + gapMs)
      if (last && last.startMs <= span.startMs && last.endMs >= span.startMs - gapMs) {
        if (last.endMs >= span.endMs) return last
        extendActivity.run(span.endMs, line, last.startMs)
        return { startMs: last.startMs, endMs: span.endMs }
      }
      const joined = { ...span }
      const absorbed: number[] = []
      for (const near of activityNear.iterate(line, span.endMs + gapMs)) {
        if (near.endMs < joined.startMs - gapMs) break
        absorbed.push(near.startMs)
        joined.startMs = Math.min(joined.startMs, near.startMs)
        joined.endMs = Math.max(joined.endMs, near.endMs)
      }
      for (const startMs of absorbed) dropActivity.run(line, startMs)
      addActivity.run(line, joined.startMs, joined.endMs)
      return joined
    },
    /** Silences that reach beyond the instant, sorted; the open one last. */
    silencesAfter: (line: string, atMs: EpochMs): Silence[] => silences.all(line, atMs),
    replaceSilence: (line: string, removeStartMs: EpochMs | null, add: readonly Silence[]): void => {
      if (removeStartMs !== null) dropSilence.run(line, removeStartMs)
      for (const silence of add) addSilence.run(line, silence.startMs, silence.endMs)
    },
  }
}
export type FactWriter = ReturnType<typeof factWriter>
