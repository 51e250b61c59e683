/** What a person decided about a quarantined message: 'released', 'discarded', or nothing yet. Who and why: in the audit trail. */
export const settledQuarantine = `
ALTER TABLE dead_letter ADD COLUMN settled TEXT CHECK (settled IN ('released', 'discarded'));
`
