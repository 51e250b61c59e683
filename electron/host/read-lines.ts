/** A line longer than this is not read. Bytes. */
export const lineLimit = 8 * 1_048_576

/** Lines of a text, as bytes without the line break; null: one that is longer than `lineLimit`, which is skipped. */
export async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  let parts: Buffer[] = []
  let length = 0
  const take = (part: Buffer): void => {
    length += part.length
    if (length <= lineLimit) parts.push(part)
    else parts = []
  }
  const end = (): Buffer | null => {
    const line = length > lineLimit ? null : Buffer.concat(parts)
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      take(chunk.subarray(from, at))
      yield end()
      from = at + 1
    }
    take(chunk.subarray(from))
  }
  if (length > 0) yield end()
}
