/** Fields of a state message: `state` missing: the mode says nothing of it; `reason` '': none. */
type Said = Record<string, unknown>
type Told = Said & { state?: unknown; reason?: unknown; until?: unknown }
type Machine = { told: Told | null; mode: Told | null; reason: string }

/** Machines that are remembered; when there are more, all are forgotten. */
const knownMachines = 10_000

/**
 * What machines said last of state, mode and stop reason, where they say them in messages of their own: none of the three alone
 * is the state of the line. Kept in memory only: after a restart a mode or reason counts when it is told again.
 */
export type MachineMemory = {
  /** The state that holds now, as fields of a `state` message; undefined: what was said changes nothing. */
  tell: (what: 'state' | 'mode' | 'reason', machine: string, said: Said) => Said | undefined
}

export function createMachineMemory(): MachineMemory {
  const machines = new Map<string, Machine>()
  return {
    tell(what, name, said: Told) {
      // A time that is over says nothing about now.
      if (said.until !== undefined) return said
      let machine = machines.get(name)
      if (machine === undefined) {
        if (machines.size >= knownMachines) machines.clear()
        machines.set(name, (machine = { told: null, mode: null, reason: '' }))
      }
      if (what === 'state') {
        machine.told = said
        if (said.state === 'running') machine.reason = ''
        return holds(machine)
      }
      if (what === 'mode') {
        const wasSpecial = machine.mode !== null
        machine.mode = said.state === undefined ? null : said
        return wasSpecial || machine.mode !== null ? holds(machine) : undefined
      }
      const now = holds(machine)
      // A reason is that of a stop: while the machine runs it may be an old one.
      if (now === undefined || now.state === 'running') return undefined
      machine.reason = String(said.reason)
      return holds(machine)
    },
  }
}

function holds({ told, mode, reason }: Machine): Told | undefined {
  const base = mode ?? told
  if (base === null) return undefined
  const isStop = base.state !== 'running' && reason !== ''
  return isStop ? { ...base, reason: base.reason ?? reason } : { ...base }
}
