/**
 * What the team decides: objectives, key results, check-ins, people, and the audit trail. Nothing here is ever
 * updated away: targets and check-ins are new rows, so that the way to the present is kept.
 */
export const team = `
CREATE TABLE objective (
  id          TEXT PRIMARY KEY,
  line_id     TEXT NOT NULL,
  position    INTEGER NOT NULL,
  title       TEXT NOT NULL,
  cycle_name  TEXT NOT NULL,
  cycle_start TEXT NOT NULL,
  cycle_end   TEXT NOT NULL,
  created_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX objective_by_line ON objective (line_id, position);

CREATE TABLE key_result (
  id           TEXT PRIMARY KEY,
  objective_id TEXT NOT NULL REFERENCES objective (id),
  position     INTEGER NOT NULL,
  name         TEXT NOT NULL,
  unit         TEXT NOT NULL,
  decimals     INTEGER NOT NULL,
  kpi          TEXT,
  shifts       INTEGER,
  owner        TEXT,
  created_ms   INTEGER NOT NULL
) STRICT;
CREATE INDEX key_result_by_objective ON key_result (objective_id, position);

CREATE TABLE key_result_target (
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  from_ms       INTEGER NOT NULL,
  baseline      REAL NOT NULL,
  target        REAL NOT NULL,
  decided_by    TEXT NOT NULL,
  PRIMARY KEY (key_result_id, from_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  pin_hash   TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  retired_ms INTEGER
) STRICT;

CREATE TABLE check_in (
  id            TEXT PRIMARY KEY,
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  at_ms         INTEGER NOT NULL,
  person_id     TEXT NOT NULL REFERENCES person (id),
  value         REAL,
  confidence    TEXT NOT NULL,
  sentence      TEXT NOT NULL
) STRICT;
CREATE INDEX check_in_by_key_result ON check_in (key_result_id, at_ms);

CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms   INTEGER NOT NULL,
  by      TEXT NOT NULL,
  device  TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at_ms);
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`
