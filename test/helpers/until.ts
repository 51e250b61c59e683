/** Polls until the value is there and true. The error names what was waited for. */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  limitMs = 15_000,
): Promise<NonNullable<T>> {
  const endMs = performance.now() + limitMs
  let last: unknown
  for (;;) {
    try {
      const value = await read()
      if (value) return value
      last = value
    } catch (error) {
      last = error
    }
    if (performance.now() > endMs)
      throw new Error(`${what}: not within ${limitMs} ms (last: ${String(last)})`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
