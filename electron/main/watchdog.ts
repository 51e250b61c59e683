import { execFile } from 'node:child_process'
import { log } from './log.ts'

export type Watchdog = {
  ready: () => void
  /** The end has begun, and is meant. */
  stop: () => void
}

/**
 * systemd's own supervision of the whole kiosk (Type=notify, WatchdogSec=): "I am up" once, then a sign of life each third of
 * the limit, and none while `isWell` says no, so that systemd starts everything anew. Nothing happens outside of systemd.
 */
export function watchdog(env: NodeJS.ProcessEnv, isWell: () => boolean): Watchdog {
  if (!env.NOTIFY_SOCKET) return { ready: () => {}, stop: () => {} }
  let said = false
  // Node has no datagram sockets of this kind; systemd brings the program that has.
  const notify = (state: string) =>
    execFile('systemd-notify', [`--pid=${process.pid}`, state], { timeout: 5_000 }, (error) => {
      if (error && !said) log('warn', `systemd could not be told ${state}: ${error.message}`)
      said = error !== null
    })
  const limitMs = Number(env.WATCHDOG_USEC) / 1_000
  const timer =
    limitMs > 0
      ? setInterval(() => isWell() && notify('WATCHDOG=1'), Math.max(1_000, limitMs / 3))
      : undefined
  return {
    ready: () => notify('READY=1'),
    stop: () => {
      clearInterval(timer)
      notify('STOPPING=1')
    },
  }
}
