import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

export type CopyJob = { file: string; target: string; nativeBinding?: string }
/** `damaged`: the check of the copy found the store itself to be damaged. */
export type CopyOutcome = { ok: true } | { ok: false; damaged: boolean; reason: string }

/** The thread's entry lies beside this file, in the sources as in the build. */
function entryFile(): string {
  const here = fileURLToPath(import.meta.url)
  return join(dirname(here), here.endsWith('.ts') ? 'store-worker.ts' : 'store-worker.cjs')
}

/** `copyStore` on a thread of its own, so that a slow disk holds up nobody. `cancel` ends it; it then counts as failed. */
export function copyInBackground(job: CopyJob): { done: Promise<CopyOutcome>; cancel: () => Promise<void> } {
  const worker = new Worker(entryFile(), { workerData: job, execArgv: [] })
  const done = new Promise<CopyOutcome>((resolve) => {
    worker.once('message', resolve)
    worker.once('error', (error: Error) => resolve({ ok: false, damaged: false, reason: error.message }))
    worker.once('exit', () => resolve({ ok: false, damaged: false, reason: 'it was ended' }))
  })
  return {
    done,
    cancel: async () => {
      await worker.terminate()
    },
  }
}
