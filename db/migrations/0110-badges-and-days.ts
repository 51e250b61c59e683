/** A badge that signs a person in, as a hash like the PIN's; null: none. Entries of one kind, for the daily board. */
export const badgesAndDays = `
ALTER TABLE person ADD COLUMN badge_hash TEXT;
CREATE INDEX entry_by_kind ON entry (line, kind, at);
`
