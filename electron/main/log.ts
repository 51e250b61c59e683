export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

/** One line per message: warnings and errors to standard error, the rest to standard output. */
export const log: Log = (level, message) => {
  const stream = level === 'info' ? process.stdout : process.stderr
  stream.write(`${new Date().toISOString()} ${level} ${message}\n`)
}

/** Whoever read our output may go away; the board stays. */
export function surviveClosedOutput(): void {
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
}
