import type { BrokerProblem } from '../../../shared/contract/broker.ts'

/** Why there is no connection. Never contains credentials. */
export function brokerProblem(error: unknown): BrokerProblem {
  const code = codeOf(error)
  const detail = error instanceof Error ? error.message : ''
  const kind = kindOf(code, detail)
  return { kind, detail: withDetail.has(kind) ? detail : '' }
}

type Kind = BrokerProblem['kind']

const withDetail: ReadonlySet<Kind> = new Set(['file', 'otherName', 'certificate', 'other'])

function kindOf(code: number | string | null, text: string): Kind {
  switch (code) {
    case 4:
    case 134:
      return 'login'
    case 5:
    case 135:
      return 'access'
    case 2:
    case 133:
      return 'clientId'
    case 142:
      return 'sameClientId'
    case 'ECONNREFUSED':
      return 'noAnswer'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'noName'
    case 'ENOENT':
    case 'EACCES':
      return 'file'
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'otherName'
  }
  const said = `${String(code)} ${text}`
  if (/certificate.required|ALERT_CERTIFICATE|ALERT_HANDSHAKE|bad.certificate/i.test(said))
    return 'ownCertificate'
  if (/certificate|self.signed|CERT_|TLS|SSL/i.test(said)) return 'certificate'
  return text === '' ? 'ended' : 'other'
}

/** The problem as one sentence that says what to do, for logs and the command line; the page has its own words. */
export function brokerProblemText({ kind, detail }: BrokerProblem, address: string): string {
  return texts[kind](address, detail)
}

const texts: Record<Kind, (address: string, detail: string) => string> = {
  login: (address) =>
    `The broker ${address} refuses user name or password: check them in the broker section of plant.yaml`,
  access: (address) =>
    `The broker ${address} does not allow this board in: check user name, password and its access list`,
  unreadable: (address, detail) =>
    `The broker ${address} does not let this board read ${detail}: check its access list`,
  clientId: (address) => `The broker ${address} refuses the client id: set another broker.clientId`,
  sameClientId: (address) =>
    `Another board uses the same client id at ${address}: give each board its own broker.clientId`,
  noAnswer: (address) => `Nothing answers at ${address}: check that the broker runs and the address is right`,
  noName: (address) =>
    `The name of the broker ${address} cannot be resolved: check broker.url and the network`,
  file: (_, detail) => `A certificate file of the broker section cannot be read: ${detail}`,
  otherName: (address, detail) =>
    `The certificate of the broker ${address} is for another name (${detail}): check broker.url, or name it in broker.serverName`,
  ownCertificate: (address) =>
    `The broker ${address} does not accept the certificate of this board: check broker.certFile and broker.keyFile`,
  certificate: (_, detail) =>
    `The certificate of the broker is not accepted (${detail}): check broker.caFile`,
  ended: (address) => `The connection to ${address} ended`,
  other: (address, detail) => `No connection to ${address}: ${detail}`,
}

/** MQTT reason code (number) or system error code (text). */
export function codeOf(error: unknown): number | string | null {
  if (typeof error !== 'object' || error === null) return null
  const { code, errors } = error as { code?: unknown; errors?: unknown[] }
  if (typeof code === 'number' || typeof code === 'string') return code
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : null
}

/** True when the broker speaks only MQTT 3.1.1. */
export function refusesVersion(error: unknown): boolean {
  const code = codeOf(error)
  return code === 1 || code === 132
}
