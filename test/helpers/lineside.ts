import { execFile, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const entry = join(root, 'dist/app/lineside.cjs')

/** A board that hangs at its start or end fails the test after this long. Milliseconds. */
const startLimitMs = 60_000
const stopLimitMs = 15_000

/** Makes the build that these tests run the one of the present sources. */
export function build(): void {
  const run = spawnSync(process.execPath, [join(root, 'setup.mjs'), 'build'], { cwd: root, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`the build failed: ${run.stderr}`)
}

export type Finished = { code: number; stdout: string; stderr: string }

/** Runs one command of the built command line to its end. */
export function lineside(
  args: readonly string[],
  options: { input?: string; cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, ...args],
      { cwd: options.cwd ?? root, maxBuffer: 64 * 1024 * 1024, timeout: startLimitMs },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
    child.stdin?.end(options.input ?? '')
  })
}

export type RunningBoard = {
  url: string
  pid: number
  output: () => string
  /** Sends the signal and waits for the end; -1 when it did not end by itself. */
  end: (signal?: NodeJS.Signals) => Promise<number>
  /** Process ids that this board started and that are still there. */
  leftOver: () => number[]
}

/** Starts a board that is served on a free port, without a display, and waits for its address. */
export async function startBoard(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<RunningBoard> {
  const mark = randomUUID()
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env, LINESIDE_TEST_MARK: mark },
  })
  let output = ''
  const exited = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`no address within ${startLimitMs} ms: ${output}`)),
      startLimitMs,
    )
    const look = (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(output)
      if (!found) return
      clearTimeout(limit)
      resolve(found[0])
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    void exited.then((code) => reject(new Error(`ended with code ${code}: ${output}`)))
  }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    end: async (signal = 'SIGINT') => {
      child.kill(signal)
      const limit = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
      const code = await exited
      clearTimeout(limit)
      return code
    },
    leftOver: () => processesWith(`LINESIDE_TEST_MARK=${mark}`),
  }
}

/** Linux: processes whose environment holds a text. */
function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(join('/proc', name, 'environ'), 'utf8').includes(text)
      } catch {
        return false
      }
    })
    .map(Number)
}
