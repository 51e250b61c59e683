import { app } from 'electron'

/** Between two looks. Milliseconds. */
const lookEveryMs = 30_000
/** What each process may hold before it is started anew; several times of what it holds in months. Megabytes. */
export const memoryLimitsMb = { page: 1_000, engine: 1_500, main: 600 } as const

export type MemoryPart = keyof typeof memoryLimitsMb

/** Calls `onTooMuch` for a process that has grown over its limit, before the system ends it or others for it. */
export function watchMemory(
  parts: { pagePids: () => readonly number[]; enginePid: () => number | null },
  onTooMuch: (part: MemoryPart, megabytes: number, pid: number) => void,
): { stop: () => void } {
  const timer = setInterval(() => {
    for (const { pid, memory } of app.getAppMetrics()) {
      const part: MemoryPart | null =
        pid === process.pid
          ? 'main'
          : pid === parts.enginePid()
            ? 'engine'
            : parts.pagePids().includes(pid)
              ? 'page'
              : null
      const megabytes = Math.round(memory.workingSetSize / 1024)
      if (part !== null && megabytes > memoryLimitsMb[part]) onTooMuch(part, megabytes, pid)
    }
  }, lookEveryMs)
  return { stop: () => clearInterval(timer) }
}
