import type { EpochMs, Interval } from '../domain/facts.ts'
import type { Barrier } from '../domain/gaps/barrier.ts'
import type { HourRow } from '../domain/hours.ts'
import type { AgendaStep } from '../domain/huddle/agenda.ts'
import type { ChangeoverEntry } from '../domain/kpi.ts'
import type { Pace } from '../domain/pace.ts'
import type { OeePart, ScrapPart } from './board-line.ts'

/** The crew's meeting in front of the board, and what it left to others. */
export type HuddlePart = {
  /** null: none is on. */
  current: HuddleNow | null
  /** When the next one begins by itself; null: never. */
  nextMs: EpochMs | null
  /** Who is asked about what could not be solved; null: plant.yaml has no name for it. */
  nextTier: string | null
  /** What the next tier has not answered, first due first, at most `maxRaised`. */
  raised: readonly RaisedItem[]
  /** All of them. */
  raisedOpen: number
  /** The newest answers of the last days, newest first, at most `maxAnswered`. */
  answered: readonly AnsweredItem[]
}

export type HuddleNow = HuddleFacts & {
  id: string
  startedMs: EpochMs
  /** Began by itself. */
  scheduled: boolean
  steps: readonly (AgendaStep & { spentMs: number })[]
  /** Index of the open step, and since when it has been open. */
  step: number
  stepMs: EpochMs
  /** null: nobody has counted. */
  present: number | null
}

/** What the steps are about. Open actions, key results, KPIs and calls stand in the other parts of the board. */
export type HuddleFacts = {
  /** The shift that it looks back at; null: none is known. */
  report: ShiftReport | null
  /** The shift that it is held for; null: none to come. */
  next: NextShift | null
  /** The key result that needs the crew most; null: none is running. */
  keyResultId: string | null
  /** What the last huddle agreed, as it stands now. */
  before: readonly AgreedItem[]
  /** What this one has agreed so far. */
  agreed: readonly AgreedItem[]
  /** What stood in the way, as it was said in this huddle. */
  barriers: readonly { kpi: string; barrier: Barrier | null }[]
}

/** What was kept of a finished huddle, frozen as it was known then. */
export type HuddleMinutes = Omit<HuddleFacts, 'keyResultId'> & {
  keyResult: { name: string; value: number | null; unit: string; decimals: number; target: number } | null
  /** Open actions, the most urgent first. */
  actions: readonly { what: string; who: string | null; due: string | null; late: boolean }[]
  /** What waits for the next tier. */
  raised: readonly { what: string; who: string | null; answerByMs: EpochMs }[]
}

export type AgreedItem = {
  id: string
  what: string
  /** null: nobody yet. */
  who: string | null
  /** Local date. */
  due: string | null
  state: 'open' | 'done' | 'dropped'
  late: boolean
}

export type RaisedItem = {
  id: string
  version: number
  what: string
  who: string | null
  raisedMs: EpochMs
  raisedBy: string
  answerByMs: EpochMs
}
export type AnsweredItem = { id: string; what: string; answer: string; by: string; atMs: EpochMs }

/** A shift in numbers: the same that its screens showed and that `lineside kpi` prints of its window. */
export type ShiftReport = {
  shift: { name: string; date: string; startMs: EpochMs; endMs: EpochMs; crew: string | null }
  /** The values are as of this instant, or of the end of the shift. */
  asOfMs: EpochMs
  /** null: it had no plan. */
  pace: Pace | null
  made: number
  hours: readonly (HourRow & { signed: HourSigned | null })[]
  oee: Pick<OeePart, 'sums' | 'ratios' | 'losses' | 'target'>
  scrap: Pick<ScrapPart, 'ratio' | 'scrap' | 'total' | 'target' | 'reasons' | 'customer' | 'cost'>
  /** By reason (null: nobody has said why), most time first; micro-stops are apart. At most `maxReportRows`. */
  stops: readonly { reason: string | null; count: number; ms: number }[]
  microStops: { count: number; ms: number }
  /** Oldest first, at most `maxReportRows`. */
  changeovers: readonly ChangeoverEntry[]
  calls: readonly CallTimes[]
}

/** An hour that a lead has signed. */
export type HourSigned = { by: string; atMs: EpochMs; made: number }

/** Calls of one kind in a shift; the means are null without an answer. Milliseconds. */
export type CallTimes = {
  category: string
  raised: number
  resolved: number
  meanToAckMs: number | null
  meanToResolveMs: number | null
}

export type NextShift = {
  name: string
  startMs: EpochMs
  endMs: EpochMs
  crew: string | null
  /** Pieces; null: no plan. */
  target: number | null
  breaks: readonly (Interval & { name: string })[]
  slots: readonly (Interval & { name: string })[]
  /** Name of the product that runs now; null: not known. */
  product: string | null
}
