import type { CallTimes } from '../../../shared/contract/board-huddle.ts'
import type { CallFact, EpochMs, Interval } from '../../../shared/domain/facts.ts'
import { callSumsByCategory } from '../../../shared/domain/kpis/call-sums.ts'

/** How quickly calls were answered and solved in a window, by kind of help. */
export function callTimesView(
  calls: readonly CallFact[],
  window: Interval,
  asOfMs: EpochMs,
): readonly CallTimes[] {
  return callSumsByCategory(calls, window, asOfMs).map(({ category, sums }) => {
    const { callsRaised, callsAcked, callAckMs, callsResolved, callResolveMs } = sums
    return {
      category,
      raised: callsRaised,
      resolved: callsResolved,
      meanToAckMs: callsAcked === 0 ? null : callAckMs / callsAcked,
      meanToResolveMs: callsResolved === 0 ? null : callResolveMs / callsResolved,
    }
  })
}
