/** Counters of what was not counted, out of the store's tallies. */
export type RejectTallies = {
  rejected: number
  quarantined: number
  /** By RejectCode. */
  rejectedBy: Readonly<Record<string, number>>
  deadLettersDropped: number
}

const prefix = 'rejected:'

export function rejectTallies(tallies: ReadonlyMap<string, number>): RejectTallies {
  const rejectedBy: Record<string, number> = {}
  for (const [name, count] of tallies) {
    if (name.startsWith(prefix)) rejectedBy[name.slice(prefix.length)] = count
  }
  const of = (name: string): number => tallies.get(name) ?? 0
  return {
    rejected: of('rejected'),
    quarantined: of('quarantined'),
    rejectedBy,
    deadLettersDropped: of('deadLettersDropped'),
  }
}
