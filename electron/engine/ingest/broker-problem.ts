/** Why there is no connection, as one sentence for the board that says what to do. Never contains credentials. */
export function brokerProblem(error: unknown, address: string): string {
  const code = codeOf(error)
  switch (code) {
    case 4:
    case 134:
      return `The broker ${address} refuses user name or password: check them in plant.yaml's broker section`
    case 5:
    case 135:
      return `The broker ${address} does not allow this board in: check user name, password and its access list`
    case 2:
    case 133:
      return `The broker ${address} refuses the client id: set another broker.clientId`
    case 142:
      return `Another board uses the same client id at ${address}: give each board its own broker.clientId`
    case 'ECONNREFUSED':
      return `Nothing answers at ${address}: check that the broker runs and the address is right`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of the broker ${address} cannot be resolved: check broker.url and the network`
    case 'ENOENT':
    case 'EACCES':
      return `A certificate file of the broker section cannot be read: ${messageOf(error)}`
  }
  const text = messageOf(error)
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of the broker ${address} is for another name (${text}): check broker.url, or name it in broker.serverName`
  }
  if (
    /certificate.required|ALERT_CERTIFICATE|ALERT_HANDSHAKE|bad.certificate/i.test(`${String(code)} ${text}`)
  ) {
    return `The broker ${address} does not accept this board's certificate: check broker.certFile and broker.keyFile`
  }
  if (/certificate|self.signed|CERT_|TLS|SSL/i.test(`${String(code)} ${text}`)) {
    return `The broker's certificate is not accepted (${text}): check broker.caFile`
  }
  return text === '' ? `The connection to ${address} ended` : `No connection to ${address}: ${text}`
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
