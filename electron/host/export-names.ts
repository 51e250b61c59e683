/** What `lineside export` can print: raw messages, pieces by level, what follows from states, what people entered. */
export const exportNames = [
  'readings',
  'minutes',
  'hours',
  'shifts',
  'scrap',
  'stops',
  'changeovers',
  'entries',
  'audit',
  'rejects',
] as const
export type ExportName = (typeof exportNames)[number]
