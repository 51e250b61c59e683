/** Which rules and which day of the calendar a cached shift was judged by: empty for those of before, which are made anew. */
export const shiftJudgedBy = `
ALTER TABLE shift_result ADD COLUMN judged_by TEXT NOT NULL DEFAULT '';
`
