/** Resolves as soon as `done` is true; looks every 5 ms and fails after the deadline. */
export async function poll(done: () => boolean, what = 'a condition', deadlineMs = 10_000): Promise<void> {
  const untilMs = performance.now() + deadlineMs
  while (!done()) {
    if (performance.now() > untilMs) throw new Error(`waited ${deadlineMs} ms in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
