import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConsumerResult, ConsumerTask } from './consumer.ts'

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  scripts: { start: string }
}
/** Node's switches of `npm start`. */
const startSwitches = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'))

/** Runs a consumer in a process of its own. `onReady`: it is connected (only said when latency is measured). */
export function runConsumer(
  task: ConsumerTask,
  env: Readonly<Record<string, string>> = {},
  onReady: () => void = () => {},
): Promise<ConsumerResult> {
  const profile = process.env.LINESIDE_BENCH_PROFILE
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const child = fork(join(import.meta.dirname, 'consumer.ts'), [JSON.stringify(task)], {
    env: { ...process.env, ...env },
    execArgv: task.what === 'ours' ? [...startSwitches, ...profiling] : [],
  })
  return new Promise((resolve, reject) => {
    let result: ConsumerResult | null = null
    child.on('message', (message) => {
      if (message === 'ready') onReady()
      else result = message as ConsumerResult
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (result) resolve(result)
      else reject(new Error(`the consumer ended with ${code ?? signal} and no result`))
    })
  })
}
