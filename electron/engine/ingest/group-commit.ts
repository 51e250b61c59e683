import { storeProblemOf, type StoreProblem } from '../model/store-error.ts'
import type { IncomingMessage } from '../recorder.ts'
import { createAckAfterSync, firstRetryMs, lastRetryMs, quietMs } from './ack-after-sync.ts'
import type { AckStream } from './ack-after-sync.ts'

/**
 * Messages of one transaction, at most: enough that a disk with a slow sync (8 ms) hardly costs rate, few enough that the
 * screens are served in between. Never more than half of the broker's window, so that it keeps sending. Half as many cost a
 * tenth of the rate (`npm run bench -- ingest --quick`).
 */
export const batchLimit = 8_192
/** Bytes of payload after which a batch is committed at once. */
const batchBytes = 8 * 1_048_576
/** Messages and bytes held in memory while the store refuses; beyond, the connection is not read on. */
export const queueLimit = 32_768
const queueBytes = 64 * 1_048_576

export type GroupCommitOptions = {
  /** Stores a batch, or throws: then nothing of it was stored. */
  record: (batch: readonly IncomingMessage[]) => void
  /** Ends when all that was stored before survives a power cut. */
  sync: () => Promise<void>
  /** Least time between two commits while messages keep coming. 0: commit whenever the input is drained. */
  paceMs: () => number
  /** The connection that is up now. */
  stream: () => AckStream | null
  /** One sentence when storing starts to fail, null when it works again. */
  onProblem: (problem: StoreProblem | null) => void
}

/** Collects messages, commits them in groups and acknowledges them, in one write, when the disk has them. */
export type GroupCommit = {
  /** `from` is null for QoS 0, which is never acknowledged. */
  push: (message: IncomingMessage, from: AckStream | null) => void
  isFull: () => boolean
  /** Calls once when there is room again. */
  whenRoom: (resume: () => void) => void
  /** Commits and acknowledges what is there, as far as the store takes it. */
  flushAll: () => Promise<void>
  /** Messages that wait for their commit. */
  queued: () => number
  close: () => void
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  let queue: IncomingMessage[] = []
  /** Where each message of the queue came from. */
  let sources: (AckStream | null)[] = []
  let bytes = 0
  let lastCommitAt = -Infinity
  let soon = false
  let immediate: NodeJS.Immediate | null = null
  let timer: NodeJS.Timeout | null = null
  let retry: NodeJS.Timeout | null = null
  let failures = 0
  let closed = false
  let waiting: (() => void)[] = []
  let commitProblem: StoreProblem | null = null
  let syncProblem: StoreProblem | null = null

  const acknowledge = createAckAfterSync({
    sync: options.sync,
    stream: options.stream,
    onRefused: (error) => {
      syncProblem = error === null ? null : storeProblemOf(error)
      options.onProblem(commitProblem ?? syncProblem)
    },
    onRoom: resumeAll,
  })

  function isFull(): boolean {
    return queue.length + acknowledge.waiting() >= queueLimit || bytes >= queueBytes
  }

  function resumeAll(): void {
    if (waiting.length === 0 || isFull()) return
    const resumes = waiting
    waiting = []
    for (const resume of resumes) resume()
  }

  function schedule(): void {
    if (soon || immediate || timer || retry || closed || queue.length === 0) return
    if (performance.now() - lastCommitAt >= quietMs) {
      // The first after quiet, with whatever came in the same piece.
      soon = true
      queueMicrotask(() => {
        soon = false
        commitOne()
      })
      return
    }
    immediate = setImmediate(() => {
      immediate = null
      const waitMs = lastCommitAt + options.paceMs() - performance.now()
      if (waitMs <= 0 || queue.length >= batchLimit) commitOne()
      else {
        timer = setTimeout(() => {
          timer = null
          commitOne()
        }, waitMs)
      }
    })
  }

  function commitOne(): boolean {
    if (closed || retry || queue.length === 0) return false
    const isAll = queue.length <= batchLimit
    const batch = isAll ? queue : queue.slice(0, batchLimit)
    try {
      options.record(batch)
    } catch (error) {
      commitProblem = storeProblemOf(error)
      options.onProblem(commitProblem)
      const waitMs = Math.min(lastRetryMs, firstRetryMs * 2 ** failures++)
      retry = setTimeout(() => {
        retry = null
        commitOne()
        schedule()
      }, waitMs)
      return false
    }
    if (failures > 0) {
      failures = 0
      commitProblem = null
      options.onProblem(syncProblem)
    }
    const from = sources
    queue = isAll ? [] : queue.slice(batchLimit)
    sources = isAll ? [] : sources.slice(batchLimit)
    for (let index = 0; index < batch.length; index++) bytes -= batch[index]!.payload.length
    lastCommitAt = performance.now()
    acknowledge.add(batch, from)
    schedule()
    resumeAll()
    return true
  }

  return {
    push: (message, from) => {
      queue.push(message)
      sources.push(from)
      bytes += message.payload.length
      if (queue.length >= batchLimit || bytes >= batchBytes) commitOne()
      schedule()
    },
    isFull,
    whenRoom: (resume) => void waiting.push(resume),
    flushAll: () => {
      if (retry) clearTimeout(retry)
      retry = null
      while (commitOne());
      return acknowledge.settled()
    },
    queued: () => queue.length,
    close: () => {
      closed = true
      if (immediate) clearImmediate(immediate)
      if (timer) clearTimeout(timer)
      if (retry) clearTimeout(retry)
      acknowledge.close()
      waiting = []
    },
  }
}
