/** Texts remembered; a plant has some hundred topics. */
const limit = 4_096
/** Longer texts are not remembered. Bytes. */
const longest = 256

/** Texts by their UTF-8 bytes. One that came before is found, without making a new text of it. */
export type Texts = { text: (bytes: Uint8Array, from: number, to: number) => string }

export function createTexts(): Texts {
  const known = new Map<number, { bytes: Uint8Array; text: string }>()
  return {
    text(bytes, from, to) {
      if (to - from > longest) return utf8Text(bytes, from, to)
      let hash = to - from
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 16_777_619)
      const found = known.get(hash)
      if (found !== undefined && isSame(found.bytes, bytes, from, to)) return found.text
      const text = utf8Text(bytes, from, to)
      if (known.size >= limit) known.clear()
      known.set(hash, { bytes: new Uint8Array(bytes.subarray(from, to)), text })
      return text
    },
  }
}

function utf8Text({ buffer, byteOffset }: Uint8Array, from: number, to: number): string {
  return Buffer.from(buffer, byteOffset + from, to - from).toString('utf8')
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[from + index]) return false
  return true
}
