/**
 * What the line reported: raw readings for a month, everything derived from them for ever. Instants are epoch
 * milliseconds (UTC), ideal cycle sums integer microseconds, so that sums do not depend on the order of adding.
 */
export const store = `
CREATE TABLE series (
  id    INTEGER PRIMARY KEY,
  line  TEXT NOT NULL,
  kind  TEXT NOT NULL,
  UNIQUE (line, kind)
) STRICT;

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

CREATE TABLE message_id (
  series INTEGER NOT NULL,
  id     TEXT NOT NULL,
  ts     INTEGER NOT NULL,
  PRIMARY KEY (series, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_id_by_time ON message_id (ts);

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

CREATE TABLE activity (
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms   INTEGER NOT NULL,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE silence (
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms   INTEGER,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX silence_by_end ON silence (line, end_ms);

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

CREATE TABLE scrap_rollup (
  level    TEXT NOT NULL CHECK (level IN ('minute', 'hour', 'shift')),
  line     TEXT NOT NULL,
  start_ms INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  detected TEXT NOT NULL CHECK (detected IN ('internal', 'customer')),
  qty      INTEGER NOT NULL,
  PRIMARY KEY (level, line, start_ms, reason, detected)
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
CREATE INDEX entry_by_time ON entry (line, at);

CREATE TABLE last_seen (
  line    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  arrived INTEGER NOT NULL,
  PRIMARY KEY (line, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE running_total (
  line  TEXT NOT NULL,
  key   TEXT NOT NULL,
  total INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE last_value (
  line  TEXT NOT NULL,
  key   TEXT NOT NULL,
  value REAL NOT NULL,
  unit  TEXT,
  at    INTEGER NOT NULL,
  PRIMARY KEY (line, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE open_call (
  line TEXT NOT NULL,
  call TEXT NOT NULL,
  PRIMARY KEY (line, call)
) STRICT, WITHOUT ROWID;

CREATE TABLE in_flight (
  seq     INTEGER PRIMARY KEY,
  entries BLOB NOT NULL
) STRICT;

CREATE TABLE dead_letter (
  seq     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  topic   TEXT NOT NULL,
  reason  TEXT NOT NULL,
  payload BLOB NOT NULL
) STRICT;

CREATE TABLE tally (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memo (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shift_result (
  line        TEXT NOT NULL,
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER NOT NULL,
  name        TEXT NOT NULL,
  date        TEXT NOT NULL,
  sums        TEXT NOT NULL,
  changeovers TEXT NOT NULL,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_result_by_end ON shift_result (line, end_ms);
`
