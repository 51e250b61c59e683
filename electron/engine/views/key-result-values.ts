import { type KeyResult, type KeyResultView, keyResultProgress } from '../../../shared/domain/key-results.ts'
import { bowlingMonth, type BowlingMonth, monthsOf } from '../../../shared/domain/okr/bowling.ts'
import { type Held, heldSince, type Reading } from '../../../shared/domain/okr/met-and-held.ts'
import type { StoredKeyResult } from '../../../shared/domain/okr/stored.ts'
import { targetAt } from '../../../shared/domain/okr/target-steps.ts'
import { dateOfDay, dayNumber, instantOf, localDateAt } from '../../../shared/domain/local-time.ts'
import type { Feed, WindowValue } from '../key-result-feed.ts'

const weekDays = 7
/** Readings that are looked at for held ones: so many times what is needed. */
const heldReach = 2

/** A check-in as the views see it. */
export type CheckInNote = {
  atMs: number
  /** Of when the value is. */
  forMs: number
  value: number | null
  sentence: string
  confidence: NonNullable<KeyResultView['confidence']>
  obstacles: string
  /** Positions of the milestones that are done; null: it has none. */
  milestones: readonly number[] | null
}

/** What a key result said over time. */
export type ValueSource = {
  keyResult: KeyResult
  cycle: { startDate: string; endDate: string }
  timeZone: string
  /** Null: its check-ins say its value. */
  feed: Feed | null
  /** In the order in which they were made. */
  notes: readonly CheckInNote[]
}

/** The value as of the beginning of a local date; null: as of now. */
export function valueBefore(source: ValueSource, beforeDate: string | null): WindowValue {
  const { feed } = source
  if (feed !== null) return feed.valueAfter(beforeDate === null ? feed.steps : feed.countBefore(beforeDate))
  const typed = typedNotes(source).filter(
    ({ forMs }) => beforeDate === null || localDateAt(source.timeZone, forMs) < beforeDate,
  )
  const last = typed[typed.length - 1]
  return { value: last?.value ?? null, sampleSize: typed.length, valueAtMs: last?.forMs ?? null }
}

/** Values that were typed in, by the time of which they are; of two of the same time the later entry holds. */
function typedNotes({ notes }: ValueSource): (CheckInNote & { value: number })[] {
  return notes
    .filter((note): note is CheckInNote & { value: number } => note.value !== null)
    .sort((a, b) => a.forMs - b.forMs || a.atMs - b.atMs)
}

/** One point at each full week of the cycle, and the present one. x: weeks since its start. */
export function weeklyPoints(source: ValueSource, today: string): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = []
  const first = dayNumber(source.cycle.startDate)
  const days = Math.min(dayNumber(today), dayNumber(source.cycle.endDate) + 1) - first
  for (let week = 0; week * weekDays < days; week++) {
    const { value } = valueBefore(source, dateOfDay(first + week * weekDays))
    if (value !== null) points.push({ x: week, y: value })
  }
  const { value } = valueBefore(source, null)
  if (value !== null && days >= 0) points.push({ x: days / weekDays, y: value })
  return points
}

/** Plan and actual at the end of each month; months that are not over have no actual. */
export function bowling(
  source: ValueSource,
  { targets }: Pick<StoredKeyResult, 'targets'>,
  today: string,
  expectedOn: (date: string) => number,
): BowlingMonth[] {
  return monthsOf(source.cycle).map(({ month, lastDate }) => {
    const after = dateOfDay(dayNumber(lastDate) + 1)
    const step = targetAt(targets, instantOf(source.timeZone, dayNumber(after), 0))
    const actual = after <= today ? valueBefore(source, after).value : null
    return bowlingMonth(month, step, expectedOn(after), actual)
  })
}

/** How long the key result has been met, since its cycle began. */
export function heldNow(source: ValueSource): Held {
  const { keyResult, cycle, timeZone, feed } = source
  const most = heldReach * keyResult.holdShifts
  if (feed === null) {
    const typed = typedNotes(source).filter(({ forMs }) => localDateAt(timeZone, forMs) >= cycle.startDate)
    return heldSince(keyResult, typed.slice(-most).map(readingOfNote))
  }
  const readings: Reading[] = []
  const before = feed.countBefore(cycle.startDate)
  let first = feed.steps
  for (; first > before && readings.length < most; first--) {
    const { value, valueAtMs } = feed.valueAfter(first)
    if (value !== null && valueAtMs !== null) readings.push({ atMs: valueAtMs, value })
  }
  return heldSince(keyResult, readings.reverse(), feed.singles(first))
}

function readingOfNote({ forMs, value }: { forMs: number; value: number }): Reading {
  return { atMs: forMs, value }
}

/** Progress now; null without a value. */
export function progressOf(keyResult: KeyResult, value: number | null, expected: number) {
  const { baseline, target } = keyResult
  return value === null ? null : keyResultProgress({ baseline, target, value, expected })
}
