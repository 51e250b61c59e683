import type { Interval } from './facts.ts'
import { dateOfDay, dayMs, instantOf, minuteMs, minutesOfDay, weekdayOf } from './local-time.ts'

/** Why a planned slot is kept free of production. */
export const slotKinds = ['maintenance', 'cleaning', 'meeting', 'trial', 'other'] as const
export type SlotKind = (typeof slotKinds)[number]

/**
 * Planned non-production: time inside shifts that is cut out of planned production time. On one local date, or on weekdays,
 * those within `from` and `until` where given. Begins at its local start and lasts its nominal length; an end at or before
 * the start is on the next day.
 */
export type PlannedSlot = {
  name: string
  kind: SlotKind
  start: string
  end: string
  /** Takes the place of `days`. */
  date: string | null
  /** ISO weekdays on which the slot starts. */
  days: readonly number[]
  /** Local dates, both included; null: without limit. */
  from: string | null
  until: string | null
}

export type SlotOccurrence = Interval & { name: string; kind: SlotKind }

/** Slots that overlap the window, by start, not clipped to it. */
export function slotsBetween(
  slots: readonly PlannedSlot[],
  timeZone: string,
  window: Interval,
): SlotOccurrence[] {
  const found: SlotOccurrence[] = []
  if (slots.length === 0) return found
  const lastDay = Math.floor(window.endMs / dayMs) + 1
  for (let day = Math.floor(window.startMs / dayMs) - 2; day <= lastDay; day++) {
    for (const slot of slots) {
      if (!startsOn(slot, day)) continue
      const first = minutesOfDay(slot.start)
      const minutes = minutesOfDay(slot.end) - first
      const startMs = instantOf(timeZone, day, first)
      const endMs = startMs + (minutes > 0 ? minutes : minutes + 1440) * minuteMs
      if (startMs < window.endMs && endMs > window.startMs) {
        found.push({ startMs, endMs, name: slot.name, kind: slot.kind })
      }
    }
  }
  return found.sort((a, b) => a.startMs - b.startMs)
}

function startsOn(slot: PlannedSlot, day: number): boolean {
  const date = dateOfDay(day)
  if (slot.date !== null) return slot.date === date
  if (slot.from !== null && date < slot.from) return false
  if (slot.until !== null && date > slot.until) return false
  return slot.days.includes(weekdayOf(day))
}
