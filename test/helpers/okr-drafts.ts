import type { CallMessage } from '../../shared/contract/protocol.ts'

type Create = CallMessage<'createObjective'>

/** A key result by hand, 0 to 10, as a page sends it. */
export function draft(more: Partial<Create['keyResults'][number]> = {}): Create['keyResults'][number] {
  return {
    name: 'Ideas',
    unit: '',
    decimals: 0,
    baseline: 0,
    target: 10,
    source: { kind: 'manual' },
    ...more,
  }
}

export const testCycle = {
  kind: 'quarter' as const,
  name: 'Q4 2026',
  startDate: '2026-10-01',
  endDate: '2026-12-31',
}

/** `pin` undefined: of a page that is signed in. */
export function createInput(pin: string | undefined, more: Partial<Create> = {}): Create {
  return {
    lineId: 'l1',
    ...(pin === undefined ? {} : { pin }),
    objective: { title: 'Right first time', cycle: testCycle },
    keyResults: [draft()],
    ...more,
  }
}
