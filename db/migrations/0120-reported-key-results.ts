/** A key result may follow reported values: their key, and how those of a day combine; null: it does not. */
export const reportedKeyResults = `
ALTER TABLE key_result ADD COLUMN value_key TEXT;
ALTER TABLE key_result ADD COLUMN combine TEXT;
`
