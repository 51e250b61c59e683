/** A failure that the person at the keyboard can mend: the message is one clear sentence (or a list), no stack is shown. */
export class HostError extends Error {
  override name = 'HostError'
  /** Exit code of the command: 1 for a finding about a file, 2 for wrong input or a setting to mend. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The text of anything that was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
