import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { until } from '../until.ts'
import type { FaultNews, FaultOrder } from './fault-child.ts'

/** The engine's process, as the fault run handles it. */
export type FaultEngine = {
  start: () => Promise<void>
  kill: () => Promise<void>
  isUp: () => boolean
  /** Since the store was made, as far as the process said. */
  stored: () => number
  duplicates: () => number
  rejected: () => number
  /** True since this process said that it is connected. */
  connected: () => boolean
  storeProblem: () => string | null
  clock: (offsetMs: number) => void
  /** Stops it in order; answers the lines whose live model differs from the rebuilt one. */
  end: () => Promise<string[]>
}

export function faultEngine(dataDir: string, url: string): FaultEngine {
  let child: ChildProcess | null = null
  let clockOffsetMs = 0
  let errors = ''
  let news: Extract<FaultNews, { broker: string }> | null = null
  let models: string[] | null = null
  const send = (order: FaultOrder): void => void (child?.connected && child.send(order))

  const engine: FaultEngine = {
    start: async () => {
      news = null
      const started = fork(
        join(import.meta.dirname, 'fault-child.ts'),
        [dataDir, url, String(clockOffsetMs)],
        { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
      )
      child = started
      started.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)))
      started.on('message', (message: FaultNews) => {
        if (child !== started) return
        if ('models' in message) models = message.models
        else news = message
      })
      await until(
        'engine up',
        () => {
          if (started.exitCode !== null) throw new Error(`the engine ended by itself: ${errors}`)
          return news !== null
        },
        30_000,
      )
    },
    kill: async () => {
      const running = child
      child = null
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      await new Promise<void>((resolve) => {
        running.once('exit', () => resolve())
        running.kill('SIGKILL')
      })
    },
    isUp: () => child !== null,
    stored: () => news?.stored ?? 0,
    duplicates: () => news?.duplicates ?? 0,
    rejected: () => news?.rejected ?? 0,
    connected: () => news?.broker === 'connected',
    storeProblem: () => news?.storeProblem ?? null,
    clock: (offsetMs) => {
      clockOffsetMs = offsetMs
      send({ clockOffsetMs })
    },
    end: async () => {
      send('end')
      return until('models compared', () => models, 30_000)
    },
  }
  return engine
}
