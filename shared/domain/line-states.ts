import type { EpochMs, LineState, StateFact } from './facts.ts'

/** How the states of a line's cells become the line's. */
export type CellRules = {
  /**
   * anyDown: the line runs while all its cells run. bottleneck: the line is what one cell is. minimumRunning: it runs while at
   * least so many cells run; a cell that never reported does not, and while none is known to stand the line is unknown.
   */
  rule: { kind: 'anyDown' } | { kind: 'bottleneck'; cell: string } | { kind: 'minimumRunning'; cells: number }
  /** Cells that count; empty: all that report. */
  names: readonly string[]
}

/** A state of the line from `atMs` on; `unknown` while too few cells have reported. */
export type LineLevelState = Omit<StateFact, 'state'> & { state: LineState | 'unknown' }

/** Without any setting: the line's own states; those of all cells only until its own first one. */
export const noCellRules: CellRules = { rule: { kind: 'anyDown' }, names: [] }

const known = new WeakMap<
  readonly StateFact[],
  { cells: CellRules | null; line: readonly LineLevelState[] }
>()

/**
 * The line's states, in order, from those of the line itself and of its cells. With rules for cells the cells decide, and the
 * line's own states hold only until the first of them has reported; without (null) it is the other way round. Of several
 * cells that do not run the one is named that changes over, else that stands by itself and not for want of others, else the
 * one that has stood longest.
 */
export function lineLevelStates(
  states: readonly StateFact[],
  cells: CellRules | null,
): readonly LineLevelState[] {
  if (states.every((state) => state.cell === undefined)) return states
  const cached = known.get(states)
  if (cached?.cells === cells) return cached.line
  const line = fromCells(states, cells)
  known.set(states, { cells, line })
  return line
}

function fromCells(states: readonly StateFact[], cells: CellRules | null): readonly LineLevelState[] {
  const { rule, names } = cells ?? noCellRules
  const counts = ({ cell }: StateFact) => cell !== undefined && (names.length === 0 || names.includes(cell))
  const decides = (state: StateFact) => (cells === null ? state.cell === undefined : counts(state))
  const now = new Map<string, CellState>()
  const line: LineLevelState[] = []
  let decided = false
  for (const state of states) {
    if (decides(state)) decided = true
    else if (decided) continue
    if (state.cell === undefined) {
      line.push(state)
      continue
    }
    if (!counts(state)) continue
    const before = now.get(state.cell)
    const sinceMs = before?.state === state.state ? before.sinceMs : state.atMs
    now.set(state.cell, { ...state, sinceMs })
    const next = stateOf(now, rule)
    const last = line[line.length - 1]
    if (next === null || (last !== undefined && isSame(last, next))) continue
    const { state: word, reason, cell } = next
    line.push({
      seq: state.seq,
      atMs: state.atMs,
      state: word,
      ...(reason !== undefined && { reason }),
      ...(cell !== undefined && { cell }),
    })
  }
  return line
}

type CellState = Pick<StateFact, 'state' | 'reason' | 'cell'> & { sinceMs: EpochMs }
type Named = Pick<LineLevelState, 'state' | 'reason' | 'cell'>

const isSame = (a: Named, b: Named) => a.state === b.state && a.reason === b.reason && a.cell === b.cell

function stateOf(now: ReadonlyMap<string, CellState>, rule: CellRules['rule']): Named | null {
  if (rule.kind === 'bottleneck') return now.get(rule.cell) ?? null
  const all = [...now.values()]
  const idle = all.filter(({ state }) => state !== 'running')
  const enough = rule.kind === 'minimumRunning' ? all.length - idle.length >= rule.cells : idle.length === 0
  if (enough) return { state: 'running' }
  if (idle.length === 0) return { state: 'unknown' }
  return idle.reduce((first, one) => (goesBefore(first, one) ? first : one))
}

/** Changing over, standing by itself, waiting for others. */
function rank(state: LineState): number {
  if (state === 'changeover') return 0
  return state === 'starved' || state === 'blocked' ? 2 : 1
}

function goesBefore(a: CellState, b: CellState): boolean {
  const order = rank(a.state) - rank(b.state) || a.sinceMs - b.sinceMs
  return order !== 0 ? order < 0 : a.cell! < b.cell!
}
