import { readFileSync, readdirSync } from 'node:fs'

/** Of /proc/PID/stat, on every Linux that matters. Milliseconds. */
const clockTickMs = 10

/** Linux: CPU time that a process and all its descendants have used, those that have ended left out. Milliseconds. */
export function cpuOfTree(rootPid: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf)
  const members = new Set([rootPid])
  for (let size = 0; size !== members.size;) {
    size = members.size
    for (const { pid, parent } of processes) if (members.has(parent)) members.add(pid)
  }
  return processes.reduce((sum, { pid, ticks }) => sum + (members.has(pid) ? ticks * clockTickMs : 0), 0)
}

function statOf(pid: string): { pid: number; parent: number; ticks: number }[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
  } catch {
    return []
  }
}
