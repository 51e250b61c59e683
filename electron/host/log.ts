export type LogLevel = 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string) => void

/** One line each: plain for people on standard output, warnings and errors on standard error. */
export const consoleLog: Log = (level, message) => {
  if (level === 'info') console.log(message)
  else console.error(`${level}: ${message}`)
}

/** Everything on standard error, so that standard output carries only what was asked for. */
export const errorLog: Log = (level, message) =>
  console.error(level === 'info' ? message : `${level}: ${message}`)
