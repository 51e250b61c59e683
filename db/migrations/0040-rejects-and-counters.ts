/**
 * Rejects with a code and their whole size, quarantined ones (shelf 1) apart from plainly wrong ones (shelf 0). Running
 * totals remember a second value that may turn out to be the right one.
 */
export const rejectsAndCounters = `
ALTER TABLE dead_letter RENAME TO old_dead_letter;
CREATE TABLE dead_letter (
  shelf   INTEGER NOT NULL CHECK (shelf IN (0, 1)),
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  code    TEXT NOT NULL,
  reason  TEXT NOT NULL,
  bytes   INTEGER NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (shelf, seq)
) STRICT;
INSERT INTO dead_letter (shelf, seq, at, topic, code, reason, bytes, payload)
SELECT 0, seq, at, topic, 'field', reason, length(payload), payload FROM old_dead_letter;
DROP TABLE old_dead_letter;
ALTER TABLE running_total ADD COLUMN spare_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE running_total ADD COLUMN other_total INTEGER;
ALTER TABLE running_total ADD COLUMN other_at INTEGER;
`
