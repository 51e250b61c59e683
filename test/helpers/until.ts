type Nothing = false | null | undefined

/**
 * Looks every 10 ms until `check` answers something other than false, null or undefined; fails after the deadline. A check
 * that throws or rejects has found nothing yet.
 */
export async function until<T>(
  what: string,
  check: () => T | Nothing | Promise<T | Nothing>,
  deadlineMs = 15_000,
): Promise<T> {
  const end = performance.now() + deadlineMs
  for (;;) {
    let problem = ''
    try {
      const found = await check()
      if (found !== false && found !== null && found !== undefined) return found
    } catch (error) {
      problem = ` (${String(error)})`
    }
    if (performance.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}${problem}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
