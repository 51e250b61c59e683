/**
 * Objectives and key results in full: who they serve, how they are weighed, how they end. Rows hold the present state; what was
 * before each change stands with the change in the audit trail. `version` counts the changes of an objective with its key results.
 */
export const okr = `
ALTER TABLE objective ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE objective ADD COLUMN level TEXT NOT NULL DEFAULT 'line';
ALTER TABLE objective ADD COLUMN cycle_kind TEXT NOT NULL DEFAULT 'quarter';
ALTER TABLE objective ADD COLUMN owner TEXT;
ALTER TABLE objective ADD COLUMN parent TEXT;
ALTER TABLE objective ADD COLUMN ended_ms INTEGER;
ALTER TABLE objective ADD COLUMN ended_why TEXT;
ALTER TABLE objective ADD COLUMN lesson TEXT;

ALTER TABLE key_result ADD COLUMN sentence TEXT;
ALTER TABLE key_result ADD COLUMN due TEXT;
ALTER TABLE key_result ADD COLUMN commitment TEXT NOT NULL DEFAULT 'committed';
ALTER TABLE key_result ADD COLUMN weight REAL NOT NULL DEFAULT 1;
ALTER TABLE key_result ADD COLUMN span TEXT;
ALTER TABLE key_result ADD COLUMN parent TEXT;
ALTER TABLE key_result ADD COLUMN hold_shifts INTEGER NOT NULL DEFAULT 10;
ALTER TABLE key_result ADD COLUMN origin TEXT;
ALTER TABLE key_result ADD COLUMN ended_ms INTEGER;
ALTER TABLE key_result ADD COLUMN ended_why TEXT;
ALTER TABLE key_result ADD COLUMN grade REAL;
ALTER TABLE key_result ADD COLUMN lesson TEXT;

ALTER TABLE key_result_target ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE check_in ADD COLUMN for_ms INTEGER;
ALTER TABLE check_in ADD COLUMN obstacles TEXT NOT NULL DEFAULT '';
ALTER TABLE check_in ADD COLUMN milestones TEXT;

CREATE TABLE milestone (
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  position      INTEGER NOT NULL,
  name          TEXT NOT NULL,
  weight        REAL NOT NULL,
  due           TEXT,
  PRIMARY KEY (key_result_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE counter_proposal (
  id            TEXT PRIMARY KEY,
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  at_ms         INTEGER NOT NULL,
  by            TEXT NOT NULL,
  target        REAL NOT NULL,
  due           TEXT,
  reason        TEXT NOT NULL,
  answer        TEXT NOT NULL DEFAULT 'open',
  answered_ms   INTEGER,
  answered_by   TEXT,
  answer_reason TEXT
) STRICT;
CREATE INDEX counter_proposal_by_key_result ON counter_proposal (key_result_id, at_ms);

CREATE TABLE baseline (
  id            TEXT PRIMARY KEY,
  line_id       TEXT NOT NULL,
  kpi           TEXT,
  from_ms       INTEGER NOT NULL,
  baseline      REAL NOT NULL,
  target        REAL NOT NULL,
  lower         REAL NOT NULL,
  upper         REAL NOT NULL,
  unit          TEXT NOT NULL,
  better_is     TEXT NOT NULL,
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  decided_by    TEXT NOT NULL,
  at_ms         INTEGER NOT NULL
) STRICT;
CREATE INDEX baseline_by_line ON baseline (line_id, from_ms);

CREATE TABLE lint_run (
  line_id  TEXT NOT NULL,
  date     TEXT NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (line_id, date)
) STRICT, WITHOUT ROWID;
`
