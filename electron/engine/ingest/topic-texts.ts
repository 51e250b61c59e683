/** Topics remembered; a plant has some hundred. */
const limit = 4_096

/** Texts of topics by their bytes: one that came before is found without making a new text of it. */
export function createTopicTexts(): { text: (bytes: Buffer, from: number, to: number) => string } {
  const known = new Map<number, { bytes: Buffer; text: string }>()
  return {
    text(bytes, from, to) {
      let hash = to - from
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 16_777_619)
      const found = known.get(hash)
      if (found !== undefined && isSame(found.bytes, bytes, from, to)) return found.text
      const text = bytes.toString('utf8', from, to)
      if (known.size >= limit) known.clear()
      known.set(hash, { bytes: Buffer.from(bytes.subarray(from, to)), text })
      return text
    },
  }
}

function isSame(known: Buffer, bytes: Buffer, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[from + index]) return false
  return true
}
