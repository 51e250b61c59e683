import type { CallEvent } from './facts.ts'

/** A push button, a touch screen and another board mean the same call when they name the same help at the same place. */
export function callId(category: string, cell: string | undefined): string {
  return cell === undefined ? category : `${category}@${cell}`
}

/** True for the events after which nobody needs to come any more. */
export function endsCall(event: CallEvent): boolean {
  return event === 'resolve' || event === 'reject' || event === 'cancel'
}
