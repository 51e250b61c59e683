import type { PersonRole } from '../../db/queries/team.ts'

/** Who asks: `by` is the person's name, or 'station' without a PIN. */
export type Caller = { device: string; by: string; personId: string | null; role: PersonRole | null }
