CREATE TABLE activity (
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms   INTEGER NOT NULL,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE audit (
  seq     INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms   INTEGER NOT NULL,
  by      TEXT NOT NULL,
  device  TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL
, hash TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX audit_by_subject ON audit (subject);

CREATE INDEX audit_by_time ON audit (at_ms);

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

CREATE TABLE check_in (
  id            TEXT PRIMARY KEY,
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  at_ms         INTEGER NOT NULL,
  person_id     TEXT NOT NULL REFERENCES person (id),
  value         REAL,
  confidence    TEXT NOT NULL,
  sentence      TEXT NOT NULL
, for_ms INTEGER, obstacles TEXT NOT NULL DEFAULT '', milestones TEXT) STRICT;

CREATE INDEX check_in_by_key_result ON check_in (key_result_id, at_ms);

CREATE TABLE count_rollup (
  level          TEXT NOT NULL CHECK (level IN ('minute', 'hour', 'shift')),
  line           TEXT NOT NULL,
  start_ms       INTEGER NOT NULL,
  product        TEXT NOT NULL,
  good           INTEGER NOT NULL,
  scrap          INTEGER NOT NULL,
  rework         INTEGER NOT NULL,
  ideal_total_us INTEGER NOT NULL,
  ideal_good_us  INTEGER NOT NULL,
  no_ideal       INTEGER NOT NULL,
  PRIMARY KEY (level, line, start_ms, product)
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

CREATE TABLE dead_letter (
  shelf   INTEGER NOT NULL CHECK (shelf IN (0, 1)),
  seq     INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  code    TEXT NOT NULL,
  reason  TEXT NOT NULL,
  bytes   INTEGER NOT NULL,
  payload BLOB NOT NULL, settled TEXT CHECK (settled IN ('released', 'discarded')),
  PRIMARY KEY (shelf, seq)
) STRICT;

CREATE TRIGGER decision_keeps_rows BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

CREATE TRIGGER decision_keeps_words BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;

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

CREATE TABLE entry (
  id        TEXT PRIMARY KEY,
  line      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  who       TEXT NOT NULL,
  body      TEXT NOT NULL,
  fact_seq  INTEGER,
  voided_at INTEGER,
  voided_by TEXT
) STRICT;

CREATE INDEX entry_by_kind ON entry (line, kind, at);

CREATE INDEX entry_by_time ON entry (line, at);

CREATE TABLE fact (
  seq   INTEGER PRIMARY KEY,
  line  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  track TEXT NOT NULL,
  at    INTEGER NOT NULL,
  until INTEGER,
  body  TEXT NOT NULL
) STRICT;

CREATE INDEX fact_by_time ON fact (line, kind, at, seq);

CREATE INDEX fact_by_track ON fact (line, kind, track, at, seq);

CREATE INDEX stop_reason_by_end ON fact (line, until) WHERE kind = 'stopReason';

CREATE TABLE in_flight (
  seq     INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;

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
, sentence TEXT, due TEXT, commitment TEXT NOT NULL DEFAULT 'committed', weight REAL NOT NULL DEFAULT 1, span TEXT, parent TEXT, hold_shifts INTEGER NOT NULL DEFAULT 10, origin TEXT, ended_ms INTEGER, ended_why TEXT, grade REAL, lesson TEXT, value_key TEXT, combine TEXT) STRICT;

CREATE INDEX key_result_by_objective ON key_result (objective_id, position);

CREATE TABLE key_result_target (
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  from_ms       INTEGER NOT NULL,
  baseline      REAL NOT NULL,
  target        REAL NOT NULL,
  decided_by    TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (key_result_id, from_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_seen (
  line    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  PRIMARY KEY (line, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_value (
  line  TEXT NOT NULL,
  key   TEXT NOT NULL,
  value REAL NOT NULL,
  unit  TEXT,
  at    INTEGER NOT NULL,
  PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lint_run (
  line_id  TEXT NOT NULL,
  date     TEXT NOT NULL,
  findings TEXT NOT NULL,
  PRIMARY KEY (line_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE memo (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE message_id (
  series INTEGER NOT NULL,
  id     TEXT NOT NULL,
  ts     INTEGER NOT NULL,
  PRIMARY KEY (series, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_id_by_time ON message_id (ts);

CREATE TABLE milestone (
  key_result_id TEXT NOT NULL REFERENCES key_result (id),
  position      INTEGER NOT NULL,
  name          TEXT NOT NULL,
  weight        REAL NOT NULL,
  due           TEXT,
  PRIMARY KEY (key_result_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE objective (
  id          TEXT PRIMARY KEY,
  line_id     TEXT NOT NULL,
  position    INTEGER NOT NULL,
  title       TEXT NOT NULL,
  cycle_name  TEXT NOT NULL,
  cycle_start TEXT NOT NULL,
  cycle_end   TEXT NOT NULL,
  created_ms  INTEGER NOT NULL
, version INTEGER NOT NULL DEFAULT 1, level TEXT NOT NULL DEFAULT 'line', cycle_kind TEXT NOT NULL DEFAULT 'quarter', owner TEXT, parent TEXT, ended_ms INTEGER, ended_why TEXT, lesson TEXT) STRICT;

CREATE INDEX objective_by_line ON objective (line_id, position);

CREATE TABLE open_call (
  line TEXT NOT NULL,
  call TEXT NOT NULL,
  PRIMARY KEY (line, call)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  role       TEXT NOT NULL,
  pin_hash   TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  retired_ms INTEGER
, badge_hash TEXT) STRICT;

CREATE TABLE product_run (
  seq            INTEGER PRIMARY KEY,
  line           TEXT NOT NULL,
  at             INTEGER NOT NULL,
  product        TEXT NOT NULL,
  order_id       TEXT,
  target         INTEGER,
  ideal_cycle_us INTEGER,
  first_good     INTEGER,
  last_good      INTEGER
) STRICT;

CREATE INDEX product_run_by_time ON product_run (line, at, seq);

CREATE TABLE reading (
  ts      INTEGER NOT NULL,
  series  INTEGER NOT NULL,
  hash    INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  good    INTEGER NOT NULL,
  scrap   INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (ts, series, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE running_total (
  line  TEXT NOT NULL,
  key   TEXT NOT NULL,
  total INTEGER NOT NULL,
  at    INTEGER NOT NULL, spare_ms INTEGER NOT NULL DEFAULT 0, other_total INTEGER, other_at INTEGER,
  PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE scrap_rollup (
  level    TEXT NOT NULL CHECK (level IN ('minute', 'hour', 'shift')),
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  detected TEXT NOT NULL CHECK (detected IN ('internal', 'customer')),
  qty      INTEGER NOT NULL,
  PRIMARY KEY (level, line, start_ms, reason, detected)
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
  id    INTEGER PRIMARY KEY,
  line  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  UNIQUE (line, kind)
) STRICT;

CREATE TABLE shift_result (
  line        TEXT NOT NULL,
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER NOT NULL,
  reach_ms    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  date        TEXT NOT NULL,
  sums        TEXT NOT NULL,
  changeovers TEXT NOT NULL, judged_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX shift_result_by_reach ON shift_result (line, reach_ms);

CREATE TABLE silence (
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms   INTEGER,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX silence_by_end ON silence (line, end_ms);

CREATE TABLE tally (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
