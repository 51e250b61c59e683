/** Ends a process that may hear nothing any more: a stopped or hung one ignores every other signal. */
export function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}
