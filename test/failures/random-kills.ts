import { readdir, readFile } from 'node:fs/promises'
import type { BoardRig } from '../helpers/board-rig.ts'
import { processTree } from '../helpers/electron-rig.ts'
import { seededRandom } from '../helpers/random.ts'
import { until } from '../helpers/until.ts'
import { kill, untilLive } from './scenario.ts'

const parts = ['renderer', 'engine', 'gpu'] as const
type Part = (typeof parts)[number]

/** Between two kills of the same part, so that its loop breaker (5 in a minute, 5 in two) has no reason to trip. Milliseconds. */
const spacingMs: Record<Part, number> = { renderer: 16_000, engine: 31_000, gpu: 2_000 }
/** The board is back after each kill within this time. Milliseconds. */
const backLimitMs = 10_000
/** Growth that a run of any length may leave. */
const growthLimit = { megabytes: 60, descriptors: 20, processes: 1 }

export type KillReport = { kills: number; recoveryMs: Record<Part, number[]>; growth: typeof growthLimit }

/**
 * Kills renderer, engine or graphics process at random, `kills` times, and demands after each that a new count stands on the
 * board; and at the end that nothing is left over: no zombie, no process more, no growth of the main process.
 */
export async function randomKills(rig: BoardRig, kills: number, seed: number): Promise<KillReport> {
  const random = seededRandom(seed)
  const recoveryMs: Record<Part, number[]> = { renderer: [], engine: [], gpu: [] }
  const lastMs: Record<Part, number> = { renderer: -Infinity, engine: -Infinity, gpu: -Infinity }
  await rig.pieces()
  const before = await measure(rig)
  for (let done = 0; done < kills; done++) {
    const part = await nextPart(random, lastMs)
    const pid = await until(`the ${part}`, async () => (await rig.kiosk.pids())[part] || null)
    lastMs[part] = performance.now()
    const startMs = performance.now()
    await kill(pid, 'SIGKILL')
    await untilLive(rig, backLimitMs)
    recoveryMs[part].push(Math.round(performance.now() - startMs))
  }
  if (rig.kiosk.output().includes('keeps failing')) throw new Error('The loop breaker has tripped')
  const after = await measure(rig)
  if (after.zombies > 0) throw new Error(`${after.zombies} zombies are left`)
  const growth = {
    megabytes: after.megabytes - before.megabytes,
    descriptors: after.descriptors - before.descriptors,
    processes: after.processes - before.processes,
  }
  for (const key of ['megabytes', 'descriptors', 'processes'] as const) {
    if (growth[key] > growthLimit[key])
      throw new Error(`Grown by ${growth[key]} ${key}, more than ${growthLimit[key]}`)
  }
  return { kills, recoveryMs, growth }
}

/** A random one of those whose time has come. */
async function nextPart(random: () => number, lastMs: Record<Part, number>): Promise<Part> {
  for (;;) {
    const due = parts.filter((part) => performance.now() - lastMs[part] > spacingMs[part])
    const part = due[Math.floor(random() * due.length)]
    if (part) return part
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function measure(rig: BoardRig) {
  const { main } = await rig.kiosk.pids()
  const tree = await processTree(main)
  const statuses = await Promise.all(
    tree.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')),
  )
  const mainStatus = statuses[0] ?? ''
  return {
    processes: tree.length,
    zombies: statuses.filter((status) => /^State:\s+Z/m.test(status)).length,
    megabytes: Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(mainStatus)?.[1] ?? 0) / 1024),
    descriptors: (await readdir(`/proc/${main}/fd`)).length,
  }
}
