import type { RejectCode } from '../../../shared/contract/health.ts'
import type { EpochMs } from '../../../shared/domain/facts.ts'
import type { Signal } from './signals.ts'

/** Longest reason kept for a rejected message. Characters. */
const maxReasonLength = 300

/** Could be right: kept apart from what is plainly wrong, so that garbage can't push it out. */
export const quarantineCodes: ReadonlySet<RejectCode> = new Set(['future', 'old', 'jump', 'unmatched'])

export type Rejected = { ok: false; code: RejectCode; reason: string }

export type CountField = 'good' | 'scrap' | 'all' | 'lateScrap'
/** What is known of a counter that sends running totals. */
export type CounterRules = { modulus?: number; /** Most pieces a millisecond. */ maxPerMs?: number }

/** One signal of one line. */
export type Part = {
  lineId: string
  /** null: the arrival counts. */
  atMs: EpochMs | null
  id: string | null
  signal: Signal
  /** The signal in the form of the native topics, JSON text; its bytes where nobody made a text of them. */
  body: string | Uint8Array
  counters?: Partial<Record<CountField, CounterRules>>
}

/** A native message: one signal. */
export type Decoded = Part & { ok: true; parts?: undefined }

/** A message of another system: what a mapping found in it, and what it could not use. Nothing at all: passed over. */
export type MappedMessage = {
  ok: true
  parts: readonly Part[]
  rejects: readonly Rejected[]
  /** Lines whose state or pieces the source says it does not know now (null, or bad quality), and since when. */
  nulls?: readonly Unknown[]
}
/** `atMs` null: the arrival counts. */
export type Unknown = { lineId: string; atMs: EpochMs | null }

export type Outcome = Decoded | MappedMessage | Rejected
export type Decoder = (topic: string, payload: Uint8Array) => Outcome

export function reject(code: RejectCode, reason: string): Rejected {
  return { ok: false, code, reason: reason.slice(0, maxReasonLength) }
}
