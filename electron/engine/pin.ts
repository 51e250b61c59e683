import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt's cost: 2^14 blocks of 8, 16 MiB and some 30 ms on a mini PC. Kept in every hash, so that it can grow later. */
const cost = { N: 16_384, r: 8, p: 1 }
const keyBytes = 32
const saltBytes = 16

/** "scrypt$N$r$p$salt$key" with a fresh salt. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const key = await derive(pin, salt, cost.N, cost.r, cost.p)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** False for a wrong PIN and for a hash that cannot be read. */
export async function verifyPin(pin: string, hash: string): Promise<boolean> {
  const [kind, n, r, p, salt, key] = hash.split('$')
  if (kind !== 'scrypt' || salt === undefined || key === undefined) return false
  const wanted = Buffer.from(key, 'base64url')
  if (wanted.length !== keyBytes) return false
  const given = await derive(pin, Buffer.from(salt, 'base64url'), Number(n), Number(r), Number(p))
  return timingSafeEqual(given, wanted)
}

function derive(pin: string, salt: Buffer, N: number, r: number, p: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, keyBytes, { N, r, p }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
