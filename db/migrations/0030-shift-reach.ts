/**
 * Results of finished shifts remember how far beyond the shift's end facts decided about them: a stop or changeover that ran
 * on ends there. They are made anew from the facts.
 */
export const shiftReach = `
DROP TABLE shift_result;
CREATE TABLE shift_result (
  line        TEXT NOT NULL,
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER NOT NULL,
  reach_ms    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  date        TEXT NOT NULL,
  sums        TEXT NOT NULL,
  changeovers TEXT NOT NULL,
  PRIMARY KEY (line, start_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_result_by_reach ON shift_result (line, reach_ms);
`
