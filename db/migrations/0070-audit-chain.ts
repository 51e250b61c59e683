/**
 * Each entry of the audit trail gets a hash over itself and all before it (db/queries/audit.ts). Entries from before have an
 * empty one: the first that gets its own covers them too.
 */
export const auditChain = `
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
`
