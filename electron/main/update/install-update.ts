import { execFile } from 'node:child_process'
import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { checkPackage, checkSignature, signatureLimitBytes, UpdateRefused } from './signed-package.ts'

/** A package is about 100 MB. */
const packageLimitBytes = 1_000_000_000
/** Of a server inside the plant that does not answer. Milliseconds. */
const answerLimitMs = 30_000
const unpackLimitMs = 300_000

export type UpdateOrder = {
  /** A file, or an http(s) address inside the plant; its signature lies beside it with `.sig`. */
  from: string
  /** Folder with `versions/` and the links `current` and `previous`; see docs/kiosk.md. */
  root: string
  /** PEM. */
  publicKey: string
  allowOlder: boolean
}

/**
 * Checks a package, unpacks it beside the running version and makes it the current one on trial: `lineside-launch` starts it next,
 * and goes back to the one before when it does not hold. Resolves to its version; throws UpdateRefused with one sentence, and then
 * nothing has changed.
 */
export async function installUpdate(order: UpdateOrder, version: string): Promise<string> {
  const versions = join(order.root, 'versions')
  if (!existsSync(join(order.root, 'current')))
    throw new UpdateRefused(`${order.root} has no link "current": it is no folder of versions.`)
  const work = mkdtempSync(join(order.root, '.update-'))
  try {
    const { file, signature } = await bring(order.from, work)
    const manifest = checkSignature(signature, order.publicKey)
    const { platform, arch } = process
    await checkPackage(file, manifest, { platform, arch, version, allowOlder: order.allowOlder })
    const unpacked = join(work, 'unpacked')
    mkdirSync(unpacked)
    await promisify(execFile)(
      'tar',
      ['-xzf', file, '-C', unpacked, '--strip-components=1', '--no-same-owner'],
      { timeout: unpackLimitMs },
    )
    accessSync(join(unpacked, 'lineside'), constants.X_OK)
    const place = join(versions, manifest.version)
    rmSync(place, { recursive: true, force: true })
    renameSync(unpacked, place)
    takeUp(order.root, manifest.version)
    return manifest.version
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Makes a version the current one, on trial; others than it and the one before it go. */
function takeUp(root: string, version: string): void {
  const before = readlinkSync(join(root, 'current'))
  point(root, 'previous', before)
  writeFileSync(join(root, 'trial'), '0\n')
  rmSync(join(root, 'rolled-back'), { force: true })
  point(root, 'current', join('versions', version))
  for (const name of readdirSync(join(root, 'versions')))
    if (name !== version && name !== basename(before))
      rmSync(join(root, 'versions', name), { recursive: true, force: true })
}

/** A link is there whole, the old one or the new one, whenever the power goes. */
function point(root: string, name: string, target: string): void {
  const fresh = join(root, `.${name}`)
  rmSync(fresh, { force: true })
  symlinkSync(target, fresh)
  renameSync(fresh, join(root, name))
}

async function bring(from: string, work: string): Promise<{ file: string; signature: string }> {
  if (!/^https?:\/\//.test(from)) {
    try {
      return { file: from, signature: readFileSync(`${from}.sig`, 'utf8').slice(0, signatureLimitBytes) }
    } catch (error) {
      throw new UpdateRefused(`${from}.sig cannot be read (${String(error)}): copy it beside the package.`)
    }
  }
  const file = join(work, 'package')
  await load(`${from}.sig`, join(work, 'signature'), signatureLimitBytes)
  await load(from, file, packageLimitBytes)
  return { file, signature: readFileSync(join(work, 'signature'), 'utf8') }
}

async function load(url: string, file: string, limitBytes: number): Promise<void> {
  let bytes = 0
  const bounded = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes > limitBytes) done(new Error(`it is larger than ${limitBytes} bytes`))
      else done(null, chunk)
    },
  })
  const control = new AbortController()
  const limit = setTimeout(() => control.abort(), answerLimitMs)
  try {
    const answer = await fetch(url, { redirect: 'error', signal: control.signal })
    clearTimeout(limit)
    if (!answer.ok || !answer.body) throw new Error(`the server says ${answer.status}`)
    await pipeline(
      Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]),
      bounded,
      createWriteStream(file),
    )
  } catch (error) {
    const { message } = error as Error
    throw new UpdateRefused(`${url} cannot be loaded: ${message}.`)
  } finally {
    clearTimeout(limit)
  }
}
