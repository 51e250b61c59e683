import { expect, test } from 'vitest'
import { judgeAudit } from '../audit.ts'

const report = (...holes: [name: string, severity: string][]) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(
      holes.map(([name, severity]) => [name, { name, severity, range: '<2.0.0' }]),
    ),
    metadata: { vulnerabilities: { total: holes.length } },
  })

test('a high or critical hole is refused, a lesser one is named', () => {
  expect(judgeAudit(report())).toEqual({
    code: 0,
    lines: ['0 packages with known holes, 0 of them high or critical'],
  })
  expect(judgeAudit(report(['ws', 'moderate'])).code).toBe(0)
  expect(judgeAudit(report(['ws', 'moderate'], ['mqtt', 'high'], ['yaml', 'critical']))).toEqual({
    code: 1,
    lines: [
      'moderate ws <2.0.0',
      'high     mqtt <2.0.0',
      'critical yaml <2.0.0',
      '3 packages with known holes, 2 of them high or critical',
    ],
  })
})

test('a registry that does not answer is said to be so: that is no pass', () => {
  const refused = JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 })
  expect(judgeAudit(refused)).toEqual({
    code: 2,
    lines: ['NOT CHECKED: the registry did not say which packages have holes (405 Method Not Allowed).'],
  })
  for (const text of ['', 'npm error code ENOTFOUND', '{}', '{"vulnerabilities": {}}']) {
    expect(judgeAudit(text).code).toBe(2)
  }
})
