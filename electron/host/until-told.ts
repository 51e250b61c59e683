const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Waits for Ctrl-C or a signal. Until `release`, further ones are swallowed, so that ending is not cut short. */
export function untilTold(): { signal: Promise<NodeJS.Signals>; release: () => void } {
  let heard: (signal: NodeJS.Signals) => void = () => {}
  const signal = new Promise<NodeJS.Signals>((resolve) => (heard = resolve))
  const listener = (name: NodeJS.Signals) => heard(name)
  for (const name of signals) process.on(name, listener)
  return {
    signal,
    release: () => {
      for (const name of signals) process.off(name, listener)
    },
  }
}
