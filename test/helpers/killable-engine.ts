import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { Answer, CallMessage, CallName, CallResult } from '../../shared/contract/protocol.ts'
import type { EngineNews } from './engine-child.ts'
import { until } from './until.ts'

/** A real engine in a process of its own, with somebody signed in at its page. */
export type KillableEngine = {
  /** Null: the kill cut it off. */
  call: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<Answer<CallResult[N]> | null>
  /** Calls that wait for their answer. */
  underWay: () => number
  kill: () => Promise<void>
}

/** Whoever is signed in. */
export const pin = '864213'
const startLimitMs = 30_000

export async function startKillableEngine(dataDir: string): Promise<KillableEngine> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'engine-child.ts'), [dataDir, pin], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  let errors = ''
  let up = false
  let calls = 0
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)))
  const settle = (id: number, answer: unknown) => {
    waiting.get(id)?.(answer)
    waiting.delete(id)
  }
  child.on('message', (news: EngineNews) => {
    if ('up' in news) up = true
    else settle(news.id, news.answer)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void gone.then(() => [...waiting.keys()].forEach((id) => settle(id, null)))
  await until(
    'the engine',
    () => {
      if (child.exitCode !== null) throw new Error(`the engine ended by itself: ${errors}`)
      return up
    },
    startLimitMs,
  )
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (!child.connected) return resolve(null)
        const id = (calls += 1)
        waiting.set(id, (answer) => resolve(answer as never))
        child.send({ id, name, input }, (error) => error && settle(id, null))
      }),
    underWay: () => waiting.size,
    kill: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await gone
    },
  }
}

/** Kills it a little later, while it works on something: by default on anything. Milliseconds. */
export async function killAmid(
  engine: KillableEngine,
  afterMs: number,
  works = () => engine.underWay() > 0,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  await until('work under way', works)
  await engine.kill()
}
