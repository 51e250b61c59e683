/** Ends a process that may hear nothing any more: a stopped or hung one ignores every other signal. */
export function killNow(pid: number): void {
  // 0 stands for a page without a process, and would be every process of this group.
  if (pid <= 0) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has just ended by itself.
  }
}
