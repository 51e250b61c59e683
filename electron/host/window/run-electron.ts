import { spawn } from 'node:child_process'
import { projectFolder } from '../project-folder.ts'
import { untilTold } from '../until-told.ts'

/** An Electron that fails within this time never showed the board. Milliseconds. */
const startLimitMs = 10_000
/** Time for a clean end after it was asked for. Milliseconds. */
const stopLimitMs = 6_000

export type ElectronEnd =
  { how: 'told'; code: number } | { how: 'closed'; code: number } | { how: 'failed'; reason: string }

/** Runs the board in Electron until it ends by itself or this process is told to end. */
export async function runElectron(
  binary: string,
  board: { demo: boolean; plant?: string; dataDir: string },
): Promise<ElectronEnd> {
  const args = [
    ...(board.plant === undefined ? ['--demo'] : ['--plant', board.plant]),
    '--data',
    board.dataDir,
  ]
  const startedMs = performance.now()
  const child = spawn(binary, [projectFolder(), ...args], { stdio: 'inherit' })
  const ended = new Promise<{ code: number | null; signal: string | null; problem?: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: 1, signal: null, problem: error.message }))
    child.on('exit', (code, signal) => resolve({ code, signal }))
  })
  const told = untilTold()
  const first = await Promise.race([ended, told.signal])
  if (typeof first === 'string') {
    child.kill('SIGTERM')
    const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
    const { code } = await ended
    clearTimeout(limit)
    told.release()
    return { how: 'told', code: code === 0 ? 0 : 1 }
  }
  told.release()
  const failed = first.code !== 0
  if (failed && performance.now() - startedMs < startLimitMs) {
    return {
      how: 'failed',
      reason: first.problem ?? (first.signal ? `ended by ${first.signal}` : `exit code ${first.code}`),
    }
  }
  return { how: 'closed', code: first.code ?? 1 }
}
