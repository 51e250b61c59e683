/** What became of one objective or key result is asked on touch: without this the whole trail would be read for it. */
export const auditBySubject = `
CREATE INDEX audit_by_subject ON audit (subject);
`
