// Signs a package for the offline update: `node sign-update.mjs PACKAGE.tar.gz --key PRIVATE.pem` writes PACKAGE.tar.gz.sig.
// Keys: `openssl genpkey -algorithm ed25519 -out private.pem; openssl pkey -in private.pem -pubout -out public.pem`. Version,
// platform and architecture are read from the name that the packaging gives: lineside-0.2.0-linux-x64.tar.gz.
import { Buffer } from 'node:buffer'
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { key: { type: 'string' } } })
const [file = ''] = positionals
const name = /^lineside-(\d+\.\d+\.\d+)-(linux|win)-(x64|arm64)\.tar\.gz$/.exec(basename(file))
if (!name || !values.key) {
  console.error('node sign-update.mjs lineside-VERSION-linux-ARCH.tar.gz --key PRIVATE.pem')
  process.exit(2)
}
const [, version, system, arch] = name
const content = readFileSync(file)
const manifest = JSON.stringify({
  version,
  platform: system === 'win' ? 'win32' : system,
  arch,
  sha256: createHash('sha256').update(content).digest('hex'),
  bytes: content.length,
})
const signature = sign(null, Buffer.from(manifest), createPrivateKey(readFileSync(values.key))).toString(
  'base64',
)
writeFileSync(`${file}.sig`, `${JSON.stringify({ manifest, signature })}\n`)
console.log(`${file}.sig: ${manifest}`)
