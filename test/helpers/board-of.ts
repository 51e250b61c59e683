import type { ShiftResult } from '../../electron/engine/shift-result.ts'
import { buildBoard, type BoardInput } from '../../electron/engine/views/build-board.ts'
import { noHuddle } from '../../electron/engine/views/huddle.ts'
import { keyResultsView } from '../../electron/engine/views/key-results.ts'
import { emptyWindowSums } from '../../shared/domain/kpis/window-sums.ts'
import { sampleBoard } from './sample-board.ts'
import { caps, minute, six, states, viewInput } from './view-input.ts'

export const at = (minutes: number) => six + minutes * minute
export const part = { from: 'cap', to: 'lid' }

/** The shift on the day before. */
export const yesterday: ShiftResult = {
  name: 'Early',
  date: '2026-11-20',
  startMs: at(-3 * 1440),
  endMs: at(-3 * 1440 + 480),
  sums: {
    ...emptyWindowSums,
    plannedMs: 450 * minute,
    runMs: 450 * minute,
    good: 900,
    scrap: 100,
    total: 1_000,
  },
  changeovers: [
    { ...part, startMs: at(-4300), endMs: at(-4290), closedMs: at(-4290), durationMs: 10 * minute },
    { ...part, startMs: at(-4200), endMs: at(-4170), closedMs: at(-4170), durationMs: 30 * minute },
  ],
}

type Given = Parameters<typeof viewInput>[0]

export function board(options: Given, history: ShiftResult[] = [yesterday]) {
  return buildBoard(boardInput(options, history))
}

export function boardInput(options: Given, history: ShiftResult[]): BoardInput {
  const input = viewInput(options)
  const { site, health } = sampleBoard('l1')
  const team = { objectives: [], above: [], baselines: [], checkIns: () => [] }
  return {
    ...input,
    site,
    health,
    history,
    team: {
      keyResults: keyResultsView({ ...input, history, values: new Map(), team }),
      boardHealth: { findings: [], counts: { mistake: 0, warning: 0, hint: 0 } },
      cadence: { items: [] },
      strategy: null,
    },
    kpis: null,
    plant: null,
    huddle: noHuddle,
  }
}

/** An hour of an early shift: 40 min running, 5 min stop without and 5 min with a reason, 10 min changeover. */
export const facts = {
  states: states(
    [0, 'running'],
    [20, 'stopped'],
    [25, 'stopped', 'Jam'],
    [30, 'running'],
    [40, 'changeover'],
    [50, 'running'],
  ),
  counts: [...caps(0, 20, 50, 5), ...caps(30, 40, 50, 5), ...caps(50, 60, 50, 5)],
  scraps: [
    { startMs: at(1), reason: 'Dent', detected: 'internal' as const, qty: 120 },
    { startMs: at(2), reason: 'Label', detected: 'internal' as const, qty: 80 },
    { startMs: at(31), reason: 'Label', detected: 'internal' as const, qty: 50 },
    { startMs: at(32), reason: 'Leak', detected: 'customer' as const, qty: 3 },
    { startMs: at(-60), reason: 'Dent', detected: 'internal' as const, qty: 999 },
  ],
}
