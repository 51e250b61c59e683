import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Certificates = {
  caFile: string
  /** Of a broker "broker.plant.test", not of 127.0.0.1. */
  brokerCert: string
  brokerKey: string
  boardCert: string
  boardKey: string
  /** An authority that signed none of them. */
  otherCaFile: string
}

/** An authority with a broker's and a board's certificate, made by openssl in `dir`; good for a day. */
export function makeCertificates(dir: string): Certificates {
  const file = (name: string) => join(dir, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' })
  const key = (name: string) =>
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}-key.pem`)
  const authority = (name: string) => {
    key(name)
    openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      `${name}-key.pem`,
      '-days',
      '1',
      '-subj',
      `/CN=${name}`,
      '-out',
      `${name}.pem`,
    )
  }
  const signed = (name: string, extensions: string) => {
    key(name)
    writeFileSync(file(`${name}.ext`), extensions)
    openssl('req', '-new', '-key', `${name}-key.pem`, '-subj', `/CN=${name}`, '-out', `${name}.csr`)
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
      ...['-days', '1', '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    )
    chmodSync(file(`${name}-key.pem`), 0o644)
  }
  authority('ca')
  authority('other-ca')
  signed('broker', 'subjectAltName=DNS:broker.plant.test')
  signed('board', 'extendedKeyUsage=clientAuth')
  return {
    caFile: file('ca.pem'),
    brokerCert: file('broker.pem'),
    brokerKey: file('broker-key.pem'),
    boardCert: file('board.pem'),
    boardKey: file('board-key.pem'),
    otherCaFile: file('other-ca.pem'),
  }
}
