import { expect, test } from 'vitest'
import { brokerAdvice, brokerAdviceText } from '../../../../electron/engine/ingest/broker-advice.ts'
import { brokerProblem, brokerProblemText } from '../../../../electron/engine/ingest/broker-problem.ts'
import { english } from '../../../../renderer/i18n/words.ts'
import { brokerAdviceWords, brokerProblemWords } from '../../../../renderer/widgets/problem.ts'
import type { BrokerProblem } from '../../../../shared/contract/broker.ts'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { brokerSchema } from '../../../../shared/settings/broker.ts'

const address = 'broker:8883'
const failing = (code: number | string, message: string) => Object.assign(new Error(message), { code })

test.each<[unknown, BrokerProblem['kind'], string]>([
  [failing(134, 'Bad User Name or Password'), 'login', ''],
  [failing(5, 'Not authorized'), 'access', ''],
  [failing(133, 'Client Identifier not valid'), 'clientId', ''],
  [failing(142, 'Session taken over'), 'sameClientId', ''],
  [Object.assign(new AggregateError([failing('ECONNREFUSED', 'no')])), 'noAnswer', ''],
  [failing('EAI_AGAIN', 'getaddrinfo EAI_AGAIN'), 'noName', ''],
  [failing('ENOENT', 'open /nowhere/ca.pem'), 'file', 'open /nowhere/ca.pem'],
  [failing('ERR_TLS_CERT_ALTNAME_INVALID', 'not in the list'), 'otherName', 'not in the list'],
  [failing('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'ssl alert 116'), 'ownCertificate', ''],
  [failing('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'), 'certificate', 'self-signed'],
  [null, 'ended', ''],
  [new Error('socket hang up'), 'other', 'socket hang up'],
])('%s is told as "%s", in the log and on the page alike', (error, kind, detail) => {
  const problem = brokerProblem(error)
  expect(problem).toEqual({ kind, detail })
  const said = brokerProblemWords({ state: 'offline', sinceMs: 0, address, problem }, english)
  expect(said).toBe(brokerProblemText(problem, address))
  expect(said).toContain(detail)
})

test('what the broker does not grant is told alike on the command line and on the page', () => {
  const broker = brokerSchema.parse({ url: 'mqtt://broker', sessionExpiryS: 900 })
  const poor = {
    mqtt: '3.1.1',
    sessionExpiryS: 60,
    maximumQoS: 0,
    retain: false,
    wildcards: false,
  } as unknown as Parameters<typeof brokerAdvice>[0]
  const advice = brokerAdvice(poor, broker)
  expect(advice.map(({ kind }) => kind)).toEqual(['version', 'expiry', 'qos', 'retain', 'wildcards'])
  const view = { t: english.t, format: createFormat('en', 'UTC') } as Parameters<typeof brokerAdviceWords>[1]
  for (const one of advice) expect(brokerAdviceWords(one, view)).toBe(brokerAdviceText(one))
})
