import type { PersonRole } from '../../shared/contract/rights.ts'

/** Who asks for something. `by` is the name that goes into the records; without a person it is that of the station. */
export type Caller = { device: string; by: string; personId: string | null; role: PersonRole | null }
