/**
 * What the team decides about KPIs, actions and causes: every version is kept, the newest holds. Nothing is changed or deleted,
 * so that the table is its own history.
 */
export const decisions = `
CREATE TABLE decision (
  line    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  id      TEXT NOT NULL,
  version INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  by      TEXT NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (line, kind, id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER decision_keeps_rows BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decision_keeps_words BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
`
