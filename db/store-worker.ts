import { parentPort, workerData } from 'node:worker_threads'
import { copyStore } from './copy-store.ts'
import type { CopyJob, CopyOutcome } from './copy-in-background.ts'

/** Entry of the thread that copies the store: see copy-in-background.ts. */
const { file, target, nativeBinding } = workerData as CopyJob

copyStore({ file, nativeBinding }, target).then(
  () => parentPort?.postMessage({ ok: true } satisfies CopyOutcome),
  (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const reason = error instanceof Error ? error.message : String(error)
    const damaged = /^SQLITE_(CORRUPT|NOTADB)/.test(code)
    parentPort?.postMessage({ ok: false, damaged, reason } satisfies CopyOutcome)
  },
)
