import type { ShiftOccurrence } from '../../../shared/domain/calendar.ts'
import type { EpochMs, Interval } from '../../../shared/domain/facts.ts'
import type { SlotOccurrence } from '../../../shared/domain/planned-slots.ts'

/** The planned slot, else the break, in which an instant of a shift lies; `slot` null: a break. */
export function pauseAt(
  shift: ShiftOccurrence | null,
  atMs: EpochMs,
): (Interval & { slot: SlotOccurrence | null }) | null {
  const holds = (one: Interval) => one.startMs <= atMs && atMs < one.endMs
  const slot = shift?.slots.find(holds)
  if (slot) return { startMs: slot.startMs, endMs: slot.endMs, slot }
  const pause = shift?.breaks.find(holds)
  return pause ? { startMs: pause.startMs, endMs: pause.endMs, slot: null } : null
}
