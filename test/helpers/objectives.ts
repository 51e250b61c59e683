import type { KeyResult, KeyResultView } from '../../shared/domain/key-results.ts'
import type { StoredKeyResult, StoredObjective } from '../../shared/domain/okr/stored.ts'

/** Throughput 850 to 1,100 over the last two finished shifts, with nothing else said. */
export function plainKeyResult(more: Partial<KeyResult> = {}): KeyResult {
  return {
    id: 'k1',
    name: 'Throughput',
    sentence: null,
    unit: 'pcs',
    baseline: 850,
    target: 1_100,
    decimals: 0,
    source: { kind: 'kpi', kpi: 'throughput', window: { kind: 'shifts', count: 2 } },
    owner: null,
    due: null,
    commitment: 'committed',
    weight: 1,
    parent: null,
    holdShifts: 10,
    ...more,
  }
}

/** As the store has it, made at `createdMs` and never changed. */
export function storedKeyResult(createdMs: number, more: Partial<StoredKeyResult> = {}): StoredKeyResult {
  const own = plainKeyResult(more)
  const { baseline, target } = own
  return {
    ...own,
    createdMs,
    origin: null,
    targets: [{ fromMs: createdMs, baseline, target, by: 'Test', reason: '' }],
    proposals: [],
    ended: null,
    ...more,
  }
}

export function storedObjective(createdMs: number, more: Partial<StoredObjective> = {}): StoredObjective {
  return {
    id: 'o1',
    lineId: 'l1',
    level: 'line',
    title: 'More',
    owner: null,
    parent: null,
    cycle: { kind: 'quarter', name: 'Q', startDate: '2026-11-23', endDate: '2026-12-18' },
    createdMs,
    version: 1,
    ended: null,
    keyResults: [storedKeyResult(createdMs)],
    ...more,
  }
}

/** What a view adds where nothing was said, predicted or held. */
export const quietView: Omit<
  KeyResultView,
  | keyof KeyResult
  | 'objectiveId'
  | 'value'
  | 'valueAtMs'
  | 'freshness'
  | 'sampleSize'
  | 'progress'
  | 'history'
> = {
  checkInAgeDays: null,
  checkInDue: 'no',
  lastSentence: null,
  confidence: null,
  obstacles: null,
  doneMilestones: [],
  proposal: null,
  predicted: null,
  months: [],
  targets: [],
  span: { startDate: '2026-10-01', endDate: '2026-12-31' },
  held: { inRow: 0, needed: 10, proposal: null },
}
