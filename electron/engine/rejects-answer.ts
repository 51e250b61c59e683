import type { RejectsAnswer, RejectView } from '../../shared/contract/protocol.ts'
import type { KeptReject } from '../../db/queries/rejects.ts'
import type { RejectTallies } from './model/reject-tallies.ts'

/** Bytes of a payload that are shown. */
const headBytesShown = 1_024

/** What was not counted, for pages and the command line. */
export function rejectsAnswer(counters: RejectTallies, newest: readonly KeptReject[]): RejectsAnswer {
  const { rejected, quarantined, rejectedBy, deadLettersDropped } = counters
  return {
    rejected,
    quarantined,
    byCode: rejectedBy,
    forgotten: deadLettersDropped,
    newest: newest.map(rejectView),
  }
}

/** With the head of its payload. */
export function rejectView({ payload, ...reject }: KeptReject): RejectView {
  const head = payload.subarray(0, headBytesShown)
  return { ...reject, head: head.toString('utf8'), headBytes: head.length }
}
