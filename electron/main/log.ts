import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

/** The log files together hold at most `logFileBytes * logFiles` bytes. */
export const logFileBytes = 2_000_000
export const logFiles = 5

/** The newest lines, which the health page shows. */
const rememberedLines = 40
const newest: string[] = []

let file: string | null = null
let fileBytes = 0

/**
 * Keeps what is logged in `dir/kiosk.log` too, the older ones as kiosk.1.log ... A line is on its way to the disk before the
 * next statement runs, since the one before a crash is the one that is wanted. A folder that cannot be written costs the
 * file, never the board.
 */
export function keepLog(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    file = join(dir, 'kiosk.log')
    fileBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  } catch {
    file = null
  }
}

/** One line per message: warnings and errors to standard error, the rest to standard output. */
export const log: Log = (level, message) => {
  write(
    level === 'info' ? process.stdout : process.stderr,
    `${new Date().toISOString()} ${level} ${message}\n`,
  )
}

/** Output of the engine, which has its own form. */
export function logOutput(stream: NodeJS.WriteStream, text: string): void {
  write(stream, text)
}

/** The last lines, oldest first. */
export function newestLines(): readonly string[] {
  return newest
}

function write(stream: NodeJS.WriteStream, text: string): void {
  stream.write(text)
  newest.push(...text.split('\n').filter((line) => line !== ''))
  newest.splice(0, Math.max(0, newest.length - rememberedLines))
  if (file === null) return
  try {
    if (fileBytes > logFileBytes) rotate(file)
    appendFileSync(file, text, { mode: 0o600 })
    fileBytes += Buffer.byteLength(text)
  } catch {
    // A full or vanished disk: the lines are still on standard output.
  }
}

function rotate(current: string): void {
  const older = (age: number) => (age === 0 ? current : current.replace(/log$/, `${age}.log`))
  for (let age = logFiles - 2; age >= 0; age--) {
    if (statSync(older(age), { throwIfNoEntry: false })) renameSync(older(age), older(age + 1))
  }
  fileBytes = 0
}

/** Whoever read our output may go away; the board stays. */
export function surviveClosedOutput(): void {
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
}
