import { store } from './0010-store.ts'
import { team } from './0020-team.ts'
import { shiftReach } from './0030-shift-reach.ts'
import { rejectsAndCounters } from './0040-rejects-and-counters.ts'
import { shiftJudgedBy } from './0050-shift-judged-by.ts'
import { okr } from './0060-okr.ts'
import { auditChain } from './0070-audit-chain.ts'
import { decisions } from './0080-decisions.ts'
import { settledQuarantine } from './0090-settled-quarantine.ts'
import { auditBySubject } from './0100-audit-by-subject.ts'
import { badgesAndDays } from './0110-badges-and-days.ts'
import { reportedKeyResults } from './0120-reported-key-results.ts'

export type Migration = { version: number; name: string; sql: string }

/** Every change of the store's shape, oldest first, numbered in tens. Add at the end; never edit one that was released. */
export const migrations: readonly Migration[] = [
  { version: 10, name: 'store', sql: store },
  { version: 20, name: 'team', sql: team },
  { version: 30, name: 'shift-reach', sql: shiftReach },
  { version: 40, name: 'rejects-and-counters', sql: rejectsAndCounters },
  { version: 50, name: 'shift-judged-by', sql: shiftJudgedBy },
  { version: 60, name: 'okr', sql: okr },
  { version: 70, name: 'audit-chain', sql: auditChain },
  { version: 80, name: 'decisions', sql: decisions },
  { version: 90, name: 'settled-quarantine', sql: settledQuarantine },
  { version: 100, name: 'audit-by-subject', sql: auditBySubject },
  { version: 110, name: 'badges-and-days', sql: badgesAndDays },
  { version: 120, name: 'reported-key-results', sql: reportedKeyResults },
]
