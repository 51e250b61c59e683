import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'

/** What a signature says of one package. */
export type Manifest = {
  version: string
  platform: string
  arch: string
  /** Of the whole file, hexadecimal. */
  sha256: string
  bytes: number
}

/** Beside each package as `<package>.sig`: the manifest as the text that was signed, and the signature of that text, base64. */
export type SignatureFile = { manifest: string; signature: string }

/** One sentence that says what to do. */
export class UpdateRefused extends Error {}

const refuse = (sentence: string): never => {
  throw new UpdateRefused(sentence)
}
/** A signature file is a few hundred bytes. */
export const signatureLimitBytes = 10_000

/** Reads a signature file and checks its Ed25519 signature. `publicKey`: PEM. Nothing in it is believed before. */
export function checkSignature(text: string, publicKey: string): Manifest {
  let parsed: Partial<Record<keyof SignatureFile, unknown>> | null
  try {
    parsed = JSON.parse(text) as typeof parsed
  } catch {
    return refuse('The signature file cannot be read: copy it anew, beside the package.')
  }
  const { manifest, signature } = parsed ?? {}
  if (typeof manifest !== 'string' || typeof signature !== 'string')
    return refuse('The signature file has another form than expected: copy it anew, beside the package.')
  const key = createPublicKey(publicKey)
  if (key.asymmetricKeyType !== 'ed25519') return refuse('The update key of this device is no Ed25519 key.')
  if (!verify(null, Buffer.from(manifest), key, Buffer.from(signature, 'base64')))
    return refuse('The package is not signed with the update key of this device: it is not installed.')
  return JSON.parse(manifest) as Manifest
}

/** That the manifest is for this device, for something newer, and for these bytes. */
export async function checkPackage(
  file: string,
  manifest: Manifest,
  device: { platform: string; arch: string; version: string; allowOlder: boolean },
): Promise<void> {
  const { platform, arch, version } = manifest
  if (!/^\d+\.\d+\.\d+$/.test(version)) refuse(`The package says that it is version "${version}".`)
  if (platform !== device.platform || arch !== device.arch)
    refuse(`The package is for ${platform} ${arch}, this device is ${device.platform} ${device.arch}.`)
  const newer = compareVersions(version, device.version)
  if (newer === 0) refuse(`Version ${version} is installed already.`)
  if (newer < 0 && !device.allowOlder)
    refuse(`Version ${version} is older than ${device.version}: say --allow-older if you mean it.`)
  const { size } = await stat(file)
  if (size !== manifest.bytes || (await sha256Of(file)) !== manifest.sha256)
    refuse('The package is not the one that was signed: copy it anew.')
}

/** Negative: `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((one) => one.split('.').map(Number))
  for (let at = 0; at < 3; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
